#include <memory>
#include <stdexcept>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"

// Models that break the rules, each in one way, and one that takes very long: for tests of the command line.

namespace doorway {
namespace {

using Sync = ModelSync;

struct Common {
  explicit Common(const Configuration&) {}
  Sync::Atomic<int> word{0, "word"};
};

struct Throws : Common {
  using Common::Common;
  void thread(int) {
    word.fetch_add(1);
    throw std::runtime_error("no reason");
  }
};

struct Crashes : Common {
  using Common::Common;
  void thread(int) {
    word.fetch_add(1);
    volatile int* nowhere = nullptr;
    *nowhere = 1;
  }
};

struct SharesPlainState : Common {
  using Common::Common;
  void thread(int) {
    word.fetch_add(1);
    ++plain;
  }
  int plain = 0;
};

struct ReadsUninitialised : Common {
  using Common::Common;
  void thread(int) { word.store(unset.get()); }
  Sync::Var<int> unset{"unset"};
};

struct NeverStops : Common {
  using Common::Common;
  void thread(int) {
    for (;;) word.load(std::memory_order_relaxed);
  }
};

struct NeverReachesAnOperation : Common {
  using Common::Common;
  void thread(int) {
    word.fetch_add(1);
    for (volatile bool go_on = true; go_on;) {
    }
  }
};

struct Allocates : Common {
  using Common::Common;
  void thread(int) {
    word.fetch_add(1);
    std::vector<std::unique_ptr<std::vector<int>>> hoard;
    for (;;) hoard.push_back(std::make_unique<std::vector<int>>(1 << 10));
  }
};

struct WritesInASpin : Common {
  using Common::Common;
  void thread(int) {
    Sync::spin([this] {
      word.fetch_add(1);
      return word.load() < 2;
    });
  }
};

// Good, but with more executions than anybody can wait for.
struct Slow : Common {
  using Common::Common;
  void thread(int) {
    for (int i = 0; i < 6; ++i) word.fetch_add(1, std::memory_order_relaxed);
  }
};

// A universal claim that has nothing to say of any execution.
class Idle final : public Property {
 public:
  std::string_view name() const override { return "idle"; }
  std::string_view description() const override { return "never put to the test"; }
  std::optional<Finding> Check(const Execution&) override { return std::nullopt; }
  std::uint64_t antecedents() const override { return 0; }
};

struct Vacuous : Common {
  using Common::Common;
  void thread(int) { word.fetch_add(1); }
};

// An exists claim without a witness.
class Never final : public Property {
 public:
  std::string_view name() const override { return "never"; }
  Kind kind() const override { return Kind::kExists; }
  std::string_view description() const override { return "what no execution shows"; }
  std::optional<Finding> Check(const Execution&) override { return std::nullopt; }
  std::uint64_t antecedents() const override { return 0; }
};

struct IsFree {
  bool operator()(int held) const { return held == 0; }
};
struct Take {
  int operator()(int /*held*/) const { return 1; }
};

// A test-and-set lock, whose clients never end: whoever comes late may be first, again and again.
struct Barging : Common {
  using Common::Common;
  void thread(int) {
    Sync::forever([this] {
      arrived.store(1, std::memory_order_relaxed);
      Sync::tag(notes::kDoorway, Sync::self());
      word.await_update(IsFree{}, Take{}, with(), std::memory_order_acquire);
      Sync::note(notes::kEnter, Sync::self());
      Sync::note(notes::kLeave, Sync::self());
      word.store(0, std::memory_order_release);
    });
  }
  Sync::Atomic<int> arrived{0, "arrived"};
};

// The same, polled: an iteration that finds the lock free, and another client faster, has read twice in vain.
struct Polling : Barging {
  using Barging::Barging;
  void thread(int) {
    Sync::forever([this] {
      arrived.store(1, std::memory_order_relaxed);
      Sync::tag(notes::kDoorway, Sync::self());
      Sync::spin([this] {
        int expected = 0;
        return word.load(std::memory_order_relaxed) != 0 ||
               !word.compare_exchange_strong(expected, 1, std::memory_order_acquire);
      });
      Sync::note(notes::kEnter, Sync::self());
      Sync::note(notes::kLeave, Sync::self());
      word.store(0, std::memory_order_release);
    });
  }
};

// Goes wrong in a later round than the graph engine explores by itself.
struct FourthRound : Common {
  using Common::Common;
  void thread(int) {
    Sync::forever([this] { Sync::check(word.fetch_add(1) < 3, "a fourth round"); });
  }
};

template <class Bad>
Model Make(const char* name, int threads) {
  Model model;
  model.name = name;
  model.summary = "for tests of the command line";
  model.subject = [threads](const Configuration& configuration) {
    return std::make_unique<ModelSubject<Bad, Configuration>>(configuration, threads);
  };
  model.claims = [](const Configuration&) { return std::vector<std::unique_ptr<Property>>(); };
  return model;
}

template <class Claim>
Model With(const char* name) {
  Model model = Make<Vacuous>(name, 1);
  model.expectations = {{MemoryModel::kRc11, Verdict::kVerified}};
  model.claims = [](const Configuration&) {
    std::vector<std::unique_ptr<Property>> claims;
    claims.push_back(std::make_unique<Claim>());
    return claims;
  };
  return model;
}

template <class Lock>
Model Starving(const char* name) {
  Model model = Make<Lock>(name, 2);
  model.parameters = {{"clients", 2, 2, 3, "clients of the lock"}};
  model.expectations = {{MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState, {{"clients", 3}}},
                        {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {}, Fairness::kStrong}};
  model.subject = [](const Configuration& configuration) {
    return std::make_unique<ModelSubject<Lock, Configuration>>(configuration, configuration.at("clients"));
  };
  model.responses = [](const Configuration&) {
    return std::vector<Response>{{"starvation_free", "who arrives gets in", notes::kDoorway, notes::kEnter}};
  };
  return model;
}

// One thread is soon explored, five are never.
Model Counters() {
  Model model = Make<Slow>("slow/counters", 2);
  model.parameters = {{"threads", 2, 1, 5, "threads that count"}};
  model.subject = [](const Configuration& configuration) -> std::unique_ptr<Subject> {
    return std::make_unique<ModelSubject<Slow, Configuration>>(configuration, configuration.at("threads"));
  };
  return model;
}

const Registration kRegistrations[] = {
    Registration{Make<Throws>("bad/throws", 1)},
    Registration{Make<Crashes>("bad/crashes", 1)},
    Registration{Make<SharesPlainState>("bad/shares_plain_state", 1)},
    Registration{Make<ReadsUninitialised>("bad/reads_uninitialised", 1)},
    Registration{Make<NeverStops>("bad/never_stops", 1)},
    Registration{Make<NeverReachesAnOperation>("bad/never_reaches_an_operation", 1)},
    Registration{Make<Allocates>("bad/allocates", 1)},
    Registration{Make<WritesInASpin>("bad/writes_in_a_spin", 1)},
    Registration{Make<Slow>("slow/counter", 5)},
    Registration{Counters()},
    Registration{Starving<Barging>("slow/barging")},
    Registration{Starving<Polling>("slow/polling")},
    Registration{Make<FourthRound>("slow/fourth_round", 1)},
    Registration{With<Idle>("slow/vacuous")},
    Registration{With<Never>("slow/no_witness")},
};

SecondOpinion Opinion(bool error) {
  SecondOpinion opinion;
  opinion.error_found = error;
  opinion.what = error ? "DATA RACE" : "";
  opinion.claim = error ? "idle" : "";
  opinion.iterations = 42;
  opinion.exhaustive = !error;
  return opinion;
}

const RelacyRegistration kFindsNothing{"slow/vacuous", [](const Configuration&) { return Opinion(false); }};
const RelacyRegistration kFindsAnError{"slow/no_witness", [](const Configuration&) { return Opinion(true); }};

}  // namespace
}  // namespace doorway

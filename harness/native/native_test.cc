#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/note_kind.h"
#include "harness/graph/property.h"
#include "harness/native/native_run.h"
#include "harness/native/stress_sync.h"
#include "harness/native/subject.h"
#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"

namespace doorway {
namespace {

using Sync = StressSync;
struct Nothing {};

// A machine may be slow, and busy with other things. So what is to be found is given this time, which it does not take
// where it is found; and what has no end, or shows nothing, is told by an option of its own.
constexpr double kUntilFound = 120;

NativeOptions For(double seconds) {
  NativeOptions options;
  options.seconds = seconds;
  return options;
}

NativeOptions Quick() { return For(0.2); }

// For models that do not end: quick to give up.
NativeOptions Impatient() {
  NativeOptions options = For(kUntilFound);
  options.hang_seconds = 0.4;
  return options;
}

template <class Model>
Report Stress(int threads, const std::vector<Property*>& properties = {}, const NativeOptions& options = Quick()) {
  NativeModel<Model, Nothing> subject({}, threads);
  return RunNative(subject, properties, options);
}

// What a violated claim says; empty if it is not violated.
std::string Violation(const Report& report, std::string_view claim) {
  const ClaimResult* result = report.Find(claim);
  if (result == nullptr || result->verdict != Verdict::kViolated) return "";
  return result->evidence->finding.sentence;
}

void ExpectNothingFound(const Report& report) {
  EXPECT_EQ(report.verdict, Verdict::kUnknown) << "what is only tried is not verified";
  EXPECT_FALSE(report.exhausted);
  EXPECT_GT(report.native_runs, 0U);
  for (const ClaimResult& claim : report.claims) EXPECT_NE(claim.verdict, Verdict::kViolated) << claim.name;
}

// Nobody is inside together; or, as an exists claim, somebody is.
class Inside final : public Property {
 public:
  explicit Inside(Kind kind = Kind::kUniversal) : kind_(kind) {}
  std::string_view name() const override { return "inside"; }
  Kind kind() const override { return kind_; }
  std::string_view description() const override { return "two threads are (not) inside together"; }
  std::optional<Finding> Check(const Execution& execution) override {
    int inside = 0;
    for (const Mark& mark : execution.marks) inside += mark.kind == notes::kEnter;
    return inside < 2 ? std::nullopt : std::optional<Finding>(Finding{"inside", "both are inside", {}, false});
  }
  std::uint64_t antecedents() const override { return 0; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int /*threads*/) const override {
    std::vector<std::unique_ptr<Monitor>> monitors;
    monitors.push_back(std::make_unique<Together>());
    return monitors;
  }

 private:
  class Together final : public Monitor {
   public:
    int bits() const override { return 4; }
    Answer Hear(const Noted& noted, Value* state) const override {
      Answer answer;
      if (noted.kind == notes::kEnter && noted.when == When::kEarliest) {
        answer.flagged = *state > 0;
        answer.antecedent = true;
        ++*state;
      }
      if (noted.kind == notes::kLeave && noted.when == When::kLatest) --*state;
      return answer;
    }
  };
  Kind kind_;
};

template <class Lock>
class Guarded {
 public:
  explicit Guarded(Nothing) {}
  void thread(int me) {
    for (int round = 0; round < 3; ++round) {
      lock_.lock();
      Sync::note(notes::kEnter, me);
      data_.set(data_.get() + 1);
      Sync::note(notes::kLeave, me);
      lock_.unlock();
    }
  }
  void after() { Sync::check(data_.get() == 6, "no increment is lost"); }

 private:
  Lock lock_;
  Sync::Var<int> data_{0, "data"};
};

// Looks, and then takes: two may.
class LookThenTake {
 public:
  void lock() {
    held_.await([](bool held) { return !held; }, with(), std::memory_order_acquire);
    held_.store(true, std::memory_order_relaxed);
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  Sync::Atomic<bool> held_{false, "held"};
};

TEST(NativeTest, NothingIsFoundInALockThatWorks) {
  Inside exclusion;
  const Report report = Stress<Guarded<Mutex<Sync>>>(2, {&exclusion});
  ExpectNothingFound(report);
  EXPECT_GT(report.Find("inside")->antecedents, 0U);
  EXPECT_EQ(report.engine, "native");
  EXPECT_NE(report.bounds_hit.front().find("prove nothing"), std::string::npos);
}

TEST(NativeTest, ALockThatDoesNotExcludeIsCaught) {
  Inside exclusion;
  NativeOptions options = For(kUntilFound);
  options.stop_at = "inside";
  const Report report = Stress<Guarded<LookThenTake>>(2, {&exclusion}, options);
  EXPECT_EQ(Violation(report, "inside"), "both are inside");
  EXPECT_EQ(report.verdict, Verdict::kViolated);
  const Evidence& evidence = *report.Find("inside")->evidence;
  EXPECT_EQ(evidence.execution.threads.size(), 3U) << "two, and after()";
  EXPECT_GE(evidence.execution.threads[0].events.size(), 4U);
  EXPECT_EQ((*evidence.execution.locations)[0].name, "held");
}

TEST(NativeTest, AnExistsClaimIsVerifiedByAWitness) {
  Inside together(Property::Kind::kExists);
  NativeOptions options = For(kUntilFound);
  options.stop_at = "no_failed_check";
  const Report report = Stress<Guarded<LookThenTake>>(2, {&together}, options);
  EXPECT_EQ(report.Find("inside")->verdict, Verdict::kVerified);
  EXPECT_NE(Violation(report, kNoFailedCheck), "");
}

struct FailsACheck {
  explicit FailsACheck(Nothing) {}
  void thread(int me) { Sync::check(word.fetch_add(1) != 1 || me == 7, "nobody comes second"); }
  Sync::Atomic<int> word{0, "word"};
};

TEST(NativeTest, AFailedCheckIsReportedWithItsPlace) {
  const std::string sentence = Violation(Stress<FailsACheck>(2), kNoFailedCheck);
  EXPECT_NE(sentence.find("check failed: nobody comes second (harness/native/native_test.cc:"), std::string::npos)
      << sentence;
}

struct NobodyWakes {
  explicit NobodyWakes(Nothing) {}
  void thread(int me) {
    if (me == 0) {
      word.await([](int value) { return value == 2; }, with(), std::memory_order_acquire);
    } else {
      word.store(1, std::memory_order_release);
    }
  }
  Sync::Atomic<int> word{0, "word"};
};

TEST(NativeTest, ADeadlockIsReportedAndDoesNotHang) {
  const Report report = Stress<NobodyWakes>(2, {}, For(kUntilFound));
  const std::string sentence = Violation(report, kNoStuckThread);
  EXPECT_NE(sentence.find("thread 0 waits for ever, in await of 'word' at harness/native/native_test.cc:"),
            std::string::npos)
      << sentence;
}

struct PollsByHand {
  explicit PollsByHand(Nothing) {}
  void thread(int /*me*/) {
    while (word.load() == 0) {
    }
  }
  Sync::Atomic<int> word{0, "word"};
};

TEST(NativeTest, ThreadsThatGoOnToNoEndAreStopped) {
  EXPECT_NE(Violation(Stress<PollsByHand>(1, {}, Impatient()), kNoStuckThread).find("a run had not ended"),
            std::string::npos);
}

struct DoesNothingForEver {
  explicit DoesNothingForEver(Nothing) {}
  void thread(int /*me*/) {
    volatile bool go_on = true;
    while (go_on) {
    }
  }
};

TEST(NativeTest, AThreadThatCannotBeStoppedDoesNotHangTheTool) {
  const Report report = Stress<DoesNothingForEver>(1, {}, Impatient());
  EXPECT_NE(Violation(report, kNoStuckThread).find("did not end"), std::string::npos);
}

struct Crashes {
  explicit Crashes(Nothing) {}
  void thread(int /*me*/) {
    int* const nothing = pointer.load();
    word.store(1);
    *static_cast<volatile int*>(nothing) = 1;
  }
  Sync::Atomic<int*> pointer{nullptr, "pointer"};
  Sync::Atomic<int> word{0, "word"};
};

TEST(NativeTest, ACrashIsAFindingWithItsTrace) {
  const Report report = Stress<Crashes>(1);
  ASSERT_NE(Violation(report, kNoCrash), "");
  EXPECT_EQ(report.Find(kNoCrash)->evidence->execution.threads[0].events.size(), 2U);
}

struct UsesWhatIsGone {
  struct Thing {
    Sync::Atomic<int> field{1, "field"};
  };
  explicit UsesWhatIsGone(Nothing) { thing = storage.construct(); }
  void thread(int me) {
    if (me == 0) {
      storage.destroy(thing);
    } else {
      thing->field.load(std::memory_order_acquire);
    }
  }
  Sync::Storage<Thing> storage;
  Thing* thing = nullptr;
};

TEST(NativeTest, UseAfterFreeIsNoticed) {
  const std::string sentence = Violation(Stress<UsesWhatIsGone>(2, {}, For(kUntilFound)), kNoUseAfterFree);
  EXPECT_NE(sentence.find("after its end of life: field"), std::string::npos) << sentence;
}

struct WaitsForALaterRound {
  explicit WaitsForALaterRound(Nothing) {}
  void thread(int me) {
    if (me == 0) Sync::forever([this] { word.fetch_add(1); });
    word.await([](int value) { return value == 1'000'000; }, with());
  }
  Sync::Atomic<int> word{0, "word"};
};

TEST(NativeTest, WaitingForARoundBeyondTheBoundIsNoDeadlock) {
  const Report report = Stress<WaitsForALaterRound>(2);
  ExpectNothingFound(report);
  EXPECT_GT(report.blocked, 0U);
  EXPECT_EQ(report.bounds_hit.back(), "forever loops: 64 rounds");
}

struct HasADaemon {
  explicit HasADaemon(Nothing) {}
  bool daemon(int me) const { return me == 1; }
  void thread(int me) {
    if (me == 0) {
      request.store(1, std::memory_order_release);
      answer.await([](int value) { return value == 1; }, with(), std::memory_order_acquire);
    } else {
      for (int next = 1;; ++next) {
        request.await([](int value, int wanted) { return value == wanted; }, with(next), std::memory_order_acquire);
        answer.store(next, std::memory_order_release);
      }
    }
  }
  Sync::Atomic<int> request{0, "request"}, answer{0, "answer"};
};

TEST(NativeTest, ADaemonMayEndBlocked) {
  const Report report = Stress<HasADaemon>(2);
  ExpectNothingFound(report);
  EXPECT_EQ(report.blocked, 0U);
}

struct Spawns {
  static constexpr int kSpawns = 1;
  explicit Spawns(Nothing) {}
  struct Write {
    void operator()(Sync::Var<int>* to) const {
      Sync::check(Sync::self() == 2, "spawned threads come after the model's own, and after()");
      to->set(7);
    }
  };
  void thread(int /*me*/) {
    data.set(1);
    const Sync::Thread child = Sync::spawn(Write{}, with(&data));
    Sync::join(child);
    Sync::check(data.get() == 7, "what a joined thread did is seen");
  }
  void after() { Sync::check(Sync::self() == 1 && data.get() == 7, "after() sees all"); }
  Sync::Var<int> data{0, "data"};
};

TEST(NativeTest, SpawnedThreadsRunAndAreJoined) { ExpectNothingFound(Stress<Spawns>(1)); }

struct HandlerTakesTheLock {
  explicit HandlerTakesTheLock(Nothing) {}
  struct Handler {
    void operator()(HandlerTakesTheLock* model) const {
      model->mutex.lock();
      model->mutex.unlock();
    }
  };
  void before() { Sync::interrupt(0, Handler{}, with(this)); }
  void thread(int /*me*/) {
    mutex.lock();
    data.set(1);
    mutex.unlock();
  }
  Mutex<Sync> mutex;
  Sync::Var<int> data{0, "data"};
};

TEST(NativeTest, AnInterruptComesBetweenTwoOperations) {
  const std::string sentence = Violation(Stress<HandlerTakesTheLock>(1, {}, For(kUntilFound)), kNoStuckThread);
  EXPECT_NE(sentence.find("await_update of 'mutex'"), std::string::npos) << sentence;
}

struct Throws {
  explicit Throws(Nothing) {}
  void thread(int /*me*/) { throw std::runtime_error("out of luck"); }
};
struct ReadsNothing {
  explicit ReadsNothing(Nothing) {}
  void thread(int /*me*/) { data.get(); }
  Sync::Var<int> data{"data"};
};

TEST(NativeTest, ErrorsOfTheModelAreErrors) {
  EXPECT_THROW(Stress<Throws>(1), ModelError);
  EXPECT_THROW(Stress<ReadsNothing>(1), ModelError);
  EXPECT_THROW(Stress<ReadsNothing>(0), ModelError);
  EXPECT_THROW(Stress<ReadsNothing>(100), ModelError);
}

struct AllOperations {
  struct Pair {
    std::uint16_t low = 0, high = 0;
    bool operator==(const Pair&) const = default;
  };
  struct Twice {
    int operator()(int old) const { return 2 * old; }
  };
  struct Below {
    std::optional<int> operator()(int old, int limit) const {
      return old < limit ? std::optional<int>(old + 1) : std::nullopt;
    }
  };
  explicit AllOperations(Nothing) {}
  void thread(int /*me*/) {
    Sync::check(word.fetch_add(1) == -1 && word.load() == 0, "fetch_add");
    Sync::check(word.fetch_sub(1) == 0 && word.load() == -1, "fetch_sub");
    Sync::check(word.fetch_and(6) == -1 && word.fetch_or(1) == 6 && word.fetch_xor(3) == 7, "bits");
    int expected = 0;
    Sync::check(!word.compare_exchange_strong(expected, 1) && expected == 4, "a failed compare-exchange");
    while (!word.compare_exchange_weak(expected, 5)) {
    }
    Sync::check(word.exchange(6) == 5, "exchange");
    Sync::check(word.update(Twice{}, with()) == 6 && word.load() == 12, "update");
    const Updated<int> done = word.try_update(Below{}, with(13), std::memory_order_acquire, std::memory_order_relaxed);
    const Updated<int> left = word.try_update(Below{}, with(13), std::memory_order_acquire, std::memory_order_relaxed);
    Sync::check(done.done && done.old == 12 && !left.done && left.old == 13, "try_update");
    Sync::check(word.await_update([](int value) { return value == 13; }, Twice{}, with()) == 13, "await_update");
    Sync::fence(std::memory_order_seq_cst);
    int rounds = 0;
    Sync::spin([&rounds] { return ++rounds < 3; });
    Sync::check(rounds == 3, "spin");
    Sync::check(Sync::choose(3) < 3 && Sync::choose(1) == 0, "choose");
    pair.store({1, 2});
    Sync::check(pair.load() == Pair{1, 2} && flag.exchange(false) && pointer.load() == nullptr, "types");
  }
  Sync::Atomic<int> word{-1, "word"};
  Sync::Atomic<Pair> pair;
  Sync::Atomic<bool> flag{true};
  Sync::Atomic<int*> pointer;
};

TEST(NativeTest, OperationsDoWhatTheySay) {
  NativeOptions options = For(kUntilFound);
  options.max_runs = 200;
  const Report report = Stress<AllOperations>(1, {}, options);
  ExpectNothingFound(report);
  EXPECT_EQ(report.native_runs, 200U);
}

TEST(NativeTest, CopiesRunSideBySide) {
  NativeOptions options = For(kUntilFound);
  options.copies = 3;
  options.max_runs = 50;
  options.affinity = NativeOptions::Affinity::kRandom;
  const Report report = Stress<Guarded<Mutex<Sync>>>(2, {}, options);
  ExpectNothingFound(report);
  EXPECT_EQ(report.native_runs, 150U);
}

}  // namespace
}  // namespace doorway

// Where the state explorer stops before its end, and what it need not explore.

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore_states.h"
#include "harness/explore/states_checked.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;

// ---- Bounds ----

struct Counters {  // 64 * 64 states
  Sync::Atomic<int> x{0, "x"}, y{0, "y"};
  explicit Counters(int) {}
  void thread(int i) {
    Sync::forever([this, i] { (i == 0 ? x : y).update([](int value) { return (value + 1) % 64; }, with()); });
  }
};

void ExpectUnknown(const StateOptions& options, const std::string& bound) {
  const Report report = Check<Counters>(2, options, {kServed});
  EXPECT_EQ(report.verdict, Verdict::kUnknown);
  EXPECT_FALSE(report.exhausted);
  EXPECT_TRUE(HitBound(report, bound));
  EXPECT_EQ(report.Find(kNoStuckThread)->verdict, Verdict::kUnknown);
  EXPECT_EQ(report.Find("served")->verdict, Verdict::kUnknown);
  EXPECT_LT(report.states, 64u * 64u);
}

TEST(StateBounds, WithoutBoundsAllStates) {
  StateOptions options;
  options.symmetry = SymmetryUse::kOff;
  const Report report = Check<Counters>(2, options);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.states, 64u * 64u);
  EXPECT_TRUE(report.bounds_hit.empty());
  EXPECT_TRUE(report.interchangeable.empty());
}

// The two counters and their threads may change places: of (a, b) and (b, a) one is enough.
TEST(StateBounds, InterchangeableThreads) {
  const Report report = Check<Counters>(2);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.states, 64u * 65u / 2);
  EXPECT_EQ(report.interchangeable, (std::vector<std::vector<int>>{{0, 1}}));
}

// Each thread stores to an object of its own, and then to one that both read.
struct MostlyAlone {
  Sync::Atomic<int> x{0, "x"}, y{0, "y"}, sum{0, "sum"};
  explicit MostlyAlone(int) {}
  void thread(int i) {
    Sync::Atomic<int>& own = i == 0 ? x : y;
    for (int n = 1; n <= 9; ++n) own.store(n);
    sum.fetch_add(1);
  }
};

// Of what commutes one order is explored: one thread's stores, then the other's, then both orders of the last steps.
TEST(StateBounds, StepsThatCommuteAreExploredInOneOrder) {
  StateOptions options;
  options.symmetry = SymmetryUse::kOff;
  options.partial_order = true;
  const Report report = Check<MostlyAlone>(2, options);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.states, 9u + 9u + 4u);
  EXPECT_EQ(report.reduced, 18u);
  options.partial_order = false;
  const Report all = Check<MostlyAlone>(2, options);
  EXPECT_EQ(all.verdict, Verdict::kVerified);
  EXPECT_EQ(all.states, 11u * 11u);
  EXPECT_EQ(all.reduced, 0u);
}

struct ManyCounters {  // (2 * 8) ^ 4 states
  Sync::Atomic<int> w{0, "w"}, x{0, "x"}, y{0, "y"}, z{0, "z"};
  explicit ManyCounters(int) {}
  void thread(int i) {
    Sync::Atomic<int>* const counters[] = {&w, &x, &y, &z};
    Sync::forever([counter = counters[i]] {
      counter->update([](int value) { return (value + 1) % 8; }, with());
      Sync::tag(notes::kDoorway, Sync::self());
      counter->load();
      Sync::tag(notes::kAdmit, Sync::self());
    });
  }
};

// Two threads that differ only at the end of a long run, and only in what they say.
struct OneIsForgotten {
  Sync::Atomic<int> x{0, "x"}, y{0, "y"};
  explicit OneIsForgotten(int) {}
  void thread(int i) {
    Sync::Atomic<int>& own = i == 0 ? x : y;
    for (int n = 1; n < 150; ++n) own.store(n);
    Sync::tag(notes::kDoorway, i);
    own.store(0);
    if (i == 0) Sync::tag(notes::kAdmit, i);
  }
};

TEST(StateBounds, ThreadsThatDifferLateAreNotInterchangeable) {
  StateOptions options;
  options.symmetry = SymmetryUse::kAlways;
  ExpectViolated(Check<OneIsForgotten>(2, options, {kServed}), "served", "thread 1 waits for ever");
}

// Thread 2 is served once both others have passed by, and each of them can always go on. While one goes round and the
// other stands, they change places among the states that stand for their orbits: whoever took places for threads would
// think that both go round.
struct BothPassBy {
  Sync::Atomic<int> own[2] = {Sync::Atomic<int>{0, "own0"}, Sync::Atomic<int>{0, "own1"}};
  Sync::Atomic<int> passed{0, "passed"};
  explicit BothPassBy(int) {}
  void thread(int i) {
    if (i == 2) {
      passed.load();
      Sync::tag(notes::kDoorway, i);
      passed.await([](int value) { return value == 3; }, with());
      Sync::tag(notes::kAdmit, i);
      return;
    }
    Sync::forever([this, i] {
      own[i].store(1);
      passed.fetch_or(1 << i);
      own[i].store(0);
    });
  }
};

TEST(StateBounds, FairnessIsOwedToThreadsNotToPlaces) {
  StateOptions options;
  options.symmetry = SymmetryUse::kAlways;
  const Report report = Check<BothPassBy>(3, options, {kServed});
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.interchangeable, (std::vector<std::vector<int>>{{0, 1}}));
}

// The fence behind the last poll belongs to the wait that it ends.
struct WaitsWithAFence {
  Sync::Atomic<int> x{0, "x"}, never{0, "never"};
  explicit WaitsWithAFence(int) {}
  void thread(int i) {
    if (i == 0) {
      Sync::forever([this] {
        x.store(1);
        x.store(0);
      });
    } else if (i == 1) {
      Sync::forever([this] {
        Sync::spin([this] {
          const bool busy = x.load() != 1;
          Sync::fence(std::memory_order_acquire);
          return busy;
        });
      });
    } else {
      x.load();
      Sync::tag(notes::kDoorway, i);
      never.await([](int value) { return value == 1; }, with());
      Sync::tag(notes::kAdmit, i);
    }
  }
};

TEST(StateBounds, AFenceBehindTheLastPollEndsTheWait) {
  EXPECT_EQ(ServedUnder<WaitsWithAFence>(Fairness::kStrong, 3).verdict, Verdict::kViolated);
}

TEST(StateBounds, SeveralJobsFindTheSame) {
  constexpr int kThreads = kAddressSanitizer ? 3 : 4;
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    for (const SymmetryUse symmetry : {SymmetryUse::kOff, SymmetryUse::kAlways}) {
      StateOptions options;
      options.memory = memory;
      options.symmetry = symmetry;
      options.stop_at = "none";
      const Report one = Check<ManyCounters>(kThreads, options, {kServed});
      for (const int jobs : {2, 3}) {
        options.jobs = jobs;
        const Report several = Check<ManyCounters>(kThreads, options, {kServed});
        EXPECT_EQ(several.states, one.states);
        EXPECT_EQ(several.transitions, one.transitions);
        EXPECT_EQ(several.depth, one.depth);
        ASSERT_EQ(several.claims.size(), one.claims.size());
        for (std::size_t c = 0; c < one.claims.size(); ++c) {
          EXPECT_EQ(several.claims[c].verdict, one.claims[c].verdict);
          EXPECT_EQ(several.claims[c].antecedents, one.claims[c].antecedents);
        }
      }
    }
  }
}

TEST(StateBounds, MaxStates) {
  StateOptions options;
  options.max_states = 100;
  ExpectUnknown(options, "max-states: 100");
}

TEST(StateBounds, Timeout) {
  StateOptions options;
  options.timeout_seconds = 0.0001;
  ExpectUnknown(options, "timeout: 0.0001 s");
}

TEST(StateBounds, Interrupted) {
  const std::atomic<bool> interrupted = true;
  StateOptions options;
  options.interrupted = &interrupted;
  ExpectUnknown(options, "interrupted");
}

class WithoutMonitors final : public Property {
 public:
  std::string_view name() const override { return "without_monitors"; }
  std::string_view description() const override { return "judges executions only"; }
  std::optional<Finding> Check(const Execution&) override { return std::nullopt; }
  std::uint64_t antecedents() const override { return 1; }
};

TEST(StateBounds, APropertyWithoutMonitorsIsUnknown) {
  WithoutMonitors property;
  const Report report = Check<Toggles>(1, {}, {}, {&property});
  EXPECT_EQ(report.verdict, Verdict::kUnknown);
  EXPECT_EQ(report.Find("without_monitors")->verdict, Verdict::kUnknown);
  EXPECT_EQ(report.Find(kNoStuckThread)->verdict, Verdict::kVerified);
}

}  // namespace
}  // namespace doorway

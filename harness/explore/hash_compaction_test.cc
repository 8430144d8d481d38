#include <gtest/gtest.h>

#include <string>

#include "harness/explore/explore_states.h"
#include "harness/explore/states_checked.h"
#include "harness/sync/model_sync.h"

// What is explored, and what is said, where of most states only hashes are kept.

namespace doorway {
namespace {

using Sync = ModelSync;

StateOptions Compact(bool compact = true) {
  StateOptions options;
  options.hash_compaction = compact;
  options.stop_at = "none";
  return options;
}

bool SaysHowProbable(const Report& report) {
  return std::any_of(report.bounds_hit.begin(), report.bounds_hit.end(), [](const std::string& bound) {
    return bound.starts_with("hash compaction: a state is omitted with a probability of at most ");
  });
}

struct Counters {  // 200 ^ 2 states, or half of them
  Sync::Atomic<int> x{0, "x"}, y{0, "y"};
  explicit Counters(int) {}
  void thread(int i) {
    Sync::forever([this, i] { (i == 0 ? x : y).update([](int value) { return (value + 1) % 200; }, with()); });
  }
};

TEST(HashCompaction, FindsTheSameStates) {
  for (const SymmetryUse symmetry : {SymmetryUse::kOff, SymmetryUse::kAlways}) {
    for (const int jobs : {1, 2}) {
      StateOptions options = Compact(false);
      options.symmetry = symmetry;
      const Report whole = Check<Counters>(2, options);
      options.hash_compaction = true;
      options.jobs = jobs;
      const Report hashes = Check<Counters>(2, options);
      EXPECT_EQ(whole.verdict, Verdict::kVerified);
      EXPECT_TRUE(whole.bounds_hit.empty());
      EXPECT_EQ(hashes.verdict, Verdict::kVerifiedWithinBounds);
      EXPECT_TRUE(SaysHowProbable(hashes));
      EXPECT_EQ(hashes.bounds_hit.size(), 1u);
      EXPECT_EQ(hashes.states, whole.states);
      EXPECT_EQ(hashes.transitions, whole.transitions);
      EXPECT_EQ(hashes.depth, whole.depth);
    }
  }
}

struct FailsLate {
  Sync::Atomic<int> x{0, "x"}, y{0, "y"};
  explicit FailsLate(int) {}
  void thread(int i) {
    for (int n = 1; n <= 30; ++n) (i == 0 ? x : y).store(n);
    if (i == 0) Sync::check(y.load() != 17, "17 is never seen");
  }
};

TEST(HashCompaction, CounterexamplesAreAsShort) {
  const Report hashes = Check<FailsLate>(2, Compact());
  ExpectViolated(hashes, kNoFailedCheck, "17 is never seen");
  const Report whole = Check<FailsLate>(2, Compact(false));
  ExpectViolated(whole, kNoFailedCheck, "17 is never seen");
  EXPECT_EQ(hashes.Find(kNoFailedCheck)->evidence->execution.events.size(),
            whole.Find(kNoFailedCheck)->evidence->execution.events.size());
  EXPECT_EQ(hashes.states, whole.states);
}

struct WaitsForEach {  // each for the other's word, which neither gives
  Sync::Atomic<int> x{0, "x"}, y{0, "y"};
  explicit WaitsForEach(int) {}
  void thread(int i) {
    (i == 0 ? y : x).load();
    Sync::tag(notes::kDoorway, i);
    (i == 0 ? x : y).await([](int value) { return value == 1; }, with());
    (i == 0 ? y : x).store(1);
    Sync::tag(notes::kAdmit, i);
  }
};

TEST(HashCompaction, FindsWhoIsStuckAndSaysNothingOfInfiniteRuns) {
  const Report report = Check<WaitsForEach>(2, Compact(), {kServed});
  EXPECT_EQ(report.Find(kNoStuckThread)->verdict, Verdict::kViolated);
  EXPECT_EQ(report.Find("served")->verdict, Verdict::kUnknown);
  EXPECT_TRUE(HitBound(report, "hash compaction: no claim about infinite runs is judged"));
}

TEST(HashCompaction, ToggleIsNotJudgedFair) {
  const Report report = Check<Toggles>(1, Compact(), {kServed});
  EXPECT_EQ(report.verdict, Verdict::kUnknown);
  EXPECT_EQ(report.Find(kNoStuckThread)->verdict, Verdict::kVerifiedWithinBounds);
}

}  // namespace
}  // namespace doorway

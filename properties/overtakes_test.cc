#include "properties/overtakes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "properties/lock_run.h"

namespace doorway {
namespace {

std::uint64_t MeasureOf(const Overtakes& claim, std::string_view name) {
  for (const Measure& measure : claim.measures()) {
    if (measure.name == name) return measure.value;
  }
  return ~std::uint64_t{0};
}

// Thread 0 (red) is inside, 2 (black) waits; the reds of `passes` pass; then 0 lets 2 in.
LockRun Passed(int threads, std::initializer_list<int> passes) {
  LockRun run(threads);
  run.Join(0, 0).Enter(0, 0).Queue(2, 1);
  for (int thread : passes) run.Pass(thread, 0);
  run.Leave(0, 0).Exit(0).Admit(0, 2).Wake(2).Enter(2, 1).Leave(2, 1).Exit(2);
  return run;
}

TEST(OvertakesTest, CountsThoseThatArriveLaterAndAreAdmittedEarlier) {
  LockRun run = Passed(3, {1, 1});
  Overtakes one(1), two(2);
  const std::optional<Finding> finding = one.Check(run.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->claim, "bypass_bound");
  EXPECT_EQ(finding->sentence,
            "thread 2 (black) waits and is overtaken 2 times, by thread 1 (red), thread 1 (red); the bound is 1");
  ASSERT_EQ(finding->points.size(), 4u);
  EXPECT_EQ(finding->points[0].what, "doorway (black)");
  EXPECT_EQ(finding->points[3].what, "enter (black)");
  EXPECT_FALSE(two.Check(run.Build()).has_value());
  EXPECT_EQ(MeasureOf(two, "max_bypass"), 2u);
  EXPECT_EQ(MeasureOf(two, "max_admissions_while_waiting"), 2u);
  EXPECT_EQ(two.antecedents(), 1u);
}

TEST(OvertakesTest, WithoutABoundItOnlyMeasures) {
  LockRun run = Passed(4, {1, 3, 1});
  Overtakes claim(std::nullopt);
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(MeasureOf(claim, "max_bypass"), 3u);
}

TEST(OvertakesTest, PrefixBatchesAdmitMoreThanOvertake) {
  // Held by red 0; queue: black 1, red 2, black 3; first come, first served.
  LockRun run(4);
  run.Join(0, 0).Enter(0, 0).Queue(1, 1).Queue(2, 0).Queue(3, 1);
  run.Leave(0, 0).Exit(0).Admit(0, 1).Wake(1).Enter(1, 1);
  run.Leave(1, 1).Exit(1).Admit(1, 2).Wake(2).Enter(2, 0);
  run.Leave(2, 0).Exit(2).Admit(2, 3).Wake(3).Enter(3, 1).Leave(3, 1).Exit(3);
  Overtakes claim(0);
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(MeasureOf(claim, "max_bypass"), 0u);
  EXPECT_EQ(MeasureOf(claim, "max_admissions_while_waiting"), 1u);
}

TEST(OvertakesTest, WholeGroupBatchesOvertake) {
  // The same queue, but 0 lets in black 1 and black 3, past red 2.
  LockRun run(4);
  run.Join(0, 0).Enter(0, 0).Queue(1, 1).Queue(2, 0).Queue(3, 1);
  run.Leave(0, 0).Exit(0).Admit(0, 1).Admit(0, 3).Wake(1).Wake(3).Enter(1, 1).Enter(3, 1);
  run.Leave(1, 1).Exit(1).Leave(3, 1).Exit(3).Admit(3, 2).Wake(2).Enter(2, 0).Leave(2, 0).Exit(2);
  Overtakes claim(0);
  const std::optional<Finding> finding = claim.Check(run.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->sentence, "thread 2 (red) waits and is overtaken 1 time, by thread 3 (black); the bound is 0");
}

TEST(OvertakesTest, OwnGroupDoesNotCount) {
  LockRun run(3);
  run.Join(0, 0).Enter(0, 0).Queue(2, 1).Queue(1, 1);
  run.Leave(0, 0).Exit(0).Admit(0, 1).Wake(1).Enter(1, 1).Leave(1, 1).Exit(1).Admit(1, 2).Wake(2).Enter(2, 1);
  EXPECT_FALSE(Overtakes(0).Check(run.Build()).has_value());
}

TEST(OvertakesTest, WaiterThatNeverEntersIsOvertakenByAllWhoAreAdmitted) {
  LockRun run(4);
  run.Join(0, 0).Enter(0, 0).Queue(2, 1).Pass(1, 0).Queue(3, 0).Leave(0, 0).Exit(0);
  Overtakes claim(std::nullopt);
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(MeasureOf(claim, "max_bypass"), 1u);  // thread 1; thread 3 waits itself
}

TEST(OvertakesTest, UnorderedDoorwaysCount) {
  // Two doorways on different words: in some interleaving the waiter's comes first.
  LockRun run(3);
  run.builder().Write(0, 1);
  run.builder().Tag(0, notes::kDoorway, 0, 0);
  run.builder().Write(2, 3);
  run.builder().Tag(2, notes::kDoorway, 2, 1);
  run.builder().Update(0, 0);
  run.builder().Tag(0, notes::kAdmit, 0, 0);
  run.Enter(0, 0).Leave(0, 0).Exit(0).Admit(0, 2).Wake(2).Enter(2, 1).Leave(2, 1);
  EXPECT_TRUE(Overtakes(0).Check(run.Build()).has_value());
}

TEST(OvertakesTest, AdmissionsByOthersAreMatchedInTheirOrder) {
  // Black 2 is let in twice, by 1 and then by 0: marks come thread by thread, the later admission first.
  LockRun run(3);
  run.Join(1, 0).Enter(1, 0).Queue(2, 1).Leave(1, 0).Exit(1).Admit(1, 2).Wake(2).Enter(2, 1).Leave(2, 1).Exit(2);
  run.Join(0, 0).Enter(0, 0).Queue(2, 1).Leave(0, 0).Exit(0).Admit(0, 2).Wake(2).Enter(2, 1).Leave(2, 1).Exit(2);
  Execution execution = run.Build();
  std::stable_sort(execution.marks.begin(), execution.marks.end(),
                   [](const Mark& a, const Mark& b) { return a.thread < b.thread; });
  Overtakes claim(0);
  EXPECT_FALSE(claim.Check(execution).has_value());
  EXPECT_EQ(MeasureOf(claim, "max_admissions_while_waiting"), 0u);
}

TEST(OvertakesTest, NobodyWaitsNothingIsClaimed) {
  LockRun run(2);
  run.Pass(0, 0).Pass(1, 1);
  Overtakes claim(0);
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

TEST(OvertakesTest, ExecutionsThatAreNotSequentiallyConsistentAreNotEvaluated) {
  LockRun run(3, LockRun::Builder::OrderIs::kHappensBefore);
  run.Join(0, 0).Enter(0, 0).Queue(2, 1);
  run.builder().Write(0, 2);
  run.builder().Write(1, 3);
  run.builder().Read(0, 3, 3);
  run.builder().Read(1, 2, 2);
  Overtakes claim(0);
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(claim.not_evaluated(), 1u);
}

}  // namespace
}  // namespace doorway

#include "properties/parallelism.h"

#include <gtest/gtest.h>

#include "properties/lock_run.h"

namespace doorway {
namespace {

LockRun& TwoTogether(LockRun& run, Value group) {
  return run.Join(0, group).Enter(0, group).Join(1, group).Enter(1, group).Leave(0, group).Exit(0).Leave(1, group).Exit(
      1);
}

TEST(ParallelismTest, WitnessIsAnOverlapOfOneGroup) {
  LockRun run(2);
  TwoTogether(run, 1);
  Parallelism claim;
  EXPECT_EQ(claim.name(), "same_group_parallel");
  EXPECT_EQ(claim.kind(), Property::Kind::kExists);
  const std::optional<Finding> finding = claim.Check(run.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->sentence, "thread 0 (black) and thread 1 (black) are inside together");
  EXPECT_EQ(claim.antecedents(), 1u);
  EXPECT_FALSE(claim.Check(run.Build()).has_value());  // one witness is enough
}

TEST(ParallelismTest, SectionsThatOnlyHappenToBeInTurnMayOverlap) {
  // Thread 1 arrives after thread 0 has left, but nothing made it.
  LockRun run(2);
  run.Enter(0, 0).Leave(0, 0);
  run.builder().Write(0, 1);
  run.Enter(1, 0).Leave(1, 0);
  run.builder().Write(1, 2);
  EXPECT_TRUE(Parallelism().Check(run.Build()).has_value());
}

TEST(ParallelismTest, SectionsInTurnAreNoWitness) {
  LockRun run(2);
  run.Pass(0, 0).Pass(1, 0);
  EXPECT_FALSE(Parallelism().Check(run.Build()).has_value());
}

TEST(ParallelismTest, OverlapOfDifferentGroupsIsNoWitness) {
  LockRun run(2);
  run.Join(0, 0).Enter(0, 0).Join(1, 1).Enter(1, 1).Leave(0, 0).Exit(0).Leave(1, 1).Exit(1);
  EXPECT_FALSE(Parallelism().Check(run.Build()).has_value());
}

TEST(ParallelismTest, OneGroupCanBeSingledOut) {
  LockRun run(2);
  TwoTogether(run, 1);
  Parallelism red(0), black(1);
  EXPECT_EQ(red.name(), "red_parallel");
  EXPECT_FALSE(red.Check(run.Build()).has_value());
  EXPECT_TRUE(black.Check(run.Build()).has_value());
}

TEST(ParallelismTest, ExecutionsThatAreNotSequentiallyConsistentAreNotEvaluated) {
  LockRun run(2, LockRun::Builder::OrderIs::kHappensBefore);
  run.builder().Write(0, 1);
  run.builder().Write(1, 2);
  run.builder().Read(0, 2, 2);  // store buffering: the initial values
  run.builder().Read(1, 1, 1);
  run.Enter(0, 0).Enter(1, 0);
  Parallelism claim;
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(claim.not_evaluated(), 1u);
}

}  // namespace
}  // namespace doorway

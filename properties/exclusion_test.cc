#include "properties/exclusion.h"

#include <gtest/gtest.h>

#include <utility>

#include "properties/lock_run.h"

namespace doorway {
namespace {

TEST(ExclusionTest, SectionsInTurnExclude) {
  LockRun run(2);
  run.Pass(0, 0).Pass(1, 1).Pass(0, 0);
  Exclusion claim;
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(ExclusionTest, OverlappingSectionsDoNot) {
  LockRun run(2);
  run.Join(0, 0).Enter(0, 0).Join(1, 1).Enter(1, 1).Leave(0, 0).Exit(0).Leave(1, 1).Exit(1);
  Exclusion claim;
  const std::optional<Finding> finding = claim.Check(run.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->claim, "exclusion");
  EXPECT_EQ(finding->sentence, "thread 0 (red) and thread 1 (black) are inside together");
  ASSERT_EQ(finding->points.size(), 2u);
  EXPECT_TRUE(finding->unordered);
  const Execution execution = run.Build();
  EXPECT_FALSE(execution.Before(finding->points[0].event, finding->points[1].event));
  EXPECT_FALSE(execution.Before(finding->points[1].event, finding->points[0].event));
}

TEST(ExclusionTest, OneGroupMayOverlapUnlessEverybodyIsExcluded) {
  LockRun run(2);
  run.Join(0, 0).Enter(0, 0).Join(1, 0).Enter(1, 0).Leave(0, 0).Exit(0).Leave(1, 0).Exit(1);
  Exclusion groups;
  EXPECT_FALSE(groups.Check(run.Build()).has_value());
  EXPECT_EQ(groups.antecedents(), 0u);
  Exclusion everybody(Exclusion::Excludes::kEverybody);
  EXPECT_TRUE(everybody.Check(run.Build()).has_value());
  EXPECT_EQ(everybody.antecedents(), 1u);
}

TEST(ExclusionTest, ReadersShareAndWritersDoNot) {
  for (const auto& [a, b] : {std::pair<Value, Value>{0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
    LockRun run(2);
    run.Join(0, a).Enter(0, a).Join(1, b).Enter(1, b).Leave(0, a).Exit(0).Leave(1, b).Exit(1);
    Exclusion claim(Exclusion::Excludes::kWriters);
    EXPECT_EQ(claim.Check(run.Build()).has_value(), a == 1 || b == 1);
    EXPECT_EQ(claim.antecedents(), a == 1 || b == 1 ? 1u : 0u);
  }
}

TEST(ExclusionTest, SectionThatNeverEndsExcludesNobodyBehindIt) {
  LockRun run(2);
  run.Join(0, 0).Enter(0, 0).Pass(1, 1);
  EXPECT_TRUE(Exclusion().Check(run.Build()).has_value());
  LockRun other(2);
  other.Pass(1, 1).Join(0, 0).Enter(0, 0);
  EXPECT_FALSE(Exclusion().Check(other.Build()).has_value());
}

TEST(ExclusionTest, SectionOfOneThreadAtATimeIsNotContention) {
  LockRun run(1);
  run.Pass(0, 0).Pass(0, 1);
  Exclusion claim;
  EXPECT_FALSE(claim.Check(run.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

TEST(ExclusionTest, LuckOfTimingIsNotExclusion) {
  // In turn, but each thread on a location of its own: nothing orders the two.
  LockRun run(2);
  run.Enter(0, 0).Leave(0, 0);
  run.builder().Write(0, 1);
  run.Enter(1, 1).Leave(1, 1);
  run.builder().Write(1, 2);
  EXPECT_TRUE(Exclusion().Check(run.Build()).has_value());
}

TEST(ExclusionTest, SectionsWithoutAnOperationInsideAreJudgedByWhatSurroundsThem) {
  LockRun run(2);
  run.Join(0, 0);
  run.builder().Note(0, notes::kEnter, 0, 0);
  run.builder().Note(0, notes::kLeave, 0, 0);
  run.Exit(0).Join(1, 1).Enter(1, 1).Leave(1, 1).Exit(1);
  EXPECT_FALSE(Exclusion().Check(run.Build()).has_value());
}

}  // namespace
}  // namespace doorway

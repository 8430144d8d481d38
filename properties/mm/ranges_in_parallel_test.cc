#include "properties/mm/ranges_in_parallel.h"

#include "gtest/gtest.h"
#include "properties/mm/execution_builder.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

void Section(ExecutionBuilder& b, int thread, int lock, int range, int group) {
  b.Update(thread, lock);
  b.Note(thread, kIoctlEnters, thread, OnPage(range, group));
  b.Note(thread, kIoctlLeaves, thread, OnPage(range, group));
  b.Update(thread, lock);
}

TEST(RangesInParallelTest, LocksOfTheirOwn) {
  ExecutionBuilder b(2, 2);
  Section(b, 0, 0, 0, 0);
  Section(b, 1, 1, 1, 1);
  RangesInParallel claim;
  const std::optional<Finding> finding = claim.Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->sentence,
            "the ioctl of thread 0 on range 0 and the ioctl of thread 1 on range 1 are under way together");
  EXPECT_FALSE(claim.Check(b.Build()).has_value());  // one witness is enough
}

TEST(RangesInParallelTest, OneLock) {
  ExecutionBuilder b(2, 2);
  Section(b, 0, 0, 0, 0);
  Section(b, 1, 0, 1, 1);
  RangesInParallel claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(RangesInParallelTest, OneRangeOrOneGroupIsNotMeant) {
  ExecutionBuilder b(3, 3);
  Section(b, 0, 0, 0, 0);
  Section(b, 1, 1, 0, 1);
  Section(b, 2, 2, 1, 0);
  RangesInParallel claim;
  // Threads 1 and 2 differ in both, and are together.
  EXPECT_TRUE(claim.Check(b.Build()).has_value());
  ExecutionBuilder c(2, 2);
  Section(c, 0, 0, 0, 0);
  Section(c, 1, 1, 0, 1);
  RangesInParallel same_range;
  EXPECT_FALSE(same_range.Check(c.Build()).has_value());
  EXPECT_EQ(same_range.antecedents(), 0u);
}

}  // namespace
}  // namespace doorway::mm

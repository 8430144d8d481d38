#include "properties/mm/no_write_after_wp_return.h"

#include "gtest/gtest.h"
#include "properties/mm/execution_builder.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// Thread 0 is the CPU, 1 write-protects, 2 un-protects.
constexpr int kPte = 0, kCpu = 1;

void Mark(ExecutionBuilder& b, int thread) {
  b.Write(thread, kPte);
  b.Tag(thread, kMark, thread, OnPage(0, 0));
}
void Unmark(ExecutionBuilder& b, int thread) {
  b.Write(thread, kPte);
  b.Tag(thread, kUnmark, thread, mm::Unmark(0, true));
}
void Return(ExecutionBuilder& b, int thread) { b.Note(thread, kProtected, thread, OnPage(0, 0)); }
void Store(ExecutionBuilder& b) {
  b.Update(0, kCpu);
  b.Tag(0, kPageWrite, 0, OnPage(0, 0));
}

TEST(NoWriteAfterWpReturnTest, StoreBeforeTheShootdown) {
  ExecutionBuilder b(3, 2);
  Mark(b, 1);
  Store(b);
  b.Update(1, kCpu);  // shootdown
  Return(b, 1);
  NoWriteAfterWpReturn claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(NoWriteAfterWpReturnTest, NothingOrdersTheStore) {
  ExecutionBuilder b(3, 2);
  Store(b);
  Mark(b, 1);
  Return(b, 1);
  const std::optional<Finding> finding = NoWriteAfterWpReturn().Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->sentence,
            "the store of thread 0 to page 0 can retire after the write-protect ioctl of thread 1 has returned, with "
            "its marking still in force");
  EXPECT_TRUE(finding->unordered);
}

TEST(NoWriteAfterWpReturnTest, StoreAfterTheShootdown) {
  ExecutionBuilder b(3, 2);
  Mark(b, 1);
  b.Update(1, kCpu);
  Return(b, 1);
  Store(b);
  EXPECT_TRUE(NoWriteAfterWpReturn().Check(b.Build()).has_value());
}

TEST(NoWriteAfterWpReturnTest, TheStoreSawAnUnProtect) {
  ExecutionBuilder b(3, 2);
  Mark(b, 1);
  b.Update(1, kCpu);
  Return(b, 1);
  Unmark(b, 2);
  b.Read(0, kPte);
  Store(b);
  NoWriteAfterWpReturn claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(NoWriteAfterWpReturnTest, AnUnProtectThatTheStoreDidNotSeeDoesNotExcuseIt) {
  ExecutionBuilder b(3, 2);
  Mark(b, 1);
  b.Update(1, kCpu);
  Return(b, 1);
  Unmark(b, 2);
  Store(b);
  EXPECT_TRUE(NoWriteAfterWpReturn().Check(b.Build()).has_value());
}

TEST(NoWriteAfterWpReturnTest, AnEarlierUnProtectDoesNotExcuseIt) {
  ExecutionBuilder b(3, 2);
  Unmark(b, 2);
  b.Read(0, kPte);
  Mark(b, 1);
  Return(b, 1);
  Store(b);
  EXPECT_TRUE(NoWriteAfterWpReturn().Check(b.Build()).has_value());
}

// The false alarm that the claim's wording is there to avoid: the marking ended before the ioctl returned,
// and another ioctl has marked again, but has not returned.
TEST(NoWriteAfterWpReturnTest, AnUnProtectBeforeTheReturnEndsThePromise) {
  ExecutionBuilder b(4, 2);
  Mark(b, 1);
  Unmark(b, 2);
  Mark(b, 3);
  b.Read(1, kPte);  // the return is ordered after the un-protect
  Return(b, 1);
  Store(b);
  NoWriteAfterWpReturn claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

// An ioctl that finds the marker set promises as much as the one that set it.
TEST(NoWriteAfterWpReturnTest, AMarkingThatOnlyReads) {
  for (const bool unmarked_before : {false, true}) {
    ExecutionBuilder b(4, 2);
    if (unmarked_before) {
      Unmark(b, 2);
      b.Read(0, kPte);
    }
    Mark(b, 1);
    b.Read(3, kPte);
    b.Tag(3, kMark, 3, OnPage(0, 0));
    Return(b, 3);
    if (!unmarked_before) {
      Unmark(b, 2);
      b.Read(0, kPte);
    }
    Store(b);
    EXPECT_EQ(NoWriteAfterWpReturn().Check(b.Build()).has_value(), unmarked_before);
  }
}

TEST(NoWriteAfterWpReturnTest, EachIoctlHasItsOwnMarking) {
  // One thread protects, un-protects, protects: the first return is excused by the un-protect, the second is not.
  ExecutionBuilder b(3, 2);
  Mark(b, 1);
  b.Update(1, kCpu);
  Return(b, 1);
  Unmark(b, 1);
  b.Read(0, kPte);
  Mark(b, 1);
  Return(b, 1);
  Store(b);
  const std::optional<Finding> finding = NoWriteAfterWpReturn().Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->points[2].event, 6);  // two initial writes; mark, shootdown, un-protect, read; the second mark
}

}  // namespace
}  // namespace doorway::mm

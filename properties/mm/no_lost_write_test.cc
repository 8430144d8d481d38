#include "properties/mm/no_lost_write.h"

#include "gtest/gtest.h"
#include "properties/mm/execution_builder.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

constexpr int kPte = 0, kCpu0 = 1, kCpu1 = 2;

void Store(ExecutionBuilder& b, int cpu, int page) {
  b.Update(cpu, 1 + cpu);
  b.Tag(cpu, kPageWrite, cpu, OnPage(0, page));
}
void CopyByte(ExecutionBuilder& b, int thread, int cpu, int from, int to) {
  b.Read(thread, 1 + cpu);
  b.Tag(thread, kCopyRead, cpu, Copy(0, from, to));
}
void Install(ExecutionBuilder& b, int thread, int from, int to) {
  b.Write(thread, kPte);
  b.Tag(thread, kInstall, thread, Copy(0, from, to));
}

TEST(NoLostWriteTest, StoreBeforeTheCopyIsKept) {
  ExecutionBuilder b(2, 3);
  Store(b, 0, 0);
  CopyByte(b, 1, 0, 0, 2);
  Install(b, 1, 0, 2);
  NoLostWrite claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(NoLostWriteTest, StoreAfterTheCopyIsLost) {
  ExecutionBuilder b(2, 3);
  CopyByte(b, 1, 0, 0, 2);
  Store(b, 0, 0);
  Install(b, 1, 0, 2);
  NoLostWrite claim;
  const std::optional<Finding> finding = claim.Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->claim, "no_lost_write");
  EXPECT_EQ(finding->sentence,
            "the store of thread 0 to page 0 is lost: thread 1 maps a copy, page 2, that was made before the store");
  ASSERT_EQ(finding->points.size(), 3u);
}

TEST(NoLostWriteTest, StoreAfterTheInstallToTheOldPageIsLost) {
  ExecutionBuilder b(2, 3);
  CopyByte(b, 1, 0, 0, 2);
  Install(b, 1, 0, 2);
  Store(b, 0, 0);
  EXPECT_TRUE(NoLostWrite().Check(b.Build()).has_value());
}

TEST(NoLostWriteTest, UnorderedStoreIsLost) {
  // Under happens-before alone, a read that misses a store orders nothing.
  ExecutionBuilder b(2, 3, ExecutionBuilder::OrderIs::kHappensBefore);
  Store(b, 0, 0);
  b.Read(1, kCpu0, 1);  // the initial value: stale
  b.Tag(1, kCopyRead, 0, Copy(0, 0, 2));
  Install(b, 1, 0, 2);
  const std::optional<Finding> finding = NoLostWrite().Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_TRUE(finding->unordered);
}

TEST(NoLostWriteTest, ACopyThatIsThrownAwayLosesNothing) {
  ExecutionBuilder b(2, 3);
  CopyByte(b, 1, 0, 0, 2);
  Store(b, 0, 0);
  EXPECT_FALSE(NoLostWrite().Check(b.Build()).has_value());
}

TEST(NoLostWriteTest, TheLastAttemptToCopyCounts) {
  ExecutionBuilder b(2, 3);
  CopyByte(b, 1, 0, 0, 2);
  Store(b, 0, 0);
  CopyByte(b, 1, 0, 0, 2);
  Install(b, 1, 0, 2);
  EXPECT_FALSE(NoLostWrite().Check(b.Build()).has_value());
}

TEST(NoLostWriteTest, TheCopiersOwnStores) {
  ExecutionBuilder b(2, 3);
  Store(b, 1, 0);
  CopyByte(b, 1, 0, 0, 2);
  Install(b, 1, 0, 2);
  Store(b, 1, 2);
  EXPECT_FALSE(NoLostWrite().Check(b.Build()).has_value());
  Store(b, 1, 0);
  EXPECT_TRUE(NoLostWrite().Check(b.Build()).has_value());
}

TEST(NoLostWriteTest, ACopyOfSomethingThatWasNotMappedAnyMore) {
  // Both copy page 0; the second install throws away the page of the first, and the store there.
  ExecutionBuilder b(2, 3);
  CopyByte(b, 0, 1, 0, 1);
  CopyByte(b, 1, 0, 0, 2);
  Install(b, 0, 0, 1);
  Store(b, 0, 1);
  Install(b, 1, 0, 2);
  const std::optional<Finding> finding = NoLostWrite().Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->sentence,
            "the store of thread 0 to page 1 is lost: page 1 is replaced by page 2, which is not a copy of it");
}

TEST(NoLostWriteTest, CopiesOfCopies) {
  for (const bool lost : {false, true}) {
    ExecutionBuilder b(2, 3);
    Store(b, 0, 0);
    CopyByte(b, 1, 0, 0, 1);
    Install(b, 1, 0, 1);
    if (lost) CopyByte(b, 1, 0, 1, 2);
    Store(b, 0, 1);
    if (!lost) CopyByte(b, 1, 0, 1, 2);
    Install(b, 1, 1, 2);
    Store(b, 0, 2);
    NoLostWrite claim;
    EXPECT_EQ(claim.Check(b.Build()).has_value(), lost);
    EXPECT_EQ(claim.antecedents(), 2u);
  }
}

TEST(NoLostWriteTest, RangesHaveNothingToDoWithEachOther) {
  ExecutionBuilder b(2, 3);
  CopyByte(b, 1, 0, 0, 2);
  b.Update(0, kCpu0);
  b.Tag(0, kPageWrite, 0, OnPage(1, 0));
  b.Update(1, kCpu1);
  Install(b, 1, 0, 2);
  NoLostWrite claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

}  // namespace
}  // namespace doorway::mm

#include "properties/mm/no_stale_writable_entry_at_unprotect.h"

#include "gtest/gtest.h"
#include "properties/mm/execution_builder.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// Thread 0 is the CPU, 1 write-protects, 2 un-protects.
constexpr int kPte = 0, kCpu = 1, kLock = 2;

void Unmark(ExecutionBuilder& b, int thread, bool was_set = true) {
  b.Write(thread, kPte);
  b.Tag(thread, kUnmark, thread, mm::Unmark(0, was_set));
}
void Shootdown(ExecutionBuilder& b, int thread) {
  b.Update(thread, kCpu);
  b.Tag(thread, kShootdown, 0, OnPage(0, 0));
}
void Fill(ExecutionBuilder& b) {
  b.Update(0, kCpu);
  b.Tag(0, kFill, 0, OnPage(0, 0));
}

TEST(NoStaleWritableEntryAtUnprotectTest, EntryFromTheStart) {
  for (const bool ordered : {true, false}) {
    ExecutionBuilder b(3, 3);
    Shootdown(b, 1);
    b.Update(1, kLock);
    if (ordered) b.Update(2, kLock);
    Unmark(b, 2);
    NoStaleWritableEntryAtUnprotect claim({{0, 0}});
    const std::optional<Finding> finding = claim.Check(b.Build());
    EXPECT_EQ(claim.antecedents(), 1u);
    ASSERT_EQ(finding.has_value(), !ordered);
    if (finding.has_value()) {
      ASSERT_EQ(finding->points.size(), 2u);
      EXPECT_EQ(finding->points[0].what, "shootdown of the entry");
      EXPECT_TRUE(finding->unordered);
    }
    // Without the entry there is nothing to go stale.
    NoStaleWritableEntryAtUnprotect none({});
    EXPECT_FALSE(none.Check(b.Build()).has_value());
    EXPECT_EQ(none.antecedents(), 0u);
  }
}

TEST(NoStaleWritableEntryAtUnprotectTest, AnUnProtectThatFindsNoMarker) {
  ExecutionBuilder b(3, 3);
  Unmark(b, 2, false);
  NoStaleWritableEntryAtUnprotect claim({{0, 0}});
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

TEST(NoStaleWritableEntryAtUnprotectTest, AFillThatNothingOrdersAfterTheUnProtect) {
  ExecutionBuilder b(3, 3);
  Unmark(b, 2);
  Fill(b);
  const std::optional<Finding> finding = NoStaleWritableEntryAtUnprotect({}).Check(b.Build());
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->sentence, "thread 2 clears the marker while CPU 0 can still hold a writable TLB entry");
}

TEST(NoStaleWritableEntryAtUnprotectTest, AFillAfterTheUnProtect) {
  ExecutionBuilder b(3, 3);
  Unmark(b, 2);
  b.Read(0, kPte);
  Fill(b);
  EXPECT_FALSE(NoStaleWritableEntryAtUnprotect({}).Check(b.Build()).has_value());
}

TEST(NoStaleWritableEntryAtUnprotectTest, AnEarlierShootdownDoesNotEndALaterEntry) {
  ExecutionBuilder b(3, 3);
  Shootdown(b, 1);
  b.Update(1, kLock);
  Fill(b);
  b.Update(2, kLock);
  Unmark(b, 2);
  EXPECT_TRUE(NoStaleWritableEntryAtUnprotect({}).Check(b.Build()).has_value());
}

}  // namespace
}  // namespace doorway::mm

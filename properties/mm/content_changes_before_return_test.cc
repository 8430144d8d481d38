#include "properties/mm/content_changes_before_return.h"

#include "gtest/gtest.h"
#include "properties/mm/execution_builder.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// Thread 0 is the CPU, 1 write-protects.
constexpr int kPte = 0, kCpu = 1;

void Mark(ExecutionBuilder& b) {
  b.Write(1, kPte);
  b.Tag(1, kMark, 1, OnPage(0, 0));
}
void Return(ExecutionBuilder& b) { b.Note(1, kProtected, 1, OnPage(0, 0)); }
void Store(ExecutionBuilder& b) {
  b.Update(0, kCpu);
  b.Tag(0, kPageWrite, 0, OnPage(0, 0));
}

TEST(ContentChangesBeforeReturnTest, AStoreBetween) {
  ExecutionBuilder b(2, 2);
  Store(b);  // nothing orders it before the marking
  Mark(b);
  b.Update(1, kCpu);
  Return(b);
  ContentChangesBeforeReturn claim;
  EXPECT_EQ(claim.kind(), Property::Kind::kExists);
  EXPECT_TRUE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(ContentChangesBeforeReturnTest, AStoreBefore) {
  ExecutionBuilder b(2, 3);
  Store(b);
  b.Write(0, 2);
  b.Read(1, 2);
  Mark(b);
  b.Update(1, kCpu);
  Return(b);
  EXPECT_FALSE(ContentChangesBeforeReturn().Check(b.Build()).has_value());
}

TEST(ContentChangesBeforeReturnTest, AStoreAfter) {
  ExecutionBuilder b(2, 3);
  Mark(b);
  b.Update(1, kCpu);
  Return(b);
  b.Write(1, 2);
  b.Read(0, 2);
  Store(b);
  EXPECT_FALSE(ContentChangesBeforeReturn().Check(b.Build()).has_value());
}

TEST(ContentChangesBeforeReturnTest, NotDefinedWithoutSequentialConsistency) {
  // Store buffering: both miss the other's write.
  ExecutionBuilder b(2, 2, ExecutionBuilder::OrderIs::kHappensBefore);
  b.Write(0, kPte);
  b.Write(1, kCpu);
  b.Read(0, kCpu, 1);
  b.Read(1, kPte, 0);
  ContentChangesBeforeReturn claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.not_evaluated(), 1u);
}

// A thread that write-protects twice: a store between its calls changes nothing while one is under way.
TEST(ContentChangesBeforeReturnTest, AStoreBetweenTwoIoctls) {
  ExecutionBuilder b(2, 3);
  Mark(b);
  Return(b);
  b.Update(1, 2);
  b.Update(0, 2);
  Store(b);
  b.Update(0, 2);
  b.Update(1, 2);
  Mark(b);
  Return(b);
  ContentChangesBeforeReturn claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 2u);
}

}  // namespace
}  // namespace doorway::mm

#include "properties/mm/dead_end.h"

#include "gtest/gtest.h"
#include "properties/mm/execution_builder.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

void Change(ExecutionBuilder& b, int thread, NoteKind kind, Value argument) {
  b.Write(thread, 0);
  b.Tag(thread, kind, thread, argument);
}

TEST(DeadEndTest, AFaultThatSleepsAndOneThatComesAfterTheUnProtect) {
  ExecutionBuilder b(3, 1);
  Change(b, 1, kMark, OnPage(0, 0));
  b.Read(0, 0);
  b.Tag(0, kDeadEnd, 0, OnPage(0, 0));
  Change(b, 2, kUnmark, Unmark(0, true));
  b.Write(0, 0);  // the entry cleared, before it is installed
  Change(b, 0, kInstall, Copy(0, 0, 1));
  DeadEnd claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(DeadEndTest, AFaultThatGoesOn) {
  for (const NoteKind kind : {kInstall, kReuse}) {
    ExecutionBuilder b(3, 1);
    Change(b, 2, kUnmark, Unmark(0, false));
    Change(b, 1, kMark, OnPage(0, 0));
    b.Write(0, 0);
    Change(b, 0, kind, OnPage(0, 0));
    DeadEnd claim;
    const std::optional<Finding> finding = claim.Check(b.Build());
    ASSERT_TRUE(finding.has_value());
    EXPECT_EQ(finding->sentence,
              "the write fault of thread 0 makes the page-table entry writable while the marker of thread 1 is set");
    EXPECT_EQ(claim.antecedents(), 1u);
  }
}

TEST(DeadEndTest, NoMarkerNoDeadEnd) {
  ExecutionBuilder b(3, 1);
  Change(b, 0, kReuse, OnPage(0, 0));
  Change(b, 1, kMark, OnPage(0, 0));
  DeadEnd claim;
  EXPECT_FALSE(claim.Check(b.Build()).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

}  // namespace
}  // namespace doorway::mm

#include "properties/outcomes.h"

#include <gtest/gtest.h>

#include "properties/mm/execution_builder.h"
#include "properties/testing/linearizations.h"

namespace doorway {
namespace {

constexpr NoteKind kCount{"count"};
constexpr NoteKind kOther{"other"};

Outcomes CountsWell() { return {"count_stays_right", "the count stays right", kCount, "counts below zero"}; }

// One operation with a note of `kind`.
Execution OneNote(NoteKind kind, bool right) {
  mm::ExecutionBuilder builder(2, 1);
  builder.Update(1, 0);
  builder.Tag(1, kind, 1, RightOrWrong(right));
  return builder.Build();
}

TEST(OutcomesTest, AWrongOneViolates) {
  Outcomes claim = CountsWell();
  const std::optional<Finding> finding = claim.Check(OneNote(kCount, false));
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->claim, "count_stays_right");
  EXPECT_EQ(finding->sentence, "thread 1 counts below zero");
  ASSERT_EQ(finding->points.size(), 1u);
  EXPECT_EQ(finding->points[0].event, 1u);
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(OutcomesTest, ARightOneCounts) {
  Outcomes claim = CountsWell();
  EXPECT_FALSE(claim.Check(OneNote(kCount, true)).has_value());
  EXPECT_EQ(claim.antecedents(), 1u);
}

TEST(OutcomesTest, OthersAreNotItsAffair) {
  Outcomes claim = CountsWell();
  EXPECT_FALSE(claim.Check(OneNote(kOther, false)).has_value());
  EXPECT_EQ(claim.antecedents(), 0u);
}

TEST(OutcomesTest, ItsMonitorSaysTheSame) {
  for (const NoteKind kind : {kCount, kOther}) {
    for (const bool right : {true, false}) {
      const Execution execution = OneNote(kind, right);
      Outcomes claim = CountsWell();
      const bool violated = claim.Check(execution).has_value();
      const Heard heard = HearAll(execution, claim.Monitors(2));
      EXPECT_EQ(heard.flagged, violated);
      EXPECT_EQ(heard.antecedent, claim.antecedents() > 0);
    }
  }
}

}  // namespace
}  // namespace doorway

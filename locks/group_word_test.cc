#include "locks/group_word.h"

#include <gtest/gtest.h>

#include "locks/group_rules.h"

namespace doorway {
namespace {

constexpr int kRed = 0, kBlack = 1;

TEST(GroupWordTest, FirstComerTakesTheFreeLock) {
  constexpr GroupWord word = Arrive<StrictFair>({}, 3, kBlack);
  static_assert(word.members() == 1);
  static_assert(word.group() == kBlack);
  static_assert(Depart<StrictFair>(word) == GroupWord{});
}

TEST(GroupWordTest, OnceAnybodyWaitsEverybodyQueues) {
  GroupWord word = Arrive<StrictFair>({}, 0, kRed);
  word = Arrive<StrictFair>(word, 1, kRed);
  EXPECT_EQ(word.members(), 2);
  word = Arrive<StrictFair>(word, 2, kBlack);
  word = Arrive<StrictFair>(word, 3, kRed);
  EXPECT_EQ(word.members(), 2);
  ASSERT_EQ(word.queue().size(), 2);
  EXPECT_EQ(word.queue().at(1).thread, 3);
}

// Held by red 0; queue: black 1, black 2, red 3, black 4.
template <class Rule>
GroupWord Queue() {
  GroupWord word = Arrive<Rule>({}, 0, kRed);
  word = Arrive<Rule>(word, 1, kBlack);
  word = Arrive<Rule>(word, 2, kBlack);
  word = Arrive<Rule>(word, 3, kRed);
  return Arrive<Rule>(word, 4, kBlack);
}

TEST(GroupWordTest, PrefixBatchLeavesTheQueueInOrder) {
  const GroupWord word = Depart<StrictFair>(Queue<StrictFair>());
  EXPECT_EQ(word.group(), kBlack);
  EXPECT_EQ(word.members(), 2);
  ASSERT_EQ(word.queue().size(), 2);
  EXPECT_EQ(word.queue().at(0).thread, 3);
  EXPECT_EQ(word.queue().at(1).thread, 4);
}

TEST(GroupWordTest, GroupBatchTakesAllOfTheGroup) {
  const GroupWord word = Depart<StrictFairPhase>(Queue<StrictFairPhase>());
  EXPECT_EQ(word.group(), kBlack);
  EXPECT_EQ(word.members(), 3);
  ASSERT_EQ(word.queue().size(), 1);
  EXPECT_EQ(word.queue().at(0).thread, 3);
}

TEST(GroupWordTest, BoundedLetsKJoinPastTheOtherGroup) {
  using Rule = BoundedUnfair<2>;
  GroupWord word = Arrive<Rule>({}, 0, kRed);
  word = Arrive<Rule>(word, 1, kBlack);
  word = Arrive<Rule>(word, 2, kRed);
  word = Arrive<Rule>(word, 3, kRed);
  EXPECT_EQ(word.members(), 3);
  EXPECT_EQ(word.extra(), 2);
  word = Depart<Rule>(word);  // who leaves makes no room
  word = Arrive<Rule>(word, 4, kRed);
  EXPECT_EQ(word.members(), 2);
  EXPECT_EQ(word.queue().size(), 2);
  word = Depart<Rule>(Depart<Rule>(word));
  EXPECT_EQ(word.group(), kBlack);
  EXPECT_EQ(word.extra(), 0);
}

TEST(GroupWordTest, BoundedLetsNobodyJoinPastItsOwnGroup) {
  using Rule = BoundedUnfair<1>;
  GroupWord word = Arrive<Rule>({}, 0, kRed);
  word = Arrive<Rule>(word, 1, kBlack);
  word = Arrive<Rule>(word, 2, kRed);  // joins
  word = Arrive<Rule>(word, 3, kRed);  // queues
  word = Arrive<Rule>(word, 4, kBlack);
  word = Depart<Rule>(Depart<Rule>(word));  // black 1 is in; queue: red 3, black 4
  EXPECT_EQ(word.group(), kBlack);
  word = Arrive<Rule>(word, 5, kBlack);
  EXPECT_EQ(word.members(), 1);
  EXPECT_EQ(word.queue().size(), 3);
}

TEST(GroupWordTest, FreeMeansZero) {
  GroupWord word = Queue<StrictFair>();
  for (int i = 0; i < 5; ++i) word = Depart<StrictFair>(word);
  EXPECT_EQ(word, GroupWord{});
}

}  // namespace
}  // namespace doorway

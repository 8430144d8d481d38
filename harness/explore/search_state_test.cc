#include "harness/explore/search_state.h"

#include <gtest/gtest.h>

#include "harness/explore/search_stack.h"

namespace doorway {
namespace {

TEST(SearchStateTest, SurvivesTheWay) {
  SearchState state;
  state.sub_trees = 128;
  state.parts.resize(2);
  PartResult& part = state.parts[1].emplace();
  part.part = 1;
  part.position = {0, 3, 1};
  part.claims = {"exclusion"};
  part.tally.executions = ~std::uint64_t{0};
  const SearchState again = ReadSearchState(WriteSearchState(state));
  EXPECT_EQ(WriteSearchState(again), WriteSearchState(state));
  EXPECT_FALSE(again.parts[0].has_value());
  EXPECT_EQ(again.parts[1]->position, (Position{0, 3, 1}));
  EXPECT_EQ(again.parts[1]->tally.executions, ~std::uint64_t{0});
}

TEST(SearchStateTest, OtherTextIsRefused) {
  for (const char* text :
       {"", "{}", "[]", "{\"sub_trees\":1,\"parts\":[{}]}", "{\"sub_trees\":1,\"parts\":[{\"part\""}) {
    EXPECT_THROW(ReadSearchState(text), std::runtime_error) << text;
  }
}

TEST(SearchStackTest, PositionIsWhatIsLeftOnEachLevel) {
  SearchStack<int> stack;
  stack.Begin(1);
  EXPECT_EQ(stack.position(), Position{1});
  EXPECT_EQ(stack.Pop(), 1);
  for (const int child : {11, 12, 13}) stack.Push(child);
  EXPECT_EQ(stack.position(), (Position{0, 3}));
  EXPECT_EQ(stack.Pop(), 13);
  stack.Push(131);
  EXPECT_EQ(stack.position(), (Position{0, 2, 1}));
  EXPECT_EQ(stack.Pop(), 131);
  EXPECT_EQ(stack.position(), (Position{0, 2}));
  EXPECT_EQ(stack.Pop(), 12);
  EXPECT_EQ(stack.Pop(), 11);
  stack.Push(111);
  EXPECT_EQ(stack.position(), (Position{0, 0, 1}));
  EXPECT_EQ(stack.Pop(), 111);
  EXPECT_TRUE(stack.empty());
  EXPECT_EQ(stack.position(), Position());
}

TEST(SearchStackTest, ItemsThatAreDroppedAreNoWay) {
  SearchStack<int> stack;
  stack.Begin(1);
  stack.Pop();
  for (const int child : {11, 12, 13}) stack.Push(child);
  EXPECT_EQ(stack.Drop(), 13);
  EXPECT_EQ(stack.left(), 2u);
  EXPECT_EQ(stack.TakeAll(), (std::vector<int>{11, 12}));
  EXPECT_TRUE(stack.empty());
}

}  // namespace
}  // namespace doorway

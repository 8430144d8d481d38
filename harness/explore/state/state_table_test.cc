#include "harness/explore/state/state_table.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <random>

namespace doorway {
namespace {

using Two = std::array<StateTable::Word, 2>;

TEST(StateTable, AMillionRandomStates) {
  constexpr StateId kStates = 1'000'000;
  StateTable table(sizeof(Two));
  std::mt19937_64 random(1);
  for (StateId id = 0; id < kStates; ++id) {
    const Two state = {random(), random()};
    const StateId parent = id == 0 ? kNoState : static_cast<StateId>(random() % id);
    EXPECT_EQ(table.Find(state.data()), kNoState);
    const StateTable::Inserted inserted = table.Insert(state.data(), parent);
    ASSERT_TRUE(inserted.is_new);
    ASSERT_EQ(inserted.id, id);  // dense
  }
  ASSERT_EQ(table.size(), kStates);
  EXPECT_GE(table.bytes(), std::uint64_t{kStates} * (sizeof(Two) + sizeof(StateId)));
  random.seed(1);  // once more the same
  for (StateId id = 0; id < kStates; ++id) {
    const Two state = {random(), random()};
    const StateId parent = id == 0 ? kNoState : static_cast<StateId>(random() % id);
    ASSERT_EQ(table.Find(state.data()), id);
    Two read{};
    table.Read(id, read.data());
    ASSERT_EQ(read, state);
    ASSERT_EQ(table.parent(id), parent);
  }
}

// Against a map; states come again, and the first parent stays.
TEST(StateTable, IsASet) {
  StateTable table(sizeof(Two));
  std::map<Two, std::pair<StateId, StateId>> expected;  // number and parent
  std::mt19937_64 random(3);
  for (StateId i = 0; i < 20'000; ++i) {
    const Two state = {random() % 100, random() % 100};
    const auto [known, is_new] = expected.try_emplace(state, std::pair(static_cast<StateId>(expected.size()), i));
    const StateTable::Inserted inserted = table.Insert(state.data(), i);
    ASSERT_EQ(inserted.is_new, is_new);
    ASSERT_EQ(inserted.id, known->second.first);
    ASSERT_EQ(table.parent(inserted.id), known->second.second);
  }
  EXPECT_EQ(table.size(), expected.size());
  const Two absent = {100, 0};
  EXPECT_EQ(table.Find(absent.data()), kNoState);
}

}  // namespace
}  // namespace doorway

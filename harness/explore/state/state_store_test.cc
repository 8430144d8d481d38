#include "harness/explore/state/state_store.h"

#include <gtest/gtest.h>

#include <array>

namespace doorway {
namespace {

using Word = StateStore::Word;
using State = std::array<Word, 2>;

constexpr int kBytes = 12;

State Numbered(Word number) { return {number * 0x9e37'79b9'7f4a'7c15, number & 0xffff'ffff}; }

StateTable::Inserted Insert(StateStore& store, const State& state, StateId parent) {
  return store.Insert(state.data(), store.Hash(state.data()), parent);
}

class StateStoreTest : public ::testing::TestWithParam<bool> {
 protected:
  StateStore store_{kBytes, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Kept, StateStoreTest, ::testing::Bool(),
                         [](const auto& param) { return param.param ? "AsHashes" : "Whole"; });

TEST_P(StateStoreTest, NumbersStatesInTheOrderTheyCome) {
  for (StateId id = 0; id < 1000; ++id) {
    const StateTable::Inserted inserted = Insert(store_, Numbered(id), id / 2);
    EXPECT_TRUE(inserted.is_new);
    EXPECT_EQ(inserted.id, id);
  }
  for (StateId id = 0; id < 1000; ++id) {
    EXPECT_EQ(store_.Find(Numbered(id).data()), id);
    EXPECT_EQ(store_.parent(id), id / 2);
    EXPECT_FALSE(Insert(store_, Numbered(id), 0).is_new);
  }
  EXPECT_EQ(store_.Find(Numbered(1000).data()), kNoState);
  EXPECT_EQ(store_.size(), 1000u);
}

TEST_P(StateStoreTest, HasWhatIsNotForgotten) {
  for (StateId id = 0; id < 100; ++id) Insert(store_, Numbered(id), 0);
  store_.Forget(40);
  for (StateId id = 100; id < 150; ++id) Insert(store_, Numbered(id), 0);
  store_.Forget(60);
  for (StateId id = 0; id < 150; ++id) {
    ASSERT_EQ(store_.Has(id), !store_.compact() || id >= 60) << id;
    if (!store_.Has(id)) continue;
    State state{};
    store_.Read(id, state.data());
    EXPECT_EQ(state, Numbered(id)) << id;
  }
  EXPECT_EQ(store_.Find(Numbered(3).data()), 3u);
}

TEST(StateStore, ConvertsWholeStates) {
  StateStore store(kBytes, false);
  for (StateId id = 0; id < 300; ++id) Insert(store, Numbered(id), id / 3);
  store.Resize(kBytes + 8, [](const Word* old, Word* state) {
    state[0] = 7;
    state[1] = old[0];
    state[2] = old[1];
  });
  for (StateId id = 0; id < 300; ++id) {
    const State old = Numbered(id);
    const std::array<Word, 3> state = {7, old[0], old[1]};
    EXPECT_EQ(store.Find(state.data()), id);
    EXPECT_EQ(store.parent(id), id / 3);
  }
}

TEST(StateStore, ProbabilityThatAnyTwoHaveOneHash) {
  EXPECT_EQ(OmissionProbability(0), 0);
  EXPECT_EQ(OmissionProbability(1), 0);
  EXPECT_DOUBLE_EQ(OmissionProbability(2) * 18446744073709551616.0, 1);
  EXPECT_NEAR(OmissionProbability(3'000'000), 2.44e-7, 0.01e-7);
  EXPECT_EQ(OmissionProbability(std::uint64_t{1} << 40), 1);
}

}  // namespace
}  // namespace doorway

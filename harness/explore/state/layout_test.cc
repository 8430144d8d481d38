#include "harness/explore/state/layout.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <random>
#include <vector>

namespace doorway {
namespace {

using Word = Layout::Word;

Word AllOnes(int bits) { return bits == 64 ? ~Word{0} : (Word{1} << bits) - 1; }

std::vector<int> RandomWidths(std::mt19937& random) {
  std::vector<int> bits(random() % 60);
  const int widest = static_cast<int>(random() % 65);
  for (int& width : bits) width = static_cast<int>(random() % (static_cast<unsigned>(widest) + 1));
  return bits;
}

TEST(Layout, FieldsOfAllWidthsComeBack) {
  std::vector<int> bits;
  for (int width = 0; width <= 64; ++width) bits.push_back(width);
  const Layout layout(bits);
  ASSERT_EQ(layout.fields(), bits.size());
  std::mt19937_64 random(1);
  std::vector<Word> state(static_cast<std::size_t>(layout.words()), ~Word{0});
  std::vector<Word> values;
  for (std::size_t field = 0; field < bits.size(); ++field) {
    values.push_back(random() & AllOnes(bits[field]));
    EXPECT_EQ(layout.bits(field), bits[field]);
    layout.Set(state.data(), field, values[field]);
  }
  for (std::size_t field = 0; field < bits.size(); ++field) EXPECT_EQ(layout.Get(state.data(), field), values[field]);
}

// A field alone is so many bits, together, in one word, and no other field's.
TEST(Layout, NoFieldCrossesAWordOrAnother) {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    const std::vector<int> bits = RandomWidths(random);
    const Layout layout(bits);
    std::vector<Word> taken(static_cast<std::size_t>(layout.words()), 0);
    for (std::size_t field = 0; field < bits.size(); ++field) {
      std::vector<Word> state(taken.size(), 0);
      layout.Set(state.data(), field, AllOnes(bits[field]));
      int words = 0;
      for (std::size_t w = 0; w < state.size(); ++w) {
        if (state[w] == 0) continue;
        ++words;
        EXPECT_EQ(std::popcount(state[w]), bits[field]);
        EXPECT_EQ(state[w] >> std::countr_zero(state[w]), AllOnes(bits[field]));
        EXPECT_EQ(state[w] & taken[w], 0u);
        taken[w] |= state[w];
      }
      EXPECT_EQ(words, bits[field] == 0 ? 0 : 1);
    }
  }
}

TEST(Layout, FitsWhatTheWidthSays) {
  const Layout layout({0, 1, 7, 63, 64});
  EXPECT_TRUE(layout.Fits(0, 0));
  EXPECT_FALSE(layout.Fits(0, 1));
  EXPECT_TRUE(layout.Fits(2, 127));
  EXPECT_FALSE(layout.Fits(2, 128));
  EXPECT_FALSE(layout.Fits(3, ~Word{0}));
  EXPECT_TRUE(layout.Fits(4, ~Word{0}));
}

TEST(Layout, HasAtLeastOneWord) {
  EXPECT_EQ(Layout().words(), 1);
  EXPECT_EQ(Layout({0, 0}).words(), 1);
  EXPECT_EQ(Layout({40, 24}).words(), 1);
  EXPECT_EQ(Layout({40, 25}).words(), 2);
  EXPECT_EQ(Layout({40, 40, 24, 24}).words(), 2);  // first fit, the widest first
}

}  // namespace
}  // namespace doorway

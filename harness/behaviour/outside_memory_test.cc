#include "harness/behaviour/outside_memory.h"

#include <gtest/gtest.h>

#include <numeric>

namespace doorway {
namespace {

class OutsideMemoryTest : public testing::Test {
 protected:
  OutsideMemoryTest() { std::iota(std::begin(memory_), std::end(memory_), 0); }
  char memory_[16];
};

TEST_F(OutsideMemoryTest, IsAsItWasInTheEnd) {
  {
    OutsideMemory outside;
    outside.WillBeWritten(memory_ + 2, 2, false);
    memory_[2] = 100;
  }
  EXPECT_EQ(memory_[2], 2);
}

TEST_F(OutsideMemoryTest, EachViewHasItsOwn) {
  OutsideMemory outside;
  outside.WillBeWritten(memory_, 4, false);
  memory_[1] = 100;
  OutsideMemory::Image mine;
  outside.TakeInto(&mine);
  outside.Fill({});
  EXPECT_EQ(memory_[1], 1);
  // What is told of later is as it was in images from before.
  outside.WillBeWritten(memory_ + 3, 4, false);
  memory_[5] = 100;
  outside.Fill(mine);
  EXPECT_EQ(memory_[1], 100);
  EXPECT_EQ(memory_[5], 5);
}

TEST_F(OutsideMemoryTest, ThreadLocalsAreNotInherited) {
  OutsideMemory outside;
  outside.WillBeWritten(memory_, 1, true);
  outside.WillBeWritten(memory_ + 1, 1, false);
  memory_[0] = memory_[1] = 100;
  OutsideMemory::Image mine;
  outside.TakeInto(&mine);
  outside.Inherit(mine);
  EXPECT_EQ(memory_[0], 0);
  EXPECT_EQ(memory_[1], 100);
}

TEST_F(OutsideMemoryTest, OverlapsAreKeptOnce) {
  OutsideMemory outside;
  outside.WillBeWritten(memory_ + 4, 4, false);
  memory_[4] = 100;
  outside.WillBeWritten(memory_, 16, false);
  OutsideMemory::Image image;
  outside.TakeInto(&image);
  EXPECT_EQ(image.size(), 16u);
  outside.Fill({});
  for (int i = 0; i < 16; ++i) EXPECT_EQ(memory_[i], i);
}

TEST_F(OutsideMemoryTest, ImagesOfDifferentTimesAreTheSameIfNothingChanged) {
  OutsideMemory outside;
  outside.WillBeWritten(memory_, 2, false);
  OutsideMemory::Image before;
  outside.TakeInto(&before);
  outside.WillBeWritten(memory_ + 8, 2, false);
  OutsideMemory::Image after;
  outside.TakeInto(&after);
  EXPECT_TRUE(outside.Same(before, after));
  memory_[8] = 100;
  outside.TakeInto(&after);
  EXPECT_FALSE(outside.Same(before, after));
  char found[2];
  EXPECT_TRUE(outside.Find(before, memory_ + 8, 2, found));
  EXPECT_EQ(found[0], 8);
}

}  // namespace
}  // namespace doorway

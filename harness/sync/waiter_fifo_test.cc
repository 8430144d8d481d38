#include "harness/sync/waiter_fifo.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

TEST(WaiterFifoTest, KeepsTheOrderOfArrival) {
  WaiterFifo queue;
  EXPECT_TRUE(queue.empty());
  queue.push(3, 1);
  queue.push(0, 0);
  queue.push(15, 1);
  ASSERT_EQ(queue.size(), 3);
  EXPECT_EQ(queue.at(0).thread, 3);
  EXPECT_EQ(queue.at(0).kind, 1);
  EXPECT_EQ(queue.at(1).thread, 0);
  EXPECT_EQ(queue.at(1).kind, 0);
  EXPECT_EQ(queue.at(2).thread, 15);
  EXPECT_EQ(queue.at(2).kind, 1);
  EXPECT_EQ(queue.count(1), 2);
  EXPECT_TRUE(queue.contains(15));
  EXPECT_FALSE(queue.contains(1));
}

TEST(WaiterFifoTest, EqualQueuesAreEqualWords) {
  WaiterFifo queue;
  queue.push(3, 1);
  queue.push(7, 0);
  queue.push(9, 1);
  queue.remove(1);
  queue.pop();
  WaiterFifo other;
  other.push(9, 1);
  EXPECT_EQ(queue.bits(), other.bits());
  queue.pop();
  EXPECT_EQ(queue.bits(), 0u);
}

TEST(WaiterFifoTest, HoldsTenAndLeavesTheOtherBitsAlone) {
  WaiterFifo queue(~WaiterFifo::kMask);
  EXPECT_TRUE(queue.empty());
  for (int i = 0; i < WaiterFifo::kCapacity; ++i) {
    EXPECT_FALSE(queue.full());
    queue.push(i, i & 1);
  }
  EXPECT_TRUE(queue.full());
  EXPECT_EQ(queue.bits() & ~WaiterFifo::kMask, 0u);
  queue.remove(4);
  for (int i = 0; i < queue.size(); ++i) EXPECT_EQ(queue.at(i).thread, i < 4 ? i : i + 1);
}

}  // namespace
}  // namespace doorway

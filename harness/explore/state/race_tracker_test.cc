#include "harness/explore/state/race_tracker.h"

#include <gtest/gtest.h>

// Message passing, one rule of happens-before at a time: thread 0 writes data (location 0) and then the flag (location
// 1), thread 1 reads the flag and then the data.

namespace doorway {
namespace {

Label Access(Op op, LocationId location, Order order) {
  Label label;
  label.op = op;
  label.location = location;
  label.order = order;
  label.failure_order = order;
  return label;
}

constexpr LocationId kData = 0, kFlag = 1;

class RaceTrackerTest : public ::testing::Test {
 protected:
  void Store(int t, Order order) { mark_ = RaceTracker::Do(&state_, t, Access(Op::kStore, kFlag, order), true, mark_); }
  void Update(int t, Order order) {
    mark_ = RaceTracker::Do(&state_, t, Access(Op::kUpdate, kFlag, order), true, mark_);
  }
  void Load(int t, Order order) { RaceTracker::Do(&state_, t, Access(Op::kLoad, kFlag, order), false, mark_); }
  void Fence(int t, Order order) { RaceTracker::Do(&state_, t, Access(Op::kFence, kNoLocation, order), false, false); }
  bool Races(int t, Op op = Op::kLoad) {
    const Label label = Access(op, kData, Order::kPlain);
    return RaceTracker::Judge(state_, t, label, op == Op::kStore) == RaceTracker::Judgement::kRace;
  }

  RaceTracker::State state_ = RaceTracker::Begin(0, Access(Op::kStore, kData, Order::kPlain), true);
  bool mark_ = false;  // of the flag
};

TEST_F(RaceTrackerTest, ItsOwnThreadKnows) {
  EXPECT_FALSE(Races(0));
  EXPECT_TRUE(Races(1));
}

TEST_F(RaceTrackerTest, ReleaseAndAcquireOrder) {
  Store(0, Order::kRelease);
  EXPECT_TRUE(Races(1));
  Load(1, Order::kAcquire);
  EXPECT_FALSE(Races(1));
  EXPECT_TRUE(Races(2));
}

TEST_F(RaceTrackerTest, RelaxedDoesNot) {
  Store(0, Order::kRelaxed);
  Load(1, Order::kAcquire);
  EXPECT_TRUE(Races(1));
  Store(0, Order::kRelease);
  Load(1, Order::kRelaxed);
  EXPECT_TRUE(Races(1));
}

TEST_F(RaceTrackerTest, FencesMakeUpForRelaxedAccesses) {
  Fence(0, Order::kRelease);
  Store(0, Order::kRelaxed);
  Load(1, Order::kRelaxed);
  EXPECT_TRUE(Races(1));
  Fence(1, Order::kAcquire);
  EXPECT_FALSE(Races(1));
}

TEST_F(RaceTrackerTest, UpdatesContinueAReleaseSequenceAndStoresEndIt) {
  Store(0, Order::kRelease);
  Update(2, Order::kRelaxed);
  Load(1, Order::kAcquire);
  EXPECT_FALSE(Races(1));
  Store(2, Order::kRelaxed);
  Load(3, Order::kAcquire);
  EXPECT_TRUE(Races(3));
}

TEST_F(RaceTrackerTest, OnlyConflictingAccessesRace) {
  EXPECT_TRUE(Races(1, Op::kStore));
  state_ = RaceTracker::Begin(0, Access(Op::kLoad, kData, Order::kPlain), false);
  EXPECT_FALSE(Races(1, Op::kLoad));
  EXPECT_TRUE(Races(1, Op::kStore));
  Label destruction = Access(Op::kStore, kData, Order::kPlain);
  destruction.destroy = true;
  EXPECT_EQ(RaceTracker::Judge(state_, 1, destruction, true), RaceTracker::Judgement::kUseAfterFree);
}

}  // namespace
}  // namespace doorway

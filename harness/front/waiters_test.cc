#include "harness/front/waiters.h"

#include <gtest/gtest.h>

namespace doorway::front {
namespace {

TEST(WaitersTest, NobodyIsWokenWhereNobodyWaits) {
  Waiters waiters(0);
  EXPECT_EQ(waiters.Wake(1), 0u);
  waiters.Join(3);
  EXPECT_FALSE(waiters.MayLeave(3));
}

TEST(WaitersTest, OneOfThoseThatWaitIsWoken) {
  Waiters waiters(0);
  waiters.Join(1);
  waiters.Join(2);
  EXPECT_EQ(waiters.Wake(1), 1u);
  EXPECT_TRUE(waiters.MayLeave(1));
  EXPECT_TRUE(waiters.MayLeave(2));
  waiters.Leave(2);
  EXPECT_FALSE(waiters.MayLeave(1));
  EXPECT_EQ(waiters.count(), 1);
}

TEST(WaitersTest, WhoComesLaterIsNotWokenByWhatCameBefore) {
  Waiters waiters(0);
  waiters.Join(1);
  waiters.Wake(1);
  waiters.Join(2);
  EXPECT_FALSE(waiters.MayLeave(2));
  EXPECT_EQ(waiters.Wake(1), 1u);
  EXPECT_TRUE(waiters.MayLeave(2));
  waiters.Leave(2);
  EXPECT_TRUE(waiters.MayLeave(1));  // two were woken
  waiters.Leave(1);
  EXPECT_EQ(waiters.bits(), 0u);
}

TEST(WaitersTest, NobodyIsWokenTwice) {
  Waiters waiters(0);
  waiters.Join(1);
  EXPECT_EQ(waiters.Wake(5), 1u);
  EXPECT_EQ(waiters.Wake(5), 0u);
  waiters = Waiters(waiters.bits());
  waiters.Leave(1);
  waiters.Join(1);
  EXPECT_FALSE(waiters.MayLeave(1));
}

}  // namespace
}  // namespace doorway::front

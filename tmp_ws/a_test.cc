#include "gtest/gtest.h"
#include "gmock/gmock.h"
TEST(A, B) { EXPECT_THAT(1, testing::Eq(1)); }

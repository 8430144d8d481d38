#include "models/registry/second_opinion.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/relacy/result.h"

namespace doorway {
namespace {

TEST(SecondOpinionTest, TakesOverWhatRelacyFound) {
  RelacyResult result;
  result.error_found = true;
  result.what = "DATA RACE";
  result.claim = "no_data_race";
  result.iterations = 7;
  const SecondOpinion opinion = OpinionOf(result);
  EXPECT_TRUE(opinion.error_found);
  EXPECT_EQ(opinion.what, "DATA RACE");
  EXPECT_EQ(opinion.claim, "no_data_race");
  EXPECT_EQ(opinion.iterations, 7U);
  EXPECT_FALSE(opinion.exhaustive);
}

TEST(SecondOpinionTest, RefusalIsNoOpinion) {
  RelacyResult result;
  result.refused = "1 to 4 are compiled";
  EXPECT_THROW(OpinionOf(result), std::invalid_argument);
}

}  // namespace
}  // namespace doorway

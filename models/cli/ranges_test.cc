#include "models/cli/ranges.h"

#include <gtest/gtest.h>

#include "models/cli/exit_code.h"

namespace doorway {
namespace {

std::string ErrorOf(const Model& model, const GivenParameters& ranges) {
  try {
    ConfigurationsOf(model, ranges);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

Model TwoParameters() {
  Model model;
  model.name = "family/design";
  model.parameters = {{"reds", 2, 1, 5, ""}, {"rounds", 1, 0, 20'000, ""}};
  return model;
}

TEST(RangesTest, Values) {
  EXPECT_EQ(ValuesOf("--reds", "3"), (std::vector<int>{3}));
  EXPECT_EQ(ValuesOf("--reds", "1..4"), (std::vector<int>{1, 2, 3, 4}));
  EXPECT_EQ(ValuesOf("--reds", "4,1,2"), (std::vector<int>{1, 2, 4}));
  EXPECT_EQ(ValuesOf("--reds", "1..3,2..5"), (std::vector<int>{1, 2, 3, 4, 5}));
}

TEST(RangesTest, BadValues) {
  for (const char* text :
       {"", "1..", "..4", "1...4", "1..2..3", "a", "1,,2", "1,", "-1", "1.5", "1-4", "99999999999"}) {
    EXPECT_THROW(ValuesOf("--reds", text), UsageError) << text;
  }
  EXPECT_NE(ErrorOf(TwoParameters(), {{"reds", "4..1"}}).find("write the smaller number first: 1..4"),
            std::string::npos);
  EXPECT_NE(ErrorOf(TwoParameters(), {{"reds", "1-4"}}).find("write a range, 1..4, or values"), std::string::npos);
}

TEST(RangesTest, SmallConfigurationsComeFirst) {
  std::vector<std::pair<int, int>> found;
  for (const Configuration& configuration : ConfigurationsOf(TwoParameters(), {{"reds", "1..2"}, {"rounds", "1..2"}})) {
    found.emplace_back(configuration.at("reds"), configuration.at("rounds"));
  }
  EXPECT_EQ(found, (std::vector<std::pair<int, int>>{{1, 1}, {1, 2}, {2, 1}, {2, 2}}));
}

TEST(RangesTest, OthersAreAtTheirDefaults) {
  const std::vector<Configuration> one = ConfigurationsOf(TwoParameters(), {{"rounds", "7"}});
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].at("reds"), 2);
  EXPECT_EQ(one[0].at("rounds"), 7);
}

TEST(RangesTest, Errors) {
  EXPECT_NE(ErrorOf(TwoParameters(), {}).find("sweep takes a range of a parameter, --reds=1..5"), std::string::npos);
  EXPECT_NE(ErrorOf(Model{}, {}).find("has no parameters to sweep over"), std::string::npos);
  EXPECT_NE(ErrorOf(TwoParameters(), {{"reds", "1..6"}}).find("--reds=6 is out of range; family/design takes 1 to 5"),
            std::string::npos);
  EXPECT_NE(ErrorOf(TwoParameters(), {{"blacks", "1..2"}}).find("family/design has no parameter --blacks"),
            std::string::npos);
  EXPECT_NE(ErrorOf(TwoParameters(), {{"rounds", "0..15000"}}).find("has more than 10000 values"), std::string::npos);
  EXPECT_NE(ErrorOf(TwoParameters(), {{"reds", "1..5"}, {"rounds", "1..5000"}}).find("more than 10000 configurations"),
            std::string::npos);
}

}  // namespace
}  // namespace doorway

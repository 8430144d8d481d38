#include "models/cli/swept.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

SweptRow Row(int reds, Verdict verdict) {
  SweptRow row;
  row.run.model = "a/b";
  row.run.configuration = {{"reds", reds}, {"rounds", 1}};
  row.report.verdict = verdict;
  row.report.executions = 1448;
  row.report.blocked = 7;
  row.report.seconds = 0.5;
  ClaimResult claim;
  claim.name = "bypass_bound";
  claim.verdict = verdict;
  claim.measures = {{"max_bypass", 3}};
  row.report.claims = {claim};
  row.json = "{}";
  return row;
}

Swept TwoOfThree() {
  Swept swept;
  swept.model = "a/b";
  swept.parameters = {"reds"};
  swept.rows = {Row(1, Verdict::kVerified), Row(2, Verdict::kViolated)};
  swept.rows[0].report.bounds_hit = {"forever: 2 rounds", "a \"quoted\", bound"};
  swept.left_out = {Configuration({{"reds", 3}, {"rounds", 1}})};
  swept.why_left_out = "the budget of 1 s was spent";
  return swept;
}

TEST(SweptTest, Lines) {
  const Swept swept = TwoOfThree();
  EXPECT_EQ(SweepHeading(swept, "graph"),
            "reds  verdict                   executions       blocked   seconds  measures; what is violated; bounds "
            "hit\n");
  EXPECT_EQ(
      SweepLine(swept, swept.rows[1]),
      "   2  violated                       1,448             7      0.50  max_bypass 3; violated: bypass_bound\n");
  EXPECT_NE(SweepHeading(swept, "state").find("states   transitions"), std::string::npos);
}

TEST(SweptTest, WhatWasLeftOutIsSaid) {
  EXPECT_EQ(LeftOutInWords(TwoOfThree()),
            "left out, since the budget of 1 s was spent: 1 of 3 configurations: reds=3\n");
  Swept all = TwoOfThree();
  all.left_out.clear();
  EXPECT_EQ(LeftOutInWords(all), "");
}

TEST(SweptTest, Csv) {
  EXPECT_EQ(SweepCsv(TwoOfThree()),
            "reds,verdict,violated,executions,blocked,seconds,max_bypass,bounds_hit\n"
            "1,verified,,1448,7,0.500000,3,\"forever: 2 rounds; a \"\"quoted\"\", bound\"\n"
            "2,violated,bypass_bound,1448,7,0.500000,3,\n"
            "3,left_out,,,,,,\n");
}

TEST(SweptTest, Json) {
  const std::string json = SweepJson(TwoOfThree());
  EXPECT_NE(json.find("\"schema\": \"doorway.sweep/1\""), std::string::npos);
  EXPECT_NE(json.find("\"why_left_out\": \"the budget of 1 s was spent\""), std::string::npos);
}

}  // namespace
}  // namespace doorway

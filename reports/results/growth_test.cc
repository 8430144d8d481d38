#include "reports/results/growth.h"

#include <gtest/gtest.h>

#include "reports/results/plot.h"

namespace doorway::results {
namespace {

RunResult Of(std::vector<std::pair<std::string, std::int64_t>> configuration, std::uint64_t executions) {
  RunResult run;
  run.model = "a/b";
  run.configuration = std::move(configuration);
  run.memory = "rc11";
  run.engine = "graph";
  run.executions = executions;
  run.seconds = 0.5;
  run.exhausted = true;
  return run;
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(GrowthTest, TheParameterWithTheMostValuesIsTheSize) {
  std::vector<RunResult> runs;
  for (int reds = 1; reds <= 4; ++reds) {
    for (int blacks = 1; blacks <= 2; ++blacks) {
      runs.push_back(Of({{"blacks", blacks}, {"reds", reds}, {"rounds", 1}}, static_cast<std::uint64_t>(reds * 10)));
    }
  }
  runs[6].exhausted = false;
  const std::vector<Growth> growths = GrowthsOf(runs);
  ASSERT_EQ(growths.size(), 1u);
  EXPECT_EQ(growths[0].parameter, "reds");
  EXPECT_EQ(growths[0].others, "rounds=1");
  EXPECT_EQ(growths[0].engine, "graph rc11");
  ASSERT_EQ(growths[0].lines.size(), 2u);
  EXPECT_EQ(growths[0].lines[1].label, "blacks=2");
  ASSERT_EQ(growths[0].lines[0].points.size(), 4u);
  EXPECT_EQ(growths[0].lines[0].points[2].size, 3);
  EXPECT_EQ(growths[0].lines[0].points[2].count, 30u);
  EXPECT_FALSE(growths[0].lines[0].points[3].whole);
  const std::string figure = GrowthFigure(growths[0]);
  EXPECT_EQ(Count(figure, "<circle"), 16u) << "executions and seconds";
  EXPECT_EQ(Count(figure, "class=\"part\""), 2u);
  EXPECT_NE(figure.find("<title>3: 30</title>"), std::string::npos);
}

TEST(GrowthTest, WhatIsNoCurve) {
  const auto runs = [](std::int64_t first, std::int64_t last) {
    std::vector<RunResult> all;
    for (std::int64_t n = first; n <= last; ++n) all.push_back(Of({{"rounds", n}}, 1));
    return all;
  };
  EXPECT_EQ(GrowthsOf(runs(1, 2)).size(), 0u) << "two points";
  EXPECT_EQ(GrowthsOf(runs(0, 2)).size(), 0u) << "clients without end are not smaller than those of one round";
  EXPECT_EQ(GrowthsOf(runs(1, 3)).size(), 1u);
  const auto changed = [&](auto change) {
    std::vector<RunResult> all = runs(1, 3);
    change(&all[1]);
    return GrowthsOf(all).size();
  };
  EXPECT_EQ(changed([](RunResult* run) { run->memory = "sc"; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->shard = "1/2"; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->by_walks = true; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->engine = "native"; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->represented = 6; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->expand_updates = true; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->only = {"exclusion"}; }), 0u);
  EXPECT_EQ(changed([](RunResult* run) { run->configuration = {{"other", 2}}; }), 0u);
}

TEST(GrowthTest, OfTwoRunsOfAConfigurationTheWholeOne) {
  std::vector<RunResult> runs = {Of({{"n", 1}}, 1), Of({{"n", 2}}, 5), Of({{"n", 2}}, 9), Of({{"n", 2}}, 10),
                                 Of({{"n", 3}}, 30)};
  runs[1].exhausted = false;
  const GrowthLine line = GrowthsOf(runs).at(0).lines.at(0);
  ASSERT_EQ(line.points.size(), 3u);
  EXPECT_EQ(line.points[1].count, 9u);
}

TEST(GrowthTest, ManyLinesAreCutAndExtremesAreDrawn) {
  std::vector<RunResult> runs;
  for (int n = 1; n <= 30; ++n) {
    for (int m = 1; m <= 9; ++m) runs.push_back(Of({{"n", n}, {"m", m}}, n == 30 ? ~std::uint64_t{0} : 0));
  }
  runs.erase(runs.begin());  // the first line has fewer points
  const std::string figure = GrowthFigure(GrowthsOf(runs).at(0));
  EXPECT_NE(figure.find("3 more lines are not drawn."), std::string::npos);
  EXPECT_EQ(figure.find("m=1<"), std::string::npos) << "one of those with the most points";
  EXPECT_EQ(figure.find("nan"), std::string::npos);
  EXPECT_EQ(figure.find("inf"), std::string::npos);
  EXPECT_EQ(Count(figure, "<circle"), 2u * kMostLines * 30);
}

}  // namespace
}  // namespace doorway::results

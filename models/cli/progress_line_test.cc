#include "models/cli/progress_line.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

TEST(ProgressLineTest, Text) {
  EXPECT_EQ(ProgressLine::Text("group/a rc11", Progress{900, 100, 0, {}}),
            "group/a rc11: 900 executions, 100 blocked, 0/s, 0:00");
  EXPECT_EQ(ProgressLine::Text("group/a rc11", Progress{900000, 100000, 62.5, {}}),
            "group/a rc11: 900000 executions, 100000 blocked, 16000/s, 1:02");
}

Estimate Guess(std::initializer_list<double> walks) {
  Estimate estimate;
  for (const double walk : walks) estimate.Add(walk);
  return estimate;
}

TEST(ProgressLineTest, TextWithAnEstimate) {
  const Estimate guess = Guess({1'900'000, 2'100'000});  // 2,000,000, give or take 100,000
  EXPECT_EQ(ProgressLine::Text("a", Progress{900000, 100000, 62.5, guess}),
            "a: 900000 executions, 100000 blocked, 16000/s, 1:02, of about 2.0e+06 (+-5%), 1:02 to go");
  EXPECT_EQ(ProgressLine::Text("a", Progress{3000000, 0, 10, guess}),
            "a: 3000000 executions, 0 blocked, 300000/s, 0:10");
  EXPECT_EQ(ProgressLine::About(Guess({40, 40})), "40 (+-0%)");
}

TEST(ProgressLineTest, Durations) {
  EXPECT_EQ(ProgressLine::Duration(59.9), "0:59");
  EXPECT_EQ(ProgressLine::Duration(7199), "119:59");
  EXPECT_EQ(ProgressLine::Duration(5 * 3600), "5 h");
  EXPECT_EQ(ProgressLine::Duration(72 * 3600), "3 days");
  EXPECT_EQ(ProgressLine::Duration(1e12), "3.2e+04 years");
}

TEST(ProgressLineTest, TextOfStates) {
  EXPECT_EQ(ProgressLine::Text("group/a state sc", StateProgress{}),
            "group/a state sc: 0 states, depth 0, 0 to explore, 0 states/s, 0.0 MiB, 0:00");
  StateProgress progress;
  progress.states = 1000000;
  progress.depth = 123;
  progress.frontier = 4567;
  progress.bytes = 36 << 20;
  progress.seconds = 62.5;
  EXPECT_EQ(ProgressLine::Text("group/a state sc", progress),
            "group/a state sc: 1000000 states, depth 123, 4567 to explore, 16000 states/s, 36.0 MiB, 1:02");
}

TEST(ProgressLineTest, SilentWithoutATerminal) {
  testing::internal::CaptureStderr();
  ProgressLine("a").Show(Progress{1, 2, 3, {}});
  ProgressLine("a").Show(StateProgress{});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace doorway

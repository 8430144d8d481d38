#include "models/cli/progress_line.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

TEST(ProgressLineTest, Text) {
  EXPECT_EQ(ProgressLine::Text("group/a rc11", {900, 100, 0}), "group/a rc11: 900 executions, 100 blocked, 0/s, 0:00");
  EXPECT_EQ(ProgressLine::Text("group/a rc11", {900000, 100000, 62.5}),
            "group/a rc11: 900000 executions, 100000 blocked, 16000/s, 1:02");
}

TEST(ProgressLineTest, SilentWithoutATerminal) {
  testing::internal::CaptureStderr();
  ProgressLine("a").Show({1, 2, 3});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace doorway

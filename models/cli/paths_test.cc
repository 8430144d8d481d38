#include "models/cli/paths.h"

#include <gtest/gtest.h>
#include <stdlib.h>

namespace doorway {
namespace {

TEST(PathsTest, FileStem) {
  EXPECT_EQ(FileStem("group/two_state/wake-early", "rc11", "no data/race"),
            "group.two_state.wake-early.rc11.no.data.race");
}

TEST(PathsTest, UnderBazelRunPathsAreTheUsers) {
  setenv("BUILD_WORKING_DIRECTORY", "/home/user", 1);
  EXPECT_EQ(FromUser("out/a.json"), "/home/user/out/a.json");
  EXPECT_EQ(FromUser("../a.json"), "/home/a.json");
  EXPECT_EQ(FromUser("/tmp/a.json"), "/tmp/a.json");
  EXPECT_EQ(HowToCall("/cache/bin/doorway"), "./bazelw run //:doorway --");
  const std::string built = "/cache/execroot/doorway/bazel-out/k8-opt/bin/";
  EXPECT_EQ(HowToCall(built + "models/cli/doorway"), "./bazelw run //:doorway --");
  EXPECT_EQ(HowToCall(built + "models/my_lock/doorway"), "./bazelw run //models/my_lock:doorway --");
  EXPECT_EQ(HowToCall("models/my_lock/doorway"), "./bazelw run //models/my_lock:doorway --");
  unsetenv("BUILD_WORKING_DIRECTORY");
  unsetenv("TEST_TARGET");
  EXPECT_TRUE(FromUser("a.json").ends_with("/a.json"));
  EXPECT_EQ(HowToCall("./doorway"), "./doorway");
}

TEST(PathsTest, TestOutputsZip) {
  setenv("TEST_TARGET", "//models/group:strict_fair_sc", 1);
  EXPECT_EQ(TestOutputsZip(), "bazel-testlogs/models/group/strict_fair_sc/test.outputs/outputs.zip");
  unsetenv("TEST_TARGET");
  EXPECT_EQ(TestOutputsZip(), "");
}

TEST(PathsTest, TheDefaultFolderIsTheUsersCache) {
  setenv("XDG_CACHE_HOME", "/cache", 1);
  EXPECT_EQ(DefaultOutputDirectory(), "/cache/doorway");
  unsetenv("XDG_CACHE_HOME");
  setenv("HOME", "/home/user", 1);
  EXPECT_EQ(DefaultOutputDirectory(), "/home/user/.cache/doorway");
  unsetenv("HOME");
  EXPECT_EQ(DefaultOutputDirectory(), "");
}

}  // namespace
}  // namespace doorway

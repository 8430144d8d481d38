#include "models/cli/build_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace doorway {
namespace {

constexpr char kBuild[] = R"(# About the package.
load("//models:model.bzl", "checked_model")

cc_library(
    name = "clients",
    hdrs = glob(["*.h"], exclude = ["exclusion.h", "model.h", "on.h", "overtakes.h"]) + glob(["variants/*.h"]),
    deps = ["//other:on.h"],
)

# Two lines
# of comment.
cc_library(
    name = "model",
    srcs = ["model.cc"],
    hdrs = [
        "model.h",
        "seq_model.h",
    ],
)

_CLAIMS = [
    "exclusion",
    "overtakes",
]

[cc_library(
    name = claim,
    srcs = [claim + ".cc"],
    hdrs = [claim + ".h"],
) for claim in _CLAIMS]

[checked_model(
    name = memory,
) for memory in [
    "sc",
]]
)";

TEST(BuildFileTest, StatementsHaveTheirComments) {
  const std::vector<std::string> statements = StatementsOf(kBuild);
  ASSERT_EQ(statements.size(), 6u);
  EXPECT_TRUE(statements[0].starts_with("# About"));
  EXPECT_TRUE(statements[2].starts_with("# Two lines"));
  EXPECT_TRUE(statements[5].ends_with("]]\n"));
  std::string whole;
  for (const std::string& statement : statements) whole += statement;
  EXPECT_EQ(whole, kBuild);
}

TEST(BuildFileTest, FindsTheLibraryOfAHeader) {
  const std::filesystem::path root = std::filesystem::path(testing::TempDir()) / "build_file_test";
  std::filesystem::create_directories(root / "some" / "family" / "variants");
  std::ofstream(root / "some" / "family" / "BUILD") << kBuild;
  EXPECT_EQ(LibraryOf(root.string(), "some/family/clients.h"), "//some/family:clients");
  EXPECT_EQ(LibraryOf(root.string(), "some/family/variants/a.h"), "//some/family:clients");
  EXPECT_EQ(LibraryOf(root.string(), "some/family/model.h"), "//some/family:model");
  EXPECT_EQ(LibraryOf(root.string(), "some/family/overtakes.h"), "//some/family:overtakes");
  EXPECT_EQ(LibraryOf(root.string(), "some/family/on.h"), "");
  EXPECT_EQ(LibraryOf(root.string(), "some/family/other/a.h"), "");
  EXPECT_EQ(LibraryOf(root.string(), "none/a.h"), "");
  std::filesystem::remove_all(root);
}

TEST(BuildFileTest, ShortLabels) {
  EXPECT_EQ(BuildLabel("models/mm", "mm"), "//models/mm");
  EXPECT_EQ(BuildLabel("models/mm", "cpu"), "//models/mm:cpu");
}

}  // namespace
}  // namespace doorway

#include <iostream>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

// The main function of tests that are linked together: --tests_of=PATH runs those that the source PATH has, of them
// those that --gtest_filter (or Bazel's --test_filter) names. That there are none is an error.

namespace {

constexpr std::string_view kFlag = "--tests_of=";

// Appends to GoogleTest's filter that no test of another file than `path` is run. False if `path` has no test.
bool LeaveOnly(std::string_view path) {
  bool any = false;
  std::string filter = GTEST_FLAG_GET(filter);
  filter += filter.find('-') == std::string::npos ? "-" : ":";
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    for (int j = 0; j < suite.total_test_count(); ++j) {
      const testing::TestInfo& test = *suite.GetTestInfo(j);
      if (test.file() == path) {
        any = true;
      } else {
        filter += std::string(suite.name()) + "." + test.name() + ":";
      }
    }
  }
  GTEST_FLAG_SET(filter, filter);
  return any;
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with(kFlag)) {
      std::cerr << "unknown argument " << argument << "; --tests_of=PATH and GoogleTest's own are known\n";
      return 2;
    }
    const std::string_view path = argument.substr(kFlag.size());
    if (!LeaveOnly(path)) {
      std::cerr << "no test is of " << path << ", or it is not linked in\n";
      return 2;
    }
  }
  return RUN_ALL_TESTS();
}

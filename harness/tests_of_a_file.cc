#include <iostream>
#include <set>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

// The main function of tests that are linked together: --tests_of=PATH runs those that the source PATH has, of them
// those that --gtest_filter (or Bazel's --test_filter) names. A source without tests is an error, and so are two
// sources that have a test of the same name, for neither would be run.

namespace {

constexpr std::string_view kFlag = "--tests_of=";

// The names of all tests, in those that `path` has and the others.
struct Names {
  std::set<std::string> own;
  std::set<std::string> others;
};

Names NamesOfTests(std::string_view path) {
  Names names;
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    for (int j = 0; j < suite.total_test_count(); ++j) {
      const testing::TestInfo& test = *suite.GetTestInfo(j);
      (test.file() == path ? names.own : names.others).insert(std::string(suite.name()) + "." + test.name());
    }
  }
  return names;
}

// Appends to GoogleTest's filter that no test of another file than `path` is run. What is wrong, if anything is.
std::string LeaveOnly(std::string_view path) {
  const Names names = NamesOfTests(path);
  if (names.own.empty()) return "no test is of " + std::string(path) + ", or it is not linked in";
  std::string filter = GTEST_FLAG_GET(filter);
  filter += filter.find('-') == std::string::npos ? "-" : ":";
  for (const std::string& name : names.others) {
    if (names.own.contains(name)) return name + " is of two sources; give one of them another name";
    filter += name + ":";
  }
  GTEST_FLAG_SET(filter, filter);
  return "";
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
    if (const std::string wrong = LeaveOnly(path); !wrong.empty()) {
      std::cerr << wrong << "\n";
      return 2;
    }
  }
  return RUN_ALL_TESTS();
}

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

// The main function of tests that are linked together: --tests_of=PATH runs those that the source PATH has, of them
// those that --gtest_filter (or Bazel's --test_filter) names. A source without tests is an error, and so are two
// sources that have a test of the same name, for neither would be run.

namespace {

constexpr std::string_view kFlag = "--tests_of=";

// The tests of a suite, in those that a source has and the others.
struct Names {
  std::set<std::string> own;
  std::set<std::string> others;
};

std::map<std::string, Names> NamesBySuite(std::string_view path) {
  std::map<std::string, Names> suites;
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    Names& names = suites[suite.name()];
    for (int j = 0; j < suite.total_test_count(); ++j) {
      const testing::TestInfo& test = *suite.GetTestInfo(j);
      (test.file() == path ? names.own : names.others).insert(std::string(suite.name()) + "." + test.name());
    }
  }
  return suites;
}

// Adds to GoogleTest's filter that no test of another source than `path` is run. What is wrong, if anything is.
std::string LeaveOnly(std::string_view path) {
  std::string own, others;  // as patterns: each test, or all of its suite
  for (const auto& [suite, names] : NamesBySuite(path)) {
    for (const std::string& name : names.others) {
      if (names.own.contains(name)) return name + " is of two sources; give one of them another name";
    }
    const auto add = [&suite = suite](const std::set<std::string>& some, const std::set<std::string>& rest,
                                      std::string* patterns) {
      if (rest.empty()) *patterns += suite + ".*:";
      for (const std::string& name : some) *patterns += rest.empty() ? "" : name + ":";
    };
    add(names.own, names.others, &own);
    add(names.others, names.own, &others);
  }
  if (own.empty()) return "no test is of " + std::string(path) + ", or it is not linked in";
  const std::string given = GTEST_FLAG_GET(filter);
  // (GoogleTest prints the filter: the shorter one, if there is a choice.)
  GTEST_FLAG_SET(filter, given == "*" ? own : given + (given.find('-') == std::string::npos ? "-" : ":") + others);
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

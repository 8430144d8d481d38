#include "models/cli/comparison.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

ComparedRun Ran(const std::string& model, MemoryModel memory, Verdict exclusion, std::uint64_t bypass = 1) {
  ComparedRun run;
  run.run.model = model;
  run.run.configuration = {{"reds", 2}};
  run.memory = memory;
  Report report;
  report.memory = memory;
  report.verdict = exclusion;
  report.executions = 1448;
  report.exhausted = true;
  ClaimResult claim;
  claim.name = "exclusion";
  claim.verdict = exclusion;
  claim.antecedents = 3;
  claim.measures = {{"max_bypass", bypass}};
  report.claims = {claim};
  run.report = report;
  run.json = R"({"schema": "doorway.report/1"})";
  return run;
}

TEST(ComparisonTest, NamesTheFirstMemoryModelThatBreaksAClaim) {
  const std::vector<ComparedRun> runs = {Ran("a/b", MemoryModel::kSc, Verdict::kVerified),
                                         Ran("a/b", MemoryModel::kTso, Verdict::kUnknown),
                                         Ran("a/b", MemoryModel::kRc11, Verdict::kViolated)};
  const std::vector<FirstBroken> broken = FirstBrokenOf(runs);
  ASSERT_EQ(broken.size(), 1u);
  EXPECT_EQ(broken[0].memory, MemoryModel::kRc11);
  EXPECT_EQ(broken[0].holds, std::vector<MemoryModel>{MemoryModel::kSc});
  EXPECT_EQ(broken[0].unknown, std::vector<MemoryModel>{MemoryModel::kTso});
  EXPECT_EQ(RenderComparison(runs),
            "a/b  reds=2\n"
            "engine graph\n"
            "\n"
            "            sc        tso      rc11\n"
            "exclusion   verified  unknown  VIOLATED\n"
            "verdict     verified  unknown  violated\n"
            "executions  1,448     1,448    1,448\n"
            "blocked     0         0        0\n"
            "max_bypass  1         1        1\n"
            "seconds     0.00      0.00     0.00\n"
            "bounds hit: none\n"
            "\n"
            "exclusion is broken first by rc11; it holds under sc; nobody knows about tso\n");
}

TEST(ComparisonTest, ModelsDiffer) {
  std::vector<ComparedRun> runs = {Ran("a/b", MemoryModel::kRc11, Verdict::kVerified),
                                   Ran("a/c", MemoryModel::kRc11, Verdict::kViolated, Measure::kUnbounded)};
  runs[1].report->bounds_hit = {"timeout: 5 s"};
  const std::vector<Difference> differences = DifferencesOf(runs);
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].broken_by, std::vector<std::string>{"a/c"});
  const std::string text = RenderComparison(runs);
  EXPECT_NE(text.find("A  a/b  reds=2\nB  a/c  reds=2\nengine graph, memory model rc11\n"), std::string::npos) << text;
  EXPECT_NE(text.find("max_bypass  1         unbounded\n"), std::string::npos) << text;
  EXPECT_NE(text.find("bounds hit, A: none\nbounds hit, B: timeout: 5 s\n"), std::string::npos) << text;
  EXPECT_NE(text.find("exclusion under rc11: kept by a/b; broken by a/c\n"), std::string::npos) << text;
}

TEST(ComparisonTest, WhatDidNotRunIsSaid) {
  std::vector<ComparedRun> runs = {Ran("a/b", MemoryModel::kSc, Verdict::kVerified),
                                   Ran("a/b", MemoryModel::kRc11, Verdict::kVerified)};
  runs[1].report.reset();
  runs[1].why_not = "interrupted before";
  const std::string text = RenderComparison(runs);
  EXPECT_NE(text.find("verdict     verified  not run\n"), std::string::npos) << text;
  EXPECT_NE(text.find("bounds hit, rc11: interrupted before\n"), std::string::npos) << text;
  const std::string json = ComparisonJson(runs);
  EXPECT_NE(json.find("\"why\": \"interrupted before\""), std::string::npos) << json;
}

}  // namespace
}  // namespace doorway

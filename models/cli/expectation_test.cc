#include "models/cli/expectation.h"

#include <gtest/gtest.h>

#include "models/cli/exit_code.h"

namespace doorway {
namespace {

ClaimResult Claim(const char* name, Verdict verdict, std::uint64_t antecedents = 1) {
  ClaimResult claim;
  claim.name = name;
  claim.verdict = verdict;
  claim.antecedents = antecedents;
  if (verdict == Verdict::kViolated) claim.evidence = Evidence{Finding{name, "two inside", {}, false}, {}, {}};
  return claim;
}

Report Whole(Verdict verdict, std::vector<ClaimResult> claims) {
  Report report;
  report.verdict = verdict;
  report.claims = std::move(claims);
  report.executions = 6;
  report.exhausted = true;
  return report;
}

// "exclusion: expected ..., executions: ..." of the cases that fail; empty if all pass.
std::string Failures(const Report& report, const std::string& expected, std::optional<std::uint64_t> executions = {}) {
  Expected parsed = ParseExpected(expected);
  parsed.executions = executions;
  std::string failures;
  for (const TestCase& test : Compare(report, parsed)) {
    if (!test.failure.empty()) failures += test.name + ": " + test.failure + "\n";
  }
  return failures;
}

TEST(ExpectationTest, Texts) {
  for (const char* text : {"verified", "verified_within_bounds", "violated:exclusion", "unknown:parallelism"}) {
    EXPECT_EQ(ShowExpected(ParseExpected(text)), text);
  }
  for (const char* text : {"", "verify", "verified:", "verified:exclusion", "violated", "violated:", "unknown", ":"}) {
    EXPECT_THROW(ParseExpected(text), UsageError) << text;
  }
}

TEST(ExpectationTest, Verified) {
  const Report good = Whole(Verdict::kVerified, {Claim("exclusion", Verdict::kVerified)});
  EXPECT_EQ(Failures(good, "verified"), "");
  EXPECT_EQ(Failures(good, "verified", 6), "");
  EXPECT_NE(Failures(good, "verified", 7).find("executions: expected 7, got 6"), std::string::npos);
  EXPECT_NE(Failures(good, "violated:exclusion").find("exclusion: expected violated, got verified"), std::string::npos);

  Report bounded = Whole(Verdict::kVerifiedWithinBounds, {Claim("exclusion", Verdict::kVerifiedWithinBounds)});
  bounded.bounds_hit = {"forever: 2 rounds"};
  EXPECT_NE(Failures(bounded, "verified").find("got verified_within_bounds (bounds hit: forever: 2 rounds)"),
            std::string::npos);
  EXPECT_EQ(Failures(bounded, "verified_within_bounds"), "");
  EXPECT_NE(Failures(good, "verified_within_bounds").find("verdict: expected verified_within_bounds, got verified"),
            std::string::npos);

  const Report bad = Whole(Verdict::kViolated, {Claim("exclusion", Verdict::kViolated)});
  EXPECT_NE(Failures(bad, "verified").find("got violated: two inside"), std::string::npos);
}

TEST(ExpectationTest, AVacuousClaimFails) {
  EXPECT_NE(
      Failures(Whole(Verdict::kVerified, {Claim("exclusion", Verdict::kVerified, 0)}), "verified").find("vacuous"),
      std::string::npos);
  EXPECT_EQ(Failures(Whole(Verdict::kVerified, {Claim("no_data_race", Verdict::kVerified, 0)}), "verified"), "");
}

TEST(ExpectationTest, OnlyTheNamedViolationCounts) {
  const Report report =
      Whole(Verdict::kViolated, {Claim("exclusion", Verdict::kUnknown, 0), Claim("no_data_race", Verdict::kViolated)});
  EXPECT_EQ(Failures(report, "violated:no_data_race"), "");
  EXPECT_NE(Failures(report, "violated:exclusion").find("exclusion: expected violated, got unknown"),
            std::string::npos);
  EXPECT_NE(Failures(report, "violated:overtakes").find("no claim overtakes; it has exclusion, no_data_race"),
            std::string::npos);
}

TEST(ExpectationTest, CountsAreComparedOnlyAfterAWholeSearch) {
  Report report = Whole(Verdict::kViolated, {Claim("exclusion", Verdict::kViolated)});
  report.exhausted = false;
  EXPECT_EQ(Failures(report, "violated:exclusion", 7), "");
}

TEST(ExpectationTest, UnknownMeansThatTheWholeSearchGaveNoAnswer) {
  ClaimResult exists = Claim("parallelism", Verdict::kUnknown);
  exists.kind = Property::Kind::kExists;
  Report report = Whole(Verdict::kUnknown, {Claim("exclusion", Verdict::kVerified), exists});
  EXPECT_EQ(Failures(report, "unknown:parallelism"), "");
  report.exhausted = false;
  report.bounds_hit = {"timeout: 5 s"};
  EXPECT_NE(Failures(report, "unknown:parallelism").find("stopped before its end (bounds hit: timeout: 5 s)"),
            std::string::npos);
}

TEST(ExpectationTest, StatesAreCompared) {
  Report report = Whole(Verdict::kVerified, {Claim("exclusion", Verdict::kVerified)});
  report.states = 42;
  Expected expected = ParseExpected("verified");
  expected.states = 42;
  EXPECT_TRUE(AllPass(Compare(report, expected)));
  expected.states = 43;
  EXPECT_EQ(Compare(report, expected).back().name, "states");
  EXPECT_NE(Compare(report, expected).back().failure.find("expected 43, got 42"), std::string::npos);
  report.exhausted = false;
  EXPECT_TRUE(AllPass(Compare(report, expected)));
}

TEST(ExpectationTest, RegisteredForOneRun) {
  Model model;
  model.parameters = {{"rounds", 2, 0, 3, ""}};
  model.expectations = {{MemoryModel::kSc, Verdict::kVerified},
                        {MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState, {{"rounds", 0}}},
                        {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}, Fairness::kStrong}};
  EXPECT_EQ(ShowExpectation(model.expectations[0]), "sc verified");
  EXPECT_EQ(ShowExpectation(model.expectations[1]), "state sc rounds=0 violated:starvation_free");
  EXPECT_EQ(ShowExpectation(model.expectations[2]), "state sc strong rounds=0 verified");

  const Configuration endless({{"rounds", 0}});
  const auto registered = [&model](const Configuration& configuration, Engine engine, Fairness fairness) {
    const auto expected = RegisteredExpectation(model, configuration, engine, MemoryModel::kSc, fairness);
    return expected.has_value() ? ShowExpected(*expected) : "nothing";
  };
  EXPECT_EQ(registered(model.defaults(), Engine::kGraph, Fairness::kStrong), "verified");
  EXPECT_EQ(registered(endless, Engine::kGraph, Fairness::kWeak), "nothing");
  EXPECT_EQ(registered(model.defaults(), Engine::kState, Fairness::kWeak), "nothing");
  EXPECT_EQ(registered(endless, Engine::kState, Fairness::kWeak), "violated:starvation_free");
  EXPECT_EQ(registered(endless, Engine::kState, Fairness::kStrong), "verified");
}

TEST(ExitCodeTest, TheWorstOfSeveral) {
  const ExitCode worst_first[] = {ExitCode::kBad, ExitCode::kViolated, ExitCode::kUnknown, ExitCode::kOk};
  for (int i = 0; i < 4; ++i) {
    for (int j = i; j < 4; ++j) {
      EXPECT_EQ(Worst(worst_first[i], worst_first[j]), worst_first[i]);
      EXPECT_EQ(Worst(worst_first[j], worst_first[i]), worst_first[i]);
    }
  }
}

}  // namespace
}  // namespace doorway

#include "reports/text.h"

#include <gtest/gtest.h>

#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

const Run kRun{"group/two_state", {{"reds", 2}, {"blacks", 1}}, -1, 2};

ClaimResult Claim(const char* name, Verdict verdict, std::uint64_t antecedents) {
  ClaimResult claim;
  claim.name = name;
  claim.verdict = verdict;
  claim.antecedents = antecedents;
  return claim;
}

Evidence Sample(const char* claim) {
  ExecutionBuilder b(1);
  const LocationId word = b.Location("word");
  const EventId write = b.Write(0, word, 1, Order::kRelaxed);
  return b.Finish({claim, "something is wrong", {{write, ""}}, false});
}

Report Verified() {
  Report report;
  report.verdict = Verdict::kVerified;
  report.memory = MemoryModel::kRc11;
  report.claims = {Claim("exclusion", Verdict::kVerified, 1234567), Claim("overtakes", Verdict::kVerified, 1)};
  report.claims[1].measures = {{"max_bypass", 3}, {"max_admissions", 4}};
  report.claims[1].not_evaluated = 12;
  report.claims.push_back(Claim("parallelism", Verdict::kVerified, 0));
  report.claims.back().kind = Property::Kind::kExists;
  report.claims.back().evidence = Sample("parallelism");
  report.claims.push_back(Claim("no_data_race", Verdict::kVerified, 0));
  report.executions = 4312;
  report.blocked = 12;
  report.native_runs = 310;
  report.seconds = 0.416;
  report.cpu_seconds = 0.41;
  report.peak_bytes = 13002342;
  report.exhausted = true;
  return report;
}

TEST(TextTest, Verified) {
  EXPECT_EQ(RenderReport(kRun, Verified(), {}), R"(group/two_state: VERIFIED
  exclusion     verified  put to the test 1,234,567 times
  overtakes     verified  put to the test 1 time, max_bypass 3, max_admissions 4, not evaluated on 12 executions that are not sequentially consistent
  parallelism   verified  a witness was found
  no_data_race  verified
  4,312 executions, 12 blocked; 310 native runs; 0.42 s, 0.41 s of CPU, 12.4 MiB
  memory model rc11, engine graph, reds=2 blacks=1
  bounds hit: none
)");
}

TEST(TextTest, BoundsAreAlwaysSaid) {
  Report report = Verified();
  report.verdict = Verdict::kUnknown;
  report.claims[0].verdict = Verdict::kUnknown;
  report.claims[2].evidence.reset();
  report.claims[2].verdict = Verdict::kUnknown;
  report.exhausted = false;
  report.stuck = 2;
  report.bounds_hit = {"max-executions 1000", "forever: 2 rounds"};
  EXPECT_EQ(RenderSummary(kRun, report), R"(group/two_state: UNKNOWN
  exclusion     unknown   put to the test 1,234,567 times, the search stopped before its end
  overtakes     verified  put to the test 1 time, max_bypass 3, max_admissions 4, not evaluated on 12 executions that are not sequentially consistent
  parallelism   unknown   no witness so far
  no_data_race  verified
  4,312 executions, 12 blocked (2 stuck); 310 native runs; 0.42 s, 0.41 s of CPU, 12.4 MiB
  memory model rc11, engine graph, reds=2 blacks=1
  bounds hit: max-executions 1000; forever: 2 rounds
)");
}

TEST(TextTest, States) {
  Report report = Verified();
  report.engine = "state";
  report.memory = MemoryModel::kTso;
  report.states = 1234567;
  report.transitions = 2345678;
  report.depth = 1012;
  report.interchangeable = {{0, 1, 2}, {4, 6}};
  report.reduced = 45678;
  report.claims[0].name = "starvation_free";
  report.claims[0].kind = Property::Kind::kLiveness;
  report.claims[1].measures[0].value = Measure::kUnbounded;
  report.claims[1].not_evaluated = 0;
  report.claims[2].verdict = Verdict::kUnknown;
  report.claims[2].evidence.reset();
  const doorway::Run run{"group/two_state", {{"rounds", 0}}, -1, 0, "weak", {"parallelism"}};
  EXPECT_EQ(RenderReport(run, report, {}), R"(group/two_state: VERIFIED
  starvation_free  verified  under weak fairness, put to the test 1,234,567 times
  overtakes        verified  put to the test 1 time, max_bypass unbounded, max_admissions 4
  parallelism      unknown   the state engine cannot judge it
  no_data_race     verified
  1,234,567 states, 2,345,678 transitions, depth 1,012; 2,967,709 states/s; 310 native runs; 0.42 s, 0.41 s of CPU, 12.4 MiB
  memory model tso, engine state, rounds=0
  interchangeable: threads 0, 1, 2; threads 4, 6 (states that differ in nothing else are one)
  partial order: of 45,678 states, only the steps of one thread were explored (they commute with all others)
  bounds hit: none
)");
}

TEST(TextTest, ClaimsThatAnotherEngineJudges) {
  const doorway::Run run{"group/two_state", {}, -1, 2, "", {"starvation_free", "no_lost_turn"}};
  EXPECT_NE(RenderSummary(run, Verified()).find("  not judged by the graph engine: starvation_free, no_lost_turn\n"),
            std::string::npos);
}

TEST(TextTest, Violated) {
  Report report = Verified();
  report.verdict = Verdict::kViolated;
  report.exhausted = false;
  report.claims[0].verdict = Verdict::kViolated;
  report.claims[0].evidence = Sample("exclusion");
  report.claims[3].verdict = Verdict::kViolated;
  report.claims[3].evidence = Sample("no_data_race");
  TextOptions options;
  options.written = {{"exclusion", "/out/a.txt", "/out/a.json", "/out/a.html", "/out/a.dot"},
                     {"no_data_race", "/out/b.txt", "/out/b.json"}};
  options.replay_command = "doorway replay";
  EXPECT_EQ(RenderReport(kRun, report, options), R"(group/two_state: VIOLATED
  exclusion     violated  put to the test 1,234,567 times
  overtakes     verified  put to the test 1 time, max_bypass 3, max_admissions 4, not evaluated on 12 executions that are not sequentially consistent
  parallelism   verified  a witness was found
  no_data_race  violated
  4,312 executions, 12 blocked; 310 native runs; 0.42 s, 0.41 s of CPU, 12.4 MiB
  memory model rc11, engine graph, reds=2 blacks=1
  bounds hit: none; the search stopped at the violation

VIOLATED exclusion: something is wrong (locks/sample.h:10).
  A  T0, step 1: word.store(1, relaxed)

        T0                      source
 A  1   word.store(1, relaxed)  locks/sample.h:10

  replay: doorway replay /out/a.json
  HTML: /out/a.html
  text: /out/a.txt
  JSON: /out/a.json
  DOT: /out/a.dot

also violated: no_data_race: something is wrong (locks/sample.h:10)
  text: /out/b.txt
  JSON: /out/b.json
)");
}

TEST(TextTest, WithoutFilesThereIsAHint) {
  Report report = Verified();
  report.verdict = Verdict::kViolated;
  report.claims[0].verdict = Verdict::kViolated;
  report.claims[0].evidence = Sample("exclusion");
  TextOptions options;
  options.replay_command = "doorway replay";
  options.hint = "(no files)";
  EXPECT_TRUE(RenderReport(kRun, report, options).ends_with("\n(no files)\n"));
}

TEST(TextTest, WitnessesOnDemand) {
  TextOptions options;
  options.witnesses = true;
  EXPECT_NE(RenderReport(kRun, Verified(), options).find("WITNESS parallelism: "), std::string::npos);
}

TEST(TextTest, VacuityIsOfOnesOwnClaimsAlone) {
  EXPECT_TRUE(Vacuous(Claim("exclusion", Verdict::kVerified, 0)));
  EXPECT_TRUE(Vacuous(Claim("exclusion", Verdict::kVerifiedWithinBounds, 0)));
  EXPECT_FALSE(Vacuous(Claim("exclusion", Verdict::kVerified, 1)));
  EXPECT_FALSE(Vacuous(Claim("exclusion", Verdict::kViolated, 0)));
  EXPECT_FALSE(Vacuous(Claim("no_data_race", Verdict::kVerified, 0)));
  ClaimResult exists = Claim("parallelism", Verdict::kVerified, 0);
  exists.kind = Property::Kind::kExists;
  EXPECT_FALSE(Vacuous(exists));

  Report report = Verified();
  report.claims[0].antecedents = 0;
  EXPECT_NE(RenderSummary(kRun, report).find("VACUOUS"), std::string::npos);
}

}  // namespace
}  // namespace doorway

#include "reports/results/read.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/json.h"
#include "reports/testing/execution_builder.h"

namespace doorway::results {
namespace {

using Json = nlohmann::ordered_json;

// A report as `check --all` writes it.
std::string Violated() {
  Report report;
  report.verdict = Verdict::kViolated;
  report.memory = MemoryModel::kRc11;
  ClaimResult& claim = report.claims.emplace_back();
  claim.name = "bypass_bound";
  claim.verdict = Verdict::kViolated;
  claim.measures = {{"max_bypass", 2}, {"turns", Measure::kUnbounded}};
  claim.evidence = ExecutionBuilder(1).Finish({"bypass_bound", "thread 0 is overtaken", {}, false});
  ClaimResult& witnessed = report.claims.emplace_back();
  witnessed.name = "parallel";
  witnessed.kind = Property::Kind::kExists;
  witnessed.verdict = Verdict::kVerified;
  witnessed.evidence = ExecutionBuilder(1).Finish({"parallel", "both are inside", {}, false});
  report.executions = 3;
  report.blocked = 1;
  report.seconds = 0.25;
  report.bounds_hit = {"interrupted"};
  const doorway::Run run{"group/two_state", {{"reds", 2}, {"rounds", 0}}, -1, 2};
  return ReportJson(run, report, {{"bypass_bound", "/r/a.txt", "/r/a.json", "/r/a.html"}},
                    Judged{"violated:bypass_bound", true});
}

Results Read(const std::string& text) {
  Reader reader;
  reader.Add({"a.json"}, text);
  return reader.Finish();
}

// A report with one field changed, or taken away.
std::string With(const char* place, const Json& value) {
  Json json = Json::parse(Violated());
  json[Json::json_pointer(place)] = value;
  return json.dump();
}

TEST(ReadTest, AReport) {
  const Results results = Read(Violated());
  ASSERT_EQ(results.runs.size(), 1u);
  const RunResult& run = results.runs[0];
  EXPECT_EQ(run.model, "group/two_state");
  EXPECT_EQ(run.family(), "group");
  EXPECT_EQ(ShowConfiguration(run), "reds=2 rounds=0");
  EXPECT_EQ(ShowEngine(run), "graph rc11");
  EXPECT_EQ(run.verdict, "violated");
  EXPECT_EQ(run.expected, "violated:bypass_bound");
  EXPECT_TRUE(run.as_expected);
  EXPECT_EQ(run.executions, 3u);
  EXPECT_EQ(run.seconds, 0.25);
  EXPECT_EQ(run.represented, std::nullopt);
  EXPECT_EQ(Read(With("/represented", 36.0)).runs.at(0).represented, 36.0);
  EXPECT_EQ(run.bounds_hit, std::vector<std::string>{"interrupted"});
  ASSERT_EQ(run.claims.size(), 2u);
  ASSERT_EQ(run.claims[0].measures.size(), 2u);
  EXPECT_EQ(run.claims[0].measures[0].value, 2u);
  EXPECT_EQ(run.claims[0].measures[1].value, std::nullopt);
  ASSERT_EQ(run.findings.size(), 2u);
  EXPECT_EQ(run.findings[0].claim, "bypass_bound");
  EXPECT_EQ(run.findings[0].sentence, "thread 0 is overtaken");
  EXPECT_EQ(run.findings[0].html, "/r/a.html");
  EXPECT_TRUE(run.findings[1].witness);
  EXPECT_EQ(run.findings[1].html, "") << "no file was written";
}

TEST(ReadTest, ARunInSeveralFilesIsOne) {
  Reader reader;
  reader.Add({"b.json"}, Violated());
  reader.Add({"all.json"}, JsonArray({Violated(), With("/model", "lock/clh")}));
  reader.Add({"c.json"}, With("/executions", 4));
  const Results results = reader.Finish();
  EXPECT_EQ(results.runs.size(), 3u);
  EXPECT_EQ(results.copies, 1u);
  EXPECT_EQ(results.runs[0].family(), "group") << "by family";
  EXPECT_EQ(results.runs[2].family(), "lock");
}

TEST(ReadTest, SweepsAndComparisons) {
  Json sweep = {{"schema", "doorway.sweep/1"}, {"model", "group/two_state"}, {"parameters", {"reds"}}};
  sweep["runs"].push_back(Json::parse(Violated()));
  sweep["left_out"].push_back({{"reds", 3}});
  sweep["why_left_out"] = "the budget of 3 s was spent";
  const Json not_run = {{"model", "a/b"}, {"memory_model", "tso"}, {"why", "a bad model"}};
  Json comparison = {{"schema", "doorway.comparison/1"}, {"runs", Json::array()}, {"not_run", {not_run}}};
  Reader reader;
  reader.Add({"1.json"}, sweep.dump());
  reader.Add({"2.json"}, comparison.dump());
  const Results results = reader.Finish();
  EXPECT_EQ(results.runs.size(), 1u);
  ASSERT_EQ(results.not_run.size(), 2u);
  EXPECT_EQ(results.not_run[0].what, "reds=3");
  EXPECT_EQ(results.not_run[0].why, "the budget of 3 s was spent");
  EXPECT_EQ(results.not_run[1].what, "tso");
  EXPECT_TRUE(results.skipped.empty());
}

TEST(ReadTest, OtherCommands) {
  Reader reader;
  reader.Add({"1"}, R"({"schema": "doorway.linearize/1", "history": "h.jsonl", "specification": "queue",
                        "verdict": "violated", "operations": 4, "processes": 2, "seconds": 0.5})");
  reader.Add({"2"}, R"({"schema": "doorway.mutation/1", "model": "lock/clh", "killed": 11, "survived": 0,
                        "equivalent": 3, "undecided": 0, "mutants": [{"seconds": 1}, {"seconds": 0.5}]})");
  reader.Add({"3"}, R"({"schema": "doorway.orders/1", "model": "lock/clh", "cost_used": 6, "cost_needed": 5,
                        "cheapest": true})");
  reader.Add({"4"}, R"({"schema": "doorway.counterexample/1", "model": "lock/clh", "memory_model": "sc",
                        "kind": "violation", "claim": "exclusion", "sentence": "both are inside"})");
  const Results results = reader.Finish();
  ASSERT_EQ(results.others.size(), 3u);
  EXPECT_EQ(results.others[0].text, "as queue, 4 operations of 2 processes");
  EXPECT_EQ(results.others[1].text, "11 killed, 0 survived, 3 equivalent, 0 undecided");
  EXPECT_EQ(results.others[1].seconds, 1.5);
  EXPECT_EQ(results.others[2].text, "cost used 6, needed 5");
  ASSERT_EQ(results.loose.size(), 1u);
  EXPECT_EQ(results.loose[0].finding.sentence, "both are inside");
  EXPECT_TRUE(results.skipped.empty());
}

// {whether it is damaged, why it is left out}
std::pair<bool, std::string> Left(const std::string& text) {
  const Results results = Read(text);
  EXPECT_TRUE(results.empty());
  if (results.skipped.size() != 1) return {false, "not left out"};
  return {results.skipped[0].damaged, results.skipped[0].why};
}

TEST(ReadTest, ForeignFilesAreNamed) {
  for (const char* text : {"{}", "[]", "3", "null", "[1]", R"({"schema": 3})", R"({"schema": "other/1"})",
                           R"({"schema": "https://json-schema.org/draft/2020-12/schema"})"}) {
    EXPECT_EQ(Left(text), (std::pair<bool, std::string>(false, "is no result of Doorway's"))) << text;
  }
  EXPECT_EQ(Left(R"({"schema": "doorway.checkpoint/1"})"),
            (std::pair<bool, std::string>(false, "is a checkpoint, no result")));
  EXPECT_EQ(Left("{ // a comment\n}"), (std::pair<bool, std::string>(false, "is no JSON")));
}

TEST(ReadTest, BrokenFilesAreNamed) {
  EXPECT_EQ(Left(""), (std::pair<bool, std::string>(true, "is cut off or is no JSON")));
  EXPECT_EQ(Left(R"({"schema": "doorway.report/2"})").second, "is doorway.report/2, which this doorway does not know");
  EXPECT_EQ(Left(R"({"schema": "doorway.report/1"})").second, "has no \"model\"");
  EXPECT_EQ(Left(With("/verdict", "fine")).second, "\"verdict\" is fine");
  EXPECT_EQ(Left(With("/executions", -1)).second, "\"executions\" is no count");
  EXPECT_EQ(Left(With("/seconds", "1")).second, "\"seconds\" is no number of 0 or more");
  EXPECT_EQ(Left(With("/claims", 3)).second, "\"claims\" is no array");
  EXPECT_EQ(Left(With("/claims/0", 3)).second, "has no \"name\"");
  EXPECT_EQ(Left(With("/configuration/reds", "two")).second, "\"reds\" is no whole number");
  EXPECT_EQ(Left(With("/expected", 3)).second, "has no \"verdict\"");
  EXPECT_EQ(Left(With("/shard", Json::array())).second, "has no \"index\"");
  EXPECT_EQ(Left(With("/counterexample", nullptr)).second, "has no \"claim\"");
  EXPECT_EQ(Left("[" + Violated() + ", {}]").second, "holds a run that is no doorway.report/1");
}

TEST(ReadTest, NoCutFileAndNoWrongTypeGetsThrough) {
  const std::string whole = Json::parse(Violated()).dump();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Results results = Read(whole.substr(0, size));
    EXPECT_TRUE(results.empty());
    EXPECT_EQ(results.skipped.size(), 1u);
  }
  const Json flat = Json::parse(whole).flatten();
  for (const auto& [place, value] : flat.items()) {
    for (const Json& wrong : {Json(nullptr), Json(-1), Json("x"), Json::object(), Json::array()}) {
      const Results results = Read(With(place.c_str(), wrong));
      EXPECT_EQ(results.runs.size() + results.skipped.size(), 1u) << place;
    }
  }
  EXPECT_EQ(Read(std::string(1'000'000, '[')).skipped.size(), 1u);
}

}  // namespace
}  // namespace doorway::results

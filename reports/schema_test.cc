// The published schemas are those of what we write, and of nothing else.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/counterexample.h"
#include "reports/files.h"
#include "reports/json.h"
#include "reports/testing/execution_builder.h"
#include "reports/testing/json_schema.h"

namespace doorway {
namespace {

using Json = nlohmann::json;
using Lines = std::vector<std::string>;

Json Schema(const std::string& name) { return Json::parse(ReadFile("reports/schema/" + name + ".schema.json")); }

// One of each kind of operation, note and end.
Evidence Variety() {
  ExecutionBuilder b(3);
  const LocationId word = b.Location("word", 3), data = b.Location("data", 0, true);
  b.Choice(0, 3, 2);
  b.Fence(0, Order::kSeqCst);
  b.FailedCas(0, word, word, 3, true);
  b.Tag(0, notes::kDoorway, 1, 7);
  const EventId update = b.Update(0, word, 4, Order::kAcqRel, "exchange");
  b.Write(0, data, ~Value{0});
  b.Read(1, word, update, Order::kAcquire);
  b.Note(1, notes::kEnter, ~Value{0});
  b.End(1, ThreadEnd::kStuck, word);
  b.End(2, ThreadEnd::kBounded, kNoLocation, true);
  return b.Finish({"exclusion", "both", {{update, "A"}, {kNoEvent, "B"}}, true});
}

TEST(SchemaTest, Counterexamples) {
  Evidence evidence = Variety();
  doorway::Run run{"family/design", {{"reds", 2}}, -1, 2};
  const Json schema = Schema("counterexample-1");
  const auto check = [&](Property::Kind kind) {
    return SchemaDifferences(schema, Json::parse(CounterexampleJson(run, MemoryModel::kTso, kind, evidence)));
  };
  EXPECT_EQ(check(Property::Kind::kUniversal), Lines{});
  evidence.lasso = Lasso{4, 1, {0}};
  run.expand_updates = true;
  run.fairness = "strong";
  run.forever_rounds = 0;
  EXPECT_EQ(check(Property::Kind::kLiveness), Lines{});
  evidence.lasso->starved = -1;
  EXPECT_EQ(check(Property::Kind::kExists), Lines{});
}

Report AllThereIs() {
  Report report;
  report.verdict = Verdict::kViolated;
  report.estimate.emplace();
  report.bounds_hit = {"interrupted"};
  report.interchangeable = {{0, 1}};
  ClaimResult& measured = report.claims.emplace_back();
  measured.measures = {{"max_bypass", 1}, {"turns", Measure::kUnbounded}};
  ClaimResult& witnessed = report.claims.emplace_back();
  witnessed.kind = Property::Kind::kExists;
  witnessed.evidence = ExecutionBuilder(1).Finish();
  ClaimResult& violated = report.claims.emplace_back();
  violated.kind = Property::Kind::kLiveness;
  violated.verdict = Verdict::kViolated;
  violated.evidence = ExecutionBuilder(1).Finish();
  return report;
}

TEST(SchemaTest, Reports) {
  Report report = AllThereIs();
  doorway::Run run{"family/design", {{"reds", 2}}, -1, 2, "weak", {"a"}, {"b"}, true};
  const Json schema = Schema("report-1");
  const std::string graph = ReportJson(run, report, {{"", "a.txt", "a.json", "a.html"}});
  EXPECT_EQ(SchemaDifferences(schema, Json::parse(graph)), Lines{});
  report.engine = "state";
  const std::string state = ReportJson({"family/design", {}, -1, 0}, report, {}, Judged{"violated:a", true});
  EXPECT_EQ(SchemaDifferences(schema, Json::parse(state)), Lines{});
  EXPECT_EQ(SchemaDifferences(schema, Json::parse(JsonArray({graph, state}))), Lines{});
  report.engine = "native";
  const Json native = Json::parse(ReportJson({"family/design", {}, -1, 64}, report, {{"", "a.txt", "", "a.html"}}));
  EXPECT_EQ(SchemaDifferences(schema, native), Lines{});
  EXPECT_EQ(native["memory_model"], "hardware");
  EXPECT_EQ(native["counterexample"]["path"], nullptr) << "what real threads did cannot be replayed";
}

TEST(SchemaTest, WhatDoesNotFitIsFound) {
  const Json schema = Schema("report-1")["$defs"];
  const Json run = {{"$ref", "#/$defs/run"}, {"$defs", schema}};
  const Json good = Json::parse(ReportJson({"m", {{"reds", 2}}, -1, 2}, AllThereIs(), {}));
  const auto with = [&](const char* place, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(place)] = value;
    return SchemaDifferences(run, bad);
  };
  ASSERT_EQ(SchemaDifferences(run, good), Lines{});
  EXPECT_EQ(with("/news", 1), Lines{"/news: is not in the schema"});
  EXPECT_EQ(with("/schema", "doorway.report/2"), Lines{R"(/schema: is not "doorway.report/1" but "doorway.report/2")"});
  EXPECT_EQ(with("/executions", -1), Lines{"/executions: is below 0"});
  EXPECT_EQ(with("/executions", 1.5), Lines{R"(/executions: is no "integer" but 1.5)"});
  EXPECT_EQ(with("/configuration/reds", "two"), Lines{R"(/configuration/reds: is no "integer" but "two")"});
  EXPECT_EQ(with("/claims/1/verdict", "fine"),
            Lines{R"(/claims/1/verdict: is none of ["verified","verified_within_bounds","violated","unknown"])"});
  EXPECT_EQ(with("/claims/0/max_bypass", "many"), Lines{"/claims/0/max_bypass: fits none of anyOf"});
  Json bad = good;
  bad["claims"][0].erase("kind");
  EXPECT_EQ(SchemaDifferences(run, bad), Lines{R"(/claims/0: has no "kind")"});
  EXPECT_EQ(SchemaDifferences({{"$ref", "other.json#/$defs/run"}}, bad, {{"other.json", Schema("report-1")}}),
            Lines{R"(/claims/0: has no "kind")"});
  EXPECT_EQ(ReferredFiles({{"a", {{"$ref", "#/x"}}}, {"b", {{{"$ref", "other.json#/y"}}}}}), Lines{"other.json"});
  EXPECT_EQ(SchemaDifferences({{"pattern", "a"}}, "a"), Lines{"/: the schema's pattern is not known here"});
  EXPECT_EQ(SchemaDifferences({{"maximum", 3}}, 4), Lines{"/: is above 3"});
}

}  // namespace
}  // namespace doorway

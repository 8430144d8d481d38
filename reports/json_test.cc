#include "reports/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/counterexample.h"
#include "reports/finding.h"
#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

const Run kRun{"example/message_passing", {{"messages", 1}}, -1, 2};

Evidence MessagePassing() {
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("flag");
  const EventId write = b.Write(0, data, 1);
  const EventId up = b.Write(0, flag, 1, Order::kRelaxed);
  b.Read(1, flag, up, Order::kAcquire);
  b.Note(1, NoteKind{"received"});
  const EventId read = b.Read(1, data, data);
  return b.Finish({"no_data_race", "a race", {{write, "the write"}, {read, "the read"}}, true});
}

// One of each kind of operation.
Evidence Variety() {
  ExecutionBuilder b(2);
  const LocationId word = b.Location("word", 3);
  b.Choice(0, 3, 2);
  b.Fence(0, Order::kSeqCst);
  b.FailedCas(0, word, word, 3, true);
  b.Update(0, word, ~Value{0}, Order::kAcqRel, "exchange");
  b.End(1, ThreadEnd::kStuck, word);
  return b.Finish({"no_stuck_thread", "stuck", {}, false});
}

Report Violated() {
  Report report;
  report.verdict = Verdict::kViolated;
  report.memory = MemoryModel::kRc11;
  ClaimResult bypass;
  bypass.name = "overtakes";
  bypass.description = "at most one";
  bypass.verdict = Verdict::kUnknown;
  bypass.antecedents = 3;
  bypass.measures = {{"max_bypass", 1}, {"name", 2}};
  ClaimResult race;
  race.name = "no_data_race";
  race.verdict = Verdict::kViolated;
  race.evidence = MessagePassing();
  report.claims = {bypass, race};
  report.executions = 3;
  report.native_runs = 7;
  report.seconds = 0.1234567891;
  report.bounds_hit = {"interrupted"};
  return report;
}

TEST(ReportJsonTest, Golden) {
  EXPECT_EQ(ReportJson(kRun, Violated(), {{"no_data_race", "/out/a.txt", "/out/a.json", "/out/a.html"}}), R"json({
  "schema": "doorway.report/1",
  "model": "example/message_passing",
  "configuration": {
    "messages": 1
  },
  "memory_model": "rc11",
  "engine": "graph",
  "fairness": null,
  "verdict": "violated",
  "claims": [
    {
      "name": "overtakes",
      "description": "at most one",
      "kind": "universal",
      "verdict": "unknown",
      "antecedents": 3,
      "vacuous": false,
      "not_evaluated": 0,
      "max_bypass": 1,
      "measured_name": 2
    },
    {
      "name": "no_data_race",
      "description": "",
      "kind": "universal",
      "verdict": "violated",
      "antecedents": 0,
      "vacuous": false,
      "not_evaluated": 0,
      "violation": {
        "sentence": "a race (locks/sample.h:10, locks/sample.h:14)",
        "path": "/out/a.json",
        "html": "/out/a.html"
      }
    }
  ],
  "not_judged": [],
  "executions": 3,
  "blocked": 0,
  "stuck": 0,
  "states": null,
  "transitions": null,
  "depth": null,
  "interchangeable": null,
  "reduced": null,
  "native_runs": 7,
  "seconds": 0.123457,
  "cpu_seconds": 0.0,
  "peak_bytes": 0,
  "bounds_hit": [
    "interrupted"
  ],
  "exhausted": false,
  "counterexample": {
    "claim": "no_data_race",
    "sentence": "a race (locks/sample.h:10, locks/sample.h:14)",
    "path": "/out/a.json",
    "html": "/out/a.html"
  }
}
)json");
}

TEST(ReportJsonTest, StatesAndLiveness) {
  Report report = Violated();
  report.engine = "state";
  report.states = 12;
  report.transitions = 34;
  report.depth = 5;
  report.claims[0].kind = Property::Kind::kLiveness;
  report.claims[0].measures = {{"max_bypass", Measure::kUnbounded}};
  const Json json = Json::parse(ReportJson({"family/design", {}, -1, 0, "strong", {"overtakes"}}, report, {}));
  EXPECT_EQ(json["states"], 12);
  EXPECT_EQ(json["transitions"], 34);
  EXPECT_EQ(json["depth"], 5);
  EXPECT_EQ(json["fairness"], "strong");
  EXPECT_EQ(json["not_judged"], Json::array({"overtakes"}));
  EXPECT_EQ(json["claims"][0]["kind"], "liveness");
  EXPECT_EQ(json["claims"][0]["fairness"], "strong");
  EXPECT_EQ(json["claims"][0]["max_bypass"], "unbounded");
  EXPECT_FALSE(json["claims"][1].contains("fairness"));
}

TEST(ReportJsonTest, WithoutViolationThereIsNoCounterexample) {
  Report report = Violated();
  report.claims.pop_back();
  EXPECT_FALSE(Json::parse(ReportJson(kRun, report, {})).contains("counterexample"));
}

TEST(ReportJsonTest, WithoutFilesThePathIsNull) {
  EXPECT_TRUE(Json::parse(ReportJson(kRun, Violated(), {}))["counterexample"]["path"].is_null());
}

TEST(ReportJsonTest, AnArrayOfSeveral) {
  const std::string one = ReportJson(kRun, Violated(), {});
  EXPECT_EQ(Json::parse(JsonArray({one, one})), Json::array({Json::parse(one), Json::parse(one)}));
  EXPECT_EQ(Json::parse(JsonArray({})), Json::array());
}

TEST(ReportJsonTest, BytesThatAreNoTextDoNoHarm) {
  Report report = Violated();
  report.claims[0].description = "\xff\xfe";
  EXPECT_FALSE(Json::parse(ReportJson(kRun, report, {})).is_discarded());
}

TEST(CounterexampleTest, Golden) {
  EXPECT_EQ(CounterexampleJson(kRun, MemoryModel::kRc11, Property::Kind::kUniversal, MessagePassing()), R"json({
  "schema": "doorway.counterexample/1",
  "model": "example/message_passing",
  "configuration": {
    "messages": 1
  },
  "forever_rounds": 2,
  "memory_model": "rc11",
  "kind": "violation",
  "claim": "no_data_race",
  "sentence": "a race (locks/sample.h:10, locks/sample.h:14)",
  "unordered": true,
  "points": [
    {
      "step": 1,
      "what": "the write"
    },
    {
      "step": 4,
      "what": "the read"
    }
  ],
  "threads": [
    {
      "thread": 0,
      "end": "finished",
      "daemon": false
    },
    {
      "thread": 1,
      "end": "finished",
      "daemon": false
    }
  ],
  "locations": [
    {
      "name": "data",
      "bytes": 4,
      "plain": false,
      "signed": false,
      "initial": 0
    },
    {
      "name": "flag",
      "bytes": 4,
      "plain": false,
      "signed": false,
      "initial": 0
    }
  ],
  "steps": [
    {
      "step": 1,
      "thread": 0,
      "operation": "write",
      "location": "data",
      "order": "plain",
      "file": "locks/sample.h",
      "line": 10,
      "written": 1,
      "mo_position": 1
    },
    {
      "step": 2,
      "thread": 0,
      "operation": "store",
      "location": "flag",
      "order": "relaxed",
      "file": "locks/sample.h",
      "line": 11,
      "written": 1,
      "mo_position": 1
    },
    {
      "step": 3,
      "thread": 1,
      "operation": "load",
      "location": "flag",
      "order": "acquire",
      "file": "locks/sample.h",
      "line": 12,
      "read": 1,
      "reads_from": 2
    },
    {
      "step": 4,
      "thread": 1,
      "operation": "read",
      "location": "data",
      "order": "plain",
      "file": "locks/sample.h",
      "line": 14,
      "read": 0,
      "reads_from": "init"
    }
  ],
  "marks": [
    {
      "kind": "received",
      "tag": false,
      "thread": 1,
      "subject": 1,
      "argument": 0,
      "at_or_after_step": 3,
      "at_or_before_step": 4,
      "file": "locks/sample.h",
      "line": 13
    }
  ]
}
)json");
}

TEST(CounterexampleTest, ExpandedUpdatesAreRecorded) {
  doorway::Run run = kRun;  // not testing::Test's
  for (const bool expanded : {false, true}) {
    run.expand_updates = expanded;
    const std::string text = CounterexampleJson(run, MemoryModel::kSc, Property::Kind::kUniversal, Variety());
    EXPECT_EQ(ParseCounterexample(text, "a.json").expand_updates, expanded);
    EXPECT_EQ(Json::parse(ReportJson(run, Violated(), {})).contains("expand_updates"), expanded);
  }
}

TEST(CounterexampleTest, WhatWasWrittenIsRead) {
  for (const Evidence& evidence : {MessagePassing(), Variety()}) {
    for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
      const std::string text = CounterexampleJson(kRun, memory, Property::Kind::kExists, evidence);
      const Counterexample read = ParseCounterexample(text, "a.json");
      EXPECT_EQ(read.model, kRun.model);
      EXPECT_EQ(read.configuration, kRun.configuration);
      EXPECT_EQ(read.forever_rounds, 2);
      EXPECT_EQ(read.memory, memory);
      EXPECT_EQ(read.kind, Property::Kind::kExists);
      EXPECT_EQ(read.claim, evidence.finding.claim);
      EXPECT_EQ(read.trace, ToTrace(evidence.execution, FindingOrder(evidence)));
    }
  }
}

// Thread 1 goes round for ever, in three steps; thread 0 waits.
Evidence Starving() {
  ExecutionBuilder b(2);
  const LocationId held = b.Location("held");
  b.Update(1, held, 1, Order::kAcquire, "exchange");
  const EventId cycle = b.Write(1, held, 0, Order::kRelease);
  b.Update(1, held, 1, Order::kAcquire, "exchange");
  b.End(0, ThreadEnd::kBlocked, held);
  Evidence evidence = b.Finish({"starvation_free", "thread 0 waits for ever", {{cycle, "where it goes round"}}, false});
  evidence.lasso = Lasso{cycle, 0, {1}};
  return evidence;
}

const Run kEndless{"family/design", {}, -1, 0, "weak"};

TEST(CounterexampleTest, ALasso) {
  Evidence evidence = Starving();
  const auto text = [&](const auto& run) {
    return CounterexampleJson(run, MemoryModel::kTso, Property::Kind::kLiveness, evidence);
  };
  const Json json = Json::parse(text(kEndless));
  EXPECT_EQ(json["kind"], "violation");
  EXPECT_EQ(json["memory_model"], "tso");
  EXPECT_EQ(json["forever_rounds"], 4) << "enough for a round an operation";
  EXPECT_EQ(json["lasso"], Json::parse(R"({"cycle_begins_at_step": 2, "starved": 0, "running": [1],
                                          "fairness": "weak"})"));
  Counterexample read = ParseCounterexample(text(kEndless), "a.json");
  EXPECT_EQ(read.memory, MemoryModel::kTso);
  EXPECT_EQ(read.fairness, "weak");
  EXPECT_EQ(read.lasso, (TraceLasso{1, 0, {1}}));
  EXPECT_EQ(read.points, (std::vector<TracePoint>{{2, "where it goes round"}}));

  evidence.lasso = Lasso{static_cast<EventId>(evidence.execution.events.size()), -1, {}};
  read = ParseCounterexample(text(kRun), "a.json");
  EXPECT_EQ(read.fairness, "");
  EXPECT_EQ(read.lasso, (TraceLasso{3, -1, {}}));
  EXPECT_EQ(read.forever_rounds, kRun.forever_rounds);
}

// What ParseCounterexample says against `text`; empty if nothing.
std::string Complaint(const std::string& text) {
  try {
    ParseCounterexample(text, "a.json");
    return "";
  } catch (const CounterexampleError& error) {
    return error.what();
  }
}

TEST(CounterexampleTest, EveryTruncationIsFound) {
  const std::string text = CounterexampleJson(kRun, MemoryModel::kSc, Property::Kind::kUniversal, Variety());
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    ASSERT_NE(Complaint(text.substr(0, length)).find("cut off"), std::string::npos) << length;
  }
}

TEST(CounterexampleTest, ForeignFiles) {
  EXPECT_NE(Complaint("not json").find("is cut off or is no JSON"), std::string::npos);
  EXPECT_NE(Complaint("[]").find("not of ours"), std::string::npos);
  EXPECT_NE(Complaint("{\"schema\": 3}").find("not of ours"), std::string::npos);
  EXPECT_NE(Complaint("{\"schema\": \"junit/1\"}").find("its schema is junit/1"), std::string::npos);
  EXPECT_NE(Complaint("{\"schema\": \"doorway.counterexample/99\"}").find("this doorway reads"), std::string::npos);
  EXPECT_NE(Complaint(ReportJson(kRun, Violated(), {})).find("is a report, not a counterexample"), std::string::npos);
}

// The message-passing file with one field of one step replaced.
std::string WithStep(std::size_t step, const char* key, const Json& value) {
  Json json = Json::parse(CounterexampleJson(kRun, MemoryModel::kRc11, Property::Kind::kUniversal, MessagePassing()));
  json["steps"][step][key] = value;
  return Complaint(json.dump());
}

TEST(CounterexampleTest, DamagedSteps) {
  EXPECT_NE(WithStep(2, "thread", 2).find("step 3: \"thread\" is 2, not within 0 to 1"), std::string::npos);
  EXPECT_NE(WithStep(2, "thread", -1).find("not within 0 to 1"), std::string::npos);
  EXPECT_NE(WithStep(2, "thread", "T0").find("is no whole number"), std::string::npos);
  EXPECT_NE(WithStep(2, "step", 7).find("is another number"), std::string::npos);
  EXPECT_NE(WithStep(2, "reads_from", 3).find("not within 1 to 2"), std::string::npos);
  EXPECT_NE(WithStep(2, "reads_from", 1).find("step 1, which does not write flag"), std::string::npos);
  EXPECT_NE(WithStep(2, "reads_from", "nowhere").find("is no whole number"), std::string::npos);
  EXPECT_NE(WithStep(2, "read", 5).find("reads 5 from step 2, which wrote 1"), std::string::npos);
  EXPECT_NE(WithStep(2, "read", -5).find("is no value"), std::string::npos);
  EXPECT_NE(WithStep(0, "mo_position", 2).find("has gaps"), std::string::npos);
  EXPECT_NE(WithStep(0, "mo_position", 99999999999).find("not within"), std::string::npos);
  EXPECT_NE(WithStep(0, "location", "flag").find("same \"mo_position\""), std::string::npos);
  EXPECT_NE(WithStep(0, "operation", nullptr).find("is no text"), std::string::npos);
  EXPECT_NE(WithStep(0, "spurious", 1).find("neither true nor false"), std::string::npos);
}

TEST(CounterexampleTest, DamagedPoints) {
  const auto with = [](const Json& points) {
    Json json = Json::parse(CounterexampleJson(kRun, MemoryModel::kSc, Property::Kind::kUniversal, MessagePassing()));
    json["points"] = points;
    return Complaint(json.dump());
  };
  EXPECT_EQ(with(Json::array()), "");
  EXPECT_NE(with(3).find("\"points\" is no list"), std::string::npos);
  EXPECT_NE(with({{{"step", 5}, {"what", ""}}}).find("point: \"step\" is 5, not within 0 to 4"), std::string::npos);
  EXPECT_NE(with({{{"step", 1}}}).find("point: \"what\" is missing"), std::string::npos);
}

TEST(CounterexampleTest, DamagedLassos) {
  const auto with = [](const char* key, const Json& value) {
    Json json = Json::parse(CounterexampleJson(kEndless, MemoryModel::kSc, Property::Kind::kLiveness, Starving()));
    json["lasso"][key] = value;
    return Complaint(json.dump());
  };
  EXPECT_EQ(with("starved", 1), "");
  EXPECT_EQ(with("cycle_begins_at_step", 4), "");
  EXPECT_NE(with("cycle_begins_at_step", 5).find("lasso: \"cycle_begins_at_step\" is 5, not within 1 to 4"),
            std::string::npos);
  EXPECT_NE(with("cycle_begins_at_step", 0).find("not within 1 to 4"), std::string::npos);
  EXPECT_NE(with("starved", 2).find("lasso: \"starved\" is 2, not within 0 to 1"), std::string::npos);
  EXPECT_NE(with("starved", "T0").find("is no whole number"), std::string::npos);
  EXPECT_NE(with("running", 1).find("\"running\" is no list"), std::string::npos);
  EXPECT_NE(with("running", {0, 7}).find("\"running\" is 7"), std::string::npos);
  EXPECT_NE(with("fairness", 3).find("\"fairness\" is no text"), std::string::npos);
}

// Any field removed, or replaced by nonsense, is an error or of no matter; never a crash.
TEST(CounterexampleTest, AnyFieldMayBeDamaged) {
  Evidence evidence = Variety();
  evidence.lasso = Lasso{3, 1, {0}};
  const Json whole = Json::parse(CounterexampleJson(kRun, MemoryModel::kSc, Property::Kind::kUniversal, evidence));
  const std::vector<Json> nonsense = {nullptr, -1, 1e300, "x", Json::array(), Json::object(), true, ~std::uint64_t{0}};
  const Json fields = whole.flatten();
  for (const auto& [pointer, value] : fields.items()) {
    for (const Json& wrong : nonsense) {
      Json damaged = whole;
      damaged[Json::json_pointer(pointer)] = wrong;
      Complaint(damaged.dump());
    }
  }
  for (const char* key : {"schema", "model", "configuration", "forever_rounds", "memory_model", "kind", "claim",
                          "sentence", "threads", "steps"}) {
    Json damaged = whole;
    damaged.erase(key);
    EXPECT_NE(Complaint(damaged.dump()), "") << key;
  }
}

}  // namespace
}  // namespace doorway

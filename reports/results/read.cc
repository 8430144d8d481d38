#include "reports/results/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <tuple>

#include "reports/counterexample.h"
#include "reports/json.h"

// A file is what its "schema" says. A field that has the wrong type makes the whole file a broken one: half of a report
// would be a wrong report. Fields that later versions may add are let pass.

namespace doorway::results {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kVerdicts[] = {"verified", "verified_within_bounds", "violated", "unknown"};
constexpr std::string_view kEngines[] = {"graph", "state", "relacy", "native"};
constexpr std::string_view kClaimFields[] = {"name",        "description", "kind",          "fairness", "verdict",
                                             "antecedents", "vacuous",     "not_evaluated", "witness",  "violation"};

// What is wrong with a file that says it is of ours.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

const Json& Field(const Json& json, const char* name) {
  if (!json.is_object() || !json.contains(name)) throw Broken(fmt::format("has no \"{}\"", name));
  return json.at(name);
}

std::string Text(const Json& json, const char* name) {
  const Json& field = Field(json, name);
  if (!field.is_string()) throw Broken(fmt::format("\"{}\" is no text", name));
  return field.get<std::string>();
}

// Also of a field that is null or left out: the empty string.
std::string TextIfAny(const Json& json, const char* name) {
  return json.is_object() && json.contains(name) && !json.at(name).is_null() ? Text(json, name) : "";
}

std::string OneOf(const Json& json, const char* name, const std::string_view* begin, const std::string_view* end) {
  const std::string text = Text(json, name);
  if (std::find(begin, end, text) == end) throw Broken(fmt::format("\"{}\" is {}", name, text));
  return text;
}

std::string VerdictOf(const Json& json) { return OneOf(json, "verdict", std::begin(kVerdicts), std::end(kVerdicts)); }

std::uint64_t Count(const Json& json, const char* name) {
  const Json& field = Field(json, name);
  if (field.is_null()) return 0;
  if (!field.is_number_unsigned()) throw Broken(fmt::format("\"{}\" is no count", name));
  return field.get<std::uint64_t>();
}

double Number(const Json& json, const char* name) {
  const Json& field = Field(json, name);
  if (!field.is_number() || !(field.get<double>() >= 0))
    throw Broken(fmt::format("\"{}\" is no number of 0 or more", name));
  return field.get<double>();
}

bool Truth(const Json& json, const char* name) {
  const Json& field = Field(json, name);
  if (!field.is_boolean()) throw Broken(fmt::format("\"{}\" is neither true nor false", name));
  return field.get<bool>();
}

const Json& List(const Json& json, const char* name) {
  const Json& field = Field(json, name);
  if (!field.is_array()) throw Broken(fmt::format("\"{}\" is no array", name));
  return field;
}

std::vector<std::string> Texts(const Json& json, const char* name) {
  std::vector<std::string> texts;
  for (const Json& text : List(json, name)) {
    if (!text.is_string()) throw Broken(fmt::format("\"{}\" holds what is no text", name));
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

std::vector<std::pair<std::string, std::int64_t>> ConfigurationOf(const Json& json) {
  if (!json.is_object()) throw Broken("a configuration is no object");
  std::vector<std::pair<std::string, std::int64_t>> configuration;
  for (const auto& [name, value] : json.items()) {
    if (!value.is_number_integer()) throw Broken(fmt::format("\"{}\" is no whole number", name));
    configuration.emplace_back(name, value.get<std::int64_t>());
  }
  return configuration;
}

Found FindingOf(const Json& json, const std::string& claim, bool witness) {
  Found finding;
  finding.claim = claim;
  finding.sentence = Text(json, "sentence");
  finding.witness = witness;
  finding.json = TextIfAny(json, "path");
  finding.html = TextIfAny(json, "html");
  return finding;
}

Claim ClaimOf(const Json& json) {
  Claim claim;
  claim.name = Text(json, "name");
  claim.kind = Text(json, "kind");
  claim.verdict = VerdictOf(json);
  claim.vacuous = Truth(json, "vacuous");
  for (const auto& [name, value] : json.items()) {
    if (std::find(std::begin(kClaimFields), std::end(kClaimFields), name) != std::end(kClaimFields)) continue;
    if (value.is_number_unsigned()) {
      claim.measures.push_back({name, value.get<std::uint64_t>()});
    } else if (value == "unbounded") {
      claim.measures.push_back({name, std::nullopt});
    }
  }
  return claim;
}

void AddJudgement(const Json& json, RunResult* run) {
  run->verdict = VerdictOf(json);
  for (const Json& claim : List(json, "claims")) {
    const Claim& added = run->claims.emplace_back(ClaimOf(claim));
    for (const char* kind : {"violation", "witness"}) {
      if (!claim.contains(kind)) continue;
      run->findings.push_back(FindingOf(claim.at(kind), added.name, std::string_view(kind) == "witness"));
    }
  }
  if (json.contains("counterexample")) {  // that of the first violation; of versions that said no more
    const Json& first = json.at("counterexample");
    const Found found = FindingOf(first, Text(first, "claim"), false);
    const bool known = std::any_of(run->findings.begin(), run->findings.end(),
                                   [&](const Found& other) { return !other.witness && other.claim == found.claim; });
    if (!known) run->findings.insert(run->findings.begin(), found);
  }
  if (json.contains("expected")) {
    run->expected = Text(json.at("expected"), "verdict");
    run->as_expected = Truth(json.at("expected"), "met");
  }
}

RunResult RunOf(const Place& place, const Json& json) {
  if (TextIfAny(json, "schema") != kReportSchema) throw Broken(fmt::format("holds a run that is no {}", kReportSchema));
  RunResult run;
  run.place = place;
  run.model = Text(json, "model");
  run.configuration = ConfigurationOf(Field(json, "configuration"));
  run.memory = Text(json, "memory_model");
  run.engine = OneOf(json, "engine", std::begin(kEngines), std::end(kEngines));
  run.fairness = TextIfAny(json, "fairness");
  AddJudgement(json, &run);
  if (json.contains("only")) run.only = Texts(json, "only");
  run.bounds_hit = Texts(json, "bounds_hit");
  run.executions = Count(json, "executions");
  run.blocked = Count(json, "blocked");
  run.states = Count(json, "states");
  run.depth = Count(json, "depth");
  run.native_runs = Count(json, "native_runs");
  if (json.contains("represented")) run.represented = Number(json, "represented");
  run.seconds = Number(json, "seconds");
  run.exhausted = Truth(json, "exhausted");
  run.expand_updates = json.contains("expand_updates") && Truth(json, "expand_updates");
  run.by_walks = json.contains("estimate");
  if (json.contains("shard")) {
    const Json& shard = json.at("shard");
    const std::uint64_t index = Count(shard, "index");
    run.shard = fmt::format("{}/{}", index, Count(shard, "of"));
  }
  return run;
}

Loose LooseOf(const Place& place, const Json& json) {
  Loose loose;
  loose.place = place;
  loose.model = Text(json, "model");
  loose.memory = Text(json, "memory_model");
  loose.finding.claim = Text(json, "claim");
  loose.finding.sentence = Text(json, "sentence");
  loose.finding.witness = Text(json, "kind") == "witness";
  loose.finding.json_place = place;
  return loose;
}

Other HistoryOf(const Place& place, const Json& json) {
  return {place,
          "linearizability",
          Text(json, "history"),
          VerdictOf(json),
          fmt::format("as {}, {} operations of {} processes", Text(json, "specification"), Count(json, "operations"),
                      Count(json, "processes")),
          Number(json, "seconds")};
}

Other MutantsOf(const Place& place, const Json& json) {
  double seconds = 0;
  for (const Json& mutant : List(json, "mutants")) seconds += Number(mutant, "seconds");
  return {place,
          "mutants",
          Text(json, "model"),
          "",
          fmt::format("{} killed, {} survived, {} equivalent, {} undecided", Count(json, "killed"),
                      Count(json, "survived"), Count(json, "equivalent"), Count(json, "undecided")),
          seconds};
}

Other OrdersOf(const Place& place, const Json& json) {
  return {place,
          "orders",
          Text(json, "model"),
          "",
          fmt::format("cost used {}, needed {}{}", Count(json, "cost_used"), Count(json, "cost_needed"),
                      Truth(json, "cheapest") ? "" : ", perhaps less"),
          0};
}

std::vector<NotRun> LeftOutOf(const Place& place, const Json& json) {
  std::vector<NotRun> left_out;
  for (const Json& values : List(json, "left_out")) {
    RunResult run;
    run.configuration = ConfigurationOf(values);
    left_out.push_back({place, Text(json, "model"), ShowConfiguration(run), TextIfAny(json, "why_left_out")});
  }
  return left_out;
}

std::vector<NotRun> NotComparedOf(const Place& place, const Json& json) {
  std::vector<NotRun> not_run;
  for (const Json& one : List(json, "not_run")) {
    not_run.push_back({place, Text(one, "model"), Text(one, "memory_model"), Text(one, "why")});
  }
  return not_run;
}

// What one file tells, before any of it is added.
Results Told(const Place& place, const Json& json, const std::string& schema) {
  Results told;
  const auto runs = [&](const Json& list) {
    for (const Json& run : list) told.runs.push_back(RunOf(place, run));
  };
  if (json.is_array()) {
    runs(json);
  } else if (schema == kReportSchema) {
    told.runs.push_back(RunOf(place, json));
  } else if (schema == "doorway.sweep/1") {
    runs(List(json, "runs"));
    told.not_run = LeftOutOf(place, json);
  } else if (schema == "doorway.comparison/1") {
    runs(List(json, "runs"));
    told.not_run = NotComparedOf(place, json);
  } else if (schema == kCounterexampleSchema) {
    told.loose.push_back(LooseOf(place, json));
  } else if (schema == "doorway.linearize/1") {
    told.others.push_back(HistoryOf(place, json));
  } else if (schema == "doorway.mutation/1") {
    told.others.push_back(MutantsOf(place, json));
  } else if (schema == "doorway.orders/1") {
    told.others.push_back(OrdersOf(place, json));
  } else {
    throw Broken(fmt::format("is {}, which this doorway does not know", schema));
  }
  return told;
}

// Of an array, that of its first element.
std::string SchemaOf(const Json& json) {
  const Json* first = json.is_array() && !json.empty() ? &json.front() : &json;
  const bool has = first->is_object() && first->contains("schema") && first->at("schema").is_string();
  return has ? first->at("schema").get<std::string>() : "";
}

// What makes a run another run than all others. Times differ from one run to the next.
std::string Identity(const RunResult& run) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{} {} {} {:.6f}\n{}\n{}", run.model, ShowConfiguration(run),
                     ShowEngine(run), fmt::join(run.only, " "), run.shard, run.verdict, run.executions, run.states,
                     run.native_runs, run.seconds, run.expected, fmt::join(run.bounds_hit, "\n"));
}

// Within a family.
auto Key(const RunResult& run) {
  return std::tie(run.model, run.engine, run.memory, run.fairness, run.configuration, run.only, run.shard, run.place);
}

template <class T>
void Append(std::vector<T>* all, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(*all));
}

}  // namespace

void Reader::AddRun(RunResult run) {
  if (known_.insert(Identity(run)).second) {
    results_.runs.push_back(std::move(run));
  } else {
    ++results_.copies;
  }
}

void Reader::Add(const Place& place, const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    const bool ours = text.find("\"doorway.") != std::string::npos || text.empty();
    return Skip(place, ours ? "is cut off or is no JSON" : "is no JSON", ours);
  }
  const std::string schema = SchemaOf(json);
  if (schema == "doorway.checkpoint/1") return Skip(place, "is a checkpoint, no result", false);
  if (!schema.starts_with("doorway.")) return Skip(place, "is no result of Doorway's", false);
  try {
    Results told = Told(place, json, schema);
    for (RunResult& run : told.runs) AddRun(std::move(run));
    Append(&results_.not_run, std::move(told.not_run));
    Append(&results_.loose, std::move(told.loose));
    Append(&results_.others, std::move(told.others));
  } catch (const Broken& broken) {
    Skip(place, broken.what(), true);
  }
}

Results Reader::Finish() {
  const auto by_place = [](const auto& a, const auto& b) { return a.place < b.place; };
  std::stable_sort(results_.runs.begin(), results_.runs.end(), [](const RunResult& a, const RunResult& b) {
    const std::string family_of_a = a.family(), family_of_b = b.family();
    return family_of_a != family_of_b ? family_of_a < family_of_b : Key(a) < Key(b);
  });
  std::stable_sort(results_.not_run.begin(), results_.not_run.end(), by_place);
  std::stable_sort(results_.loose.begin(), results_.loose.end(), by_place);
  std::stable_sort(results_.others.begin(), results_.others.end(), by_place);
  std::stable_sort(results_.skipped.begin(), results_.skipped.end(), by_place);
  return std::move(results_);
}

}  // namespace doorway::results

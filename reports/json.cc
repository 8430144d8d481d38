#include "reports/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/finding.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;  // keys stay as they are written here

double Microseconds(double seconds) { return std::round(seconds * 1e6) / 1e6; }

Json CountOrNull(bool counted, std::uint64_t count) { return counted ? Json(count) : Json(nullptr); }

Json TextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

// The sentence of a finding, and where its files are.
void AddEvidence(Json& json, const Run& run, const ClaimResult& claim, const std::vector<WrittenFinding>& written) {
  WrittenFinding files;
  for (const WrittenFinding& finding : written) {
    if (finding.claim == claim.name) files = finding;
  }
  json["sentence"] = FindingSentence(run, *claim.evidence);
  json["path"] = TextOrNull(files.json_path);
  json["html"] = TextOrNull(files.html_path);
}

Json MeasureJson(const Measure& measure) {
  return measure.value == Measure::kUnbounded ? Json("unbounded") : Json(measure.value);
}

Json ClaimJson(const Run& run, const ClaimResult& claim, const std::vector<WrittenFinding>& written) {
  Json json;
  json["name"] = claim.name;
  json["description"] = claim.description;
  json["kind"] = Name(claim.kind);
  if (claim.kind == Property::Kind::kLiveness) json["fairness"] = TextOrNull(run.fairness);
  json["verdict"] = Name(claim.verdict);
  json["antecedents"] = claim.antecedents;
  json["vacuous"] = Vacuous(claim);
  json["not_evaluated"] = claim.not_evaluated;
  for (const Measure& measure : claim.measures) {
    json[json.contains(measure.name) ? "measured_" + measure.name : measure.name] = MeasureJson(measure);
  }
  if (claim.kind == Property::Kind::kExists && claim.evidence.has_value()) {
    AddEvidence(json["witness"], run, claim, written);
  }
  if (claim.verdict == Verdict::kViolated && claim.evidence.has_value()) {
    AddEvidence(json["violation"], run, claim, written);
  }
  return json;
}

}  // namespace

std::string ReportJson(const Run& run, const Report& report, const std::vector<WrittenFinding>& written,
                       const std::optional<Judged>& judged) {
  Json json;
  json["schema"] = kReportSchema;
  json["model"] = run.model;
  json["configuration"] = Json::object();
  for (const auto& [name, value] : run.configuration) json["configuration"][name] = value;
  if (run.expand_updates) json["expand_updates"] = true;
  if (run.shards > 0) json["shard"] = {{"index", run.shard}, {"of", run.shards}};
  json["memory_model"] = MemoryName(report);
  json["engine"] = report.engine;
  json["fairness"] = TextOrNull(run.fairness);
  json["verdict"] = Name(report.verdict);
  if (judged.has_value()) json["expected"] = {{"verdict", judged->expected}, {"met", judged->met}};
  json["claims"] = Json::array();
  for (const ClaimResult& claim : report.claims) json["claims"].push_back(ClaimJson(run, claim, written));
  json["not_judged"] = run.not_judged;
  if (!run.only.empty()) json["only"] = run.only;
  json["executions"] = report.executions;
  json["blocked"] = report.blocked;
  json["stuck"] = report.stuck;
  const bool states = report.engine == "state";
  json["states"] = CountOrNull(states, report.states);
  json["transitions"] = CountOrNull(states, report.transitions);
  json["depth"] = CountOrNull(states, report.depth);
  json["interchangeable"] = states || !report.interchangeable.empty() ? Json(report.interchangeable) : Json(nullptr);
  if (!states && !report.interchangeable.empty()) json["represented"] = report.represented;
  json["reduced"] = CountOrNull(states, report.reduced);
  if (report.estimate.has_value()) {
    json["estimate"] = {{"executions", report.estimate->executions()},
                        {"standard_error", report.estimate->standard_error()},
                        {"walks", report.estimate->walks()}};
  }
  json["native_runs"] = report.native_runs;
  json["seconds"] = Microseconds(report.seconds);
  json["cpu_seconds"] = Microseconds(report.cpu_seconds);
  json["peak_bytes"] = report.peak_bytes;
  json["bounds_hit"] = report.bounds_hit;
  json["exhausted"] = report.exhausted;
  if (const ClaimResult* violated = FirstViolation(report)) {
    json["counterexample"]["claim"] = violated->name;
    AddEvidence(json["counterexample"], run, *violated, written);
  }
  // Model authors' texts may hold any bytes: those that are no UTF-8 are replaced.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string JsonArray(const std::vector<std::string>& objects) {
  std::string array = "[";
  for (const std::string& object : objects) {
    if (array.size() > 1) array += ",";
    array += "\n" + object.substr(0, object.find_last_not_of('\n') + 1);
  }
  return array + (objects.empty() ? "]\n" : "\n]\n");
}

}  // namespace doorway

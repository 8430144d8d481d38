#include "reports/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/finding_view.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kSchema[] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr std::size_t kMostSteps = 2000;

// A path as a reference (RFC 3986): what is neither unreserved nor "/" is percent-encoded.
std::string UriOf(const char* file) {
  std::string uri = *file == '/' ? "file://" : "";
  for (const char* c = file; *c != '\0'; ++c) {
    const auto byte = static_cast<unsigned char>(*c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       std::string_view("-._~/").find(*c) != std::string_view::npos;
    uri += plain ? std::string(1, *c) : fmt::format("%{:02X}", byte);
  }
  return uri;
}

Json Message(const std::string& text) { return {{"text", text}}; }

// REQUIRES: HasPlace(row).
Json LocationOf(const TableRow& row, const std::string& message) {
  Json artifact = {{"uri", UriOf(row.site.file)}};
  if (*row.site.file != '/') artifact["uriBaseId"] = "SRCROOT";
  return {{"physicalLocation", {{"artifactLocation", artifact}, {"region", {{"startLine", row.site.line}}}}},
          {"message", Message(message)}};
}

bool HasPlace(const TableRow& row) { return row.site.file != nullptr && *row.site.file != '\0' && row.site.line > 0; }

// The rows that the finding speaks of: those of its points, else where threads wait, else the last event.
std::vector<const TableRow*> Spoken(const FindingView& view) {
  std::vector<const TableRow*> rows;
  for (const PointView& point : view.points) {
    for (const TableRow& row : view.rows) {
      if (HasPlace(row) && row.points.find(point.letter) != std::string::npos) rows.push_back(&row);
    }
  }
  for (const TableRow& row : view.rows) {
    if (rows.empty() && HasPlace(row) && row.kind == TableRow::Kind::kEnd) rows.push_back(&row);
  }
  for (auto row = view.rows.rbegin(); row != view.rows.rend() && rows.empty(); ++row) {
    if (HasPlace(*row)) rows.push_back(&*row);
  }
  return rows;
}

// A thread flow a thread, of its events, notes, and what it waits for; the steps are their order among threads.
Json CodeFlow(const Run& run, const Execution& execution, const FindingView& view) {
  const std::size_t skipped = view.rows.size() > kMostSteps ? view.rows.size() - kMostSteps : 0;
  std::vector<Json> flows(execution.threads.size(), Json::array());
  int step = 0;
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    const TableRow& row = view.rows[i];
    step = std::max(step, row.step);
    if (i < skipped || !HasPlace(row) || row.kind == TableRow::Kind::kAcross) continue;
    Json place;
    place["location"] = LocationOf(row, row.text);
    place["executionOrder"] = std::max(step, 1);
    if (!row.points.empty()) place["importance"] = "essential";
    flows[static_cast<std::size_t>(row.thread)].push_back(std::move(place));
  }
  Json threads = Json::array();
  for (std::size_t t = 0; t < flows.size(); ++t) {
    if (flows[t].empty()) continue;
    threads.push_back({{"id", ThreadName(run, static_cast<int>(t))}, {"locations", std::move(flows[t])}});
  }
  Json flow = Json::object();
  if (skipped > 0) flow["message"] = Message(fmt::format("the first {} rows are left out", skipped));
  flow["threadFlows"] = std::move(threads);
  return flow;
}

std::string MessageOf(const Run& run, const FindingView& view) {
  std::string text = fmt::format("{}: {}.", run.model, view.sentence);
  for (const std::string& line : view.explanation) text += " " + line;
  return text;
}

}  // namespace

struct SarifLog::Content {
  Json rules = Json::array();
  Json results = Json::array();

  // The rule's number; claims of one name in different models are one rule.
  std::size_t RuleOf(const ClaimResult& claim) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (rules[i]["id"] == claim.name) return i;
    }
    Json rule = {{"id", claim.name}};
    if (!claim.description.empty()) rule["shortDescription"] = Message(claim.description);
    rules.push_back(std::move(rule));
    return rules.size() - 1;
  }
};

SarifLog::SarifLog() : content_(std::make_unique<Content>()) {}
SarifLog::~SarifLog() = default;

void SarifLog::Add(const Run& run, const Report& report) {
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict != Verdict::kViolated || !claim.evidence.has_value()) continue;
    const FindingView view = ViewFinding(run, claim.kind, *claim.evidence);
    Json result;
    result["ruleId"] = claim.name;
    result["ruleIndex"] = content_->RuleOf(claim);
    result["level"] = "error";
    result["message"] = Message(MessageOf(run, view));
    const std::vector<const TableRow*> rows = Spoken(view);
    if (!rows.empty()) result["locations"] = Json::array({LocationOf(*rows.front(), rows.front()->text)});
    for (std::size_t i = 1; i < rows.size(); ++i)
      result["relatedLocations"].push_back(LocationOf(*rows[i], rows[i]->text));
    Json flow = CodeFlow(run, claim.evidence->execution, view);
    if (!flow["threadFlows"].empty()) result["codeFlows"] = Json::array({std::move(flow)});
    const std::string run_name = fmt::format("{} {} {}", report.engine, MemoryName(report), ShowConfiguration(run));
    result["partialFingerprints"] = {{"finding/v1", fmt::format("{} {} {}", run.model, claim.name, run_name)}};
    result["properties"] = {{"model", run.model},
                            {"configuration", ShowConfiguration(run)},
                            {"memory_model", MemoryName(report)},
                            {"engine", report.engine}};
    content_->results.push_back(std::move(result));
  }
}

std::string SarifLog::Text() const {
  Json driver = {{"name", "Doorway"}, {"rules", content_->rules}};
  Json run;
  run["tool"] = {{"driver", std::move(driver)}};
  run["originalUriBaseIds"] = {{"SRCROOT", {{"description", Message("the workspace in which the models were built")}}}};
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = content_->results;
  Json log;
  log["$schema"] = kSchema;
  log["version"] = "2.1.0";
  log["runs"] = Json::array({std::move(run)});
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doorway

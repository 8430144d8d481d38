#include "reports/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "reports/json.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHowToMake = "make it with `check MODEL --shard=1/N --json=FILE`";

// What must be the same in all shards of one search.
constexpr const char* kCommon[] = {"model",  "configuration", "expand_updates", "memory_model",
                                   "engine", "only",          "interchangeable"};

std::uint64_t CountOf(const Json& json, const char* key) {
  const Json& field = json.at(key);
  if (!field.is_number_unsigned()) throw MergeError(fmt::format("\"{}\" is no count", key));
  return field.get<std::uint64_t>();
}

template <class Enum>
Enum Named(const Json& json, const char* key, std::initializer_list<Enum> all) {
  const std::string name = json.at(key).get<std::string>();
  for (const Enum value : all) {
    if (name == Name(value)) return value;
  }
  throw MergeError(fmt::format("\"{}\" is {}", key, name));
}

Verdict VerdictOf(const Json& json) {
  return Named(json, "verdict",
               {Verdict::kVerified, Verdict::kVerifiedWithinBounds, Verdict::kViolated, Verdict::kUnknown});
}

class Merger {
 public:
  // Errors: as MergeReports, without the file's name.
  void Add(const Json& json, const std::string& name) {
    if (!json.is_object() || json.value("schema", "") != kReportSchema) throw MergeError("this is no report");
    if (!json.contains("shard")) throw MergeError("this report is not of a shard");
    const std::uint64_t index = CountOf(json.at("shard"), "index"), of = CountOf(json.at("shard"), "of");
    if (index < 1 || index > of || of > kMostShards)
      throw MergeError(fmt::format("there is no shard {} of {}", index, of));
    if (files_.empty()) {
      Begin(json);
      files_.resize(of);
    }
    CompareWithFirst(json, of);
    std::string& file = files_[index - 1];
    if (!file.empty()) throw MergeError(fmt::format("{} is shard {} as well", file, index));
    file = name_ = name;
    Count(json, fmt::format("shard {} of {}", index, of));
  }

  // Errors: MergeError, if shards are missing.
  Merged Finish() {
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (files_[i].empty()) missing.push_back(i + 1);
    }
    if (!missing.empty()) {
      throw MergeError(fmt::format("of {} shards, these are missing: {}; a search is all of them", files_.size(),
                                   fmt::join(missing, ", ")));
    }
    Judge();
    return std::move(merged_);
  }

 private:
  static constexpr std::uint64_t kMostShards = 100'000;

  void Begin(const Json& json) {
    first_ = json;
    if (const Json& classes = json.at("interchangeable"); classes.is_array()) {
      merged_.report.interchangeable = classes.get<std::vector<std::vector<int>>>();
    }
    Run& run = merged_.run;
    run.model = json.at("model").get<std::string>();
    for (const auto& [key, value] : json.at("configuration").items())
      run.configuration.emplace_back(key, value.get<int>());
    run.expand_updates = json.value("expand_updates", false);
    run.not_judged = json.at("not_judged").get<std::vector<std::string>>();
    if (json.contains("only")) run.only = json.at("only").get<std::vector<std::string>>();
    Report& report = merged_.report;
    report.memory = Named(json, "memory_model", {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11});
    report.engine = json.at("engine").get<std::string>();
    report.exhausted = true;
    for (const Json& claim : json.at("claims")) {
      ClaimResult& result = report.claims.emplace_back();
      result.name = claim.at("name").get<std::string>();
      result.description = claim.at("description").get<std::string>();
      result.kind =
          Named(claim, "kind", {Property::Kind::kUniversal, Property::Kind::kExists, Property::Kind::kLiveness});
    }
  }

  void CompareWithFirst(const Json& json, std::uint64_t of) const {
    for (const char* key : kCommon) {
      if (json.value(key, Json()) == first_.value(key, Json())) continue;
      throw MergeError(fmt::format("it has another \"{}\" than the first; merge the shards of one search", key));
    }
    if (of != files_.size()) {
      throw MergeError(fmt::format("it is one of {} shards, the first is one of {}", of, files_.size()));
    }
    const Json& claims = json.at("claims");
    if (claims.size() != merged_.report.claims.size()) throw MergeError("it has other claims than the first");
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (claims[i].at("name") != merged_.report.claims[i].name) throw MergeError("it has other claims than the first");
    }
  }

  void Count(const Json& json, const std::string& shard) {
    Report& report = merged_.report;
    report.executions += CountOf(json, "executions");
    report.represented += json.value("represented", 0.0);
    report.blocked += CountOf(json, "blocked");
    report.stuck += CountOf(json, "stuck");
    report.native_runs += CountOf(json, "native_runs");
    report.cpu_seconds += json.at("cpu_seconds").get<double>();
    report.seconds = std::max(report.seconds, json.at("seconds").get<double>());
    report.peak_bytes = std::max(report.peak_bytes, CountOf(json, "peak_bytes"));
    report.exhausted = json.at("exhausted").get<bool>() && report.exhausted;
    for (const Json& bound : json.at("bounds_hit")) {
      const std::string text = bound.get<std::string>();
      const bool known = std::find(report.bounds_hit.begin(), report.bounds_hit.end(), text) != report.bounds_hit.end();
      if (text != shard && !known) report.bounds_hit.push_back(text);
    }
    for (std::size_t i = 0; i < report.claims.size(); ++i) CountClaim(json, json.at("claims")[i], &report.claims[i]);
  }

  void CountClaim(const Json& json, const Json& claim, ClaimResult* result) {
    result->antecedents += CountOf(claim, "antecedents");
    result->not_evaluated += CountOf(claim, "not_evaluated");
    for (const auto& [key, value] : claim.items()) {
      if (IsMeasure(key)) Measured(result, key, value);
    }
    if (result->evidence.has_value()) return;
    if (claim.contains("witness")) {
      Show(result, claim.at("witness"));
    } else if (claim.contains("violation")) {
      Show(result, claim.at("violation"));
    } else if (VerdictOf(claim) == Verdict::kViolated) {
      const bool shown = json.contains("counterexample") && json.at("counterexample").at("claim") == result->name;
      Show(result,
           shown ? json.at("counterexample") : Json{{"sentence", result->name + " is violated"}, {"path", nullptr}});
    }
  }

  static bool IsMeasure(const std::string& key) {
    for (const char* other : {"name", "description", "kind", "fairness", "verdict", "antecedents", "vacuous",
                              "not_evaluated", "witness", "violation"}) {
      if (key == other) return false;
    }
    return true;
  }

  static void Measured(ClaimResult* result, const std::string& key, const Json& value) {
    const std::uint64_t most = value.is_string() ? Measure::kUnbounded : value.get<std::uint64_t>();
    for (Measure& measure : result->measures) {
      if (measure.name != key) continue;
      measure.value = std::max(measure.value, most);
      return;
    }
    result->measures.push_back({key, most});
  }

  void Show(ClaimResult* result, const Json& finding) {
    result->evidence = Evidence{{result->name, finding.at("sentence").get<std::string>(), {}, false}, {}, {}};
    if (!finding.at("path").is_string()) return;
    merged_.found.push_back({result->name, finding.at("path").get<std::string>(), name_});
  }

  void Judge() {
    Report& report = merged_.report;
    const Verdict holds = !report.exhausted           ? Verdict::kUnknown
                          : report.bounds_hit.empty() ? Verdict::kVerified
                                                      : Verdict::kVerifiedWithinBounds;
    bool unknown = false, bounded = false, violated = false;
    for (ClaimResult& claim : report.claims) {
      if (claim.kind == Property::Kind::kExists) {
        claim.verdict = claim.evidence.has_value() ? Verdict::kVerified : Verdict::kUnknown;
      } else {
        claim.verdict = claim.evidence.has_value() ? Verdict::kViolated : holds;
      }
      violated = violated || claim.verdict == Verdict::kViolated;
      unknown = unknown || claim.verdict == Verdict::kUnknown;
      bounded = bounded || claim.verdict == Verdict::kVerifiedWithinBounds;
    }
    report.verdict = violated  ? Verdict::kViolated
                     : unknown ? Verdict::kUnknown
                     : bounded ? Verdict::kVerifiedWithinBounds
                               : Verdict::kVerified;
  }

  Json first_;
  std::vector<std::string> files_;  // by shard; empty: not there yet
  std::string name_;                // of the file that is being added
  Merged merged_;
};

}  // namespace

Merged MergeReports(const std::vector<ReportFile>& files) {
  Merger merger;
  for (const ReportFile& file : files) {
    try {
      merger.Add(Json::parse(file.text), file.name);
    } catch (const MergeError& error) {
      throw MergeError(fmt::format("{}: {}; {}", file.name, error.what(), kHowToMake));
    } catch (const Json::exception& error) {
      throw MergeError(fmt::format("{}: this is no report ({}); {}", file.name, error.what(), kHowToMake));
    }
  }
  return merger.Finish();
}

}  // namespace doorway

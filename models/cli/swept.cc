#include "models/cli/swept.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "reports/text.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

bool OfStates(const Report& report) { return report.engine == "state"; }

std::uint64_t FirstCount(const Report& report) {
  if (report.engine == "native") return report.native_runs;
  return OfStates(report) ? report.states : report.executions;
}
std::uint64_t SecondCount(const Report& report) { return OfStates(report) ? report.transitions : report.blocked; }

const char* FirstCountName(const std::string& engine) {
  if (engine == "native") return "runs";
  return engine == "state" ? "states" : "executions";
}
const char* SecondCountName(const std::string& engine) { return engine == "state" ? "transitions" : "blocked"; }

std::vector<std::string> ViolatedOf(const Report& report) {
  std::vector<std::string> names;
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict == Verdict::kViolated) names.push_back(claim.name);
  }
  return names;
}

// Of several claims that measure the same, the most.
std::vector<std::pair<std::string, std::uint64_t>> MeasuresOf(const Report& report) {
  std::vector<std::pair<std::string, std::uint64_t>> measures;
  for (const ClaimResult& claim : report.claims) {
    for (const Measure& measure : claim.measures) {
      const auto at = std::find_if(measures.begin(), measures.end(),
                                   [&](const auto& known) { return known.first == measure.name; });
      if (at == measures.end()) {
        measures.emplace_back(measure.name, measure.value);
      } else {
        at->second = std::max(at->second, measure.value);
      }
    }
  }
  return measures;
}

std::string ShowCount(std::uint64_t count) {
  return count == Measure::kUnbounded ? "unbounded" : fmt::format("{}", count);
}

int ValueOf(const Run& run, const std::string& parameter) { return Configuration(run.configuration).at(parameter); }

// As wide as its heading, and wide enough for any value.
std::size_t Width(const std::string& parameter) { return std::max<std::size_t>(parameter.size(), 3); }

std::string InWords(const Swept& swept, const Configuration& configuration) {
  std::vector<std::string> words;
  for (const std::string& name : swept.parameters) words.push_back(fmt::format("{}={}", name, configuration.at(name)));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string Quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string CsvLine(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) line += (&field == &fields.front() ? "" : ",") + Quoted(field);
  return line + "\n";
}

std::vector<std::string> AllMeasures(const Swept& swept) {
  std::vector<std::string> names;
  for (const SweptRow& row : swept.rows) {
    for (const auto& measure : MeasuresOf(row.report)) {
      if (std::find(names.begin(), names.end(), measure.first) == names.end()) names.push_back(measure.first);
    }
  }
  return names;
}

}  // namespace

std::string SweepHeading(const Swept& swept, const std::string& engine) {
  std::string line;
  for (const std::string& name : swept.parameters) line += fmt::format("{:>{}}  ", name, Width(name));
  return line + fmt::format("{:<22}  {:>12}  {:>12}  {:>8}  {}\n", "verdict", FirstCountName(engine),
                            SecondCountName(engine), "seconds", "measures; what is violated; bounds hit");
}

std::string SweepLine(const Swept& swept, const SweptRow& row) {
  std::string line;
  for (const std::string& name : swept.parameters) {
    line += fmt::format("{:>{}}  ", ValueOf(row.run, name), Width(name));
  }
  line += fmt::format("{:<22}  {:>12}  {:>12}  {:>8.2f}", Name(row.report.verdict), Grouped(FirstCount(row.report)),
                      Grouped(SecondCount(row.report)), row.report.seconds);
  std::vector<std::string> facts;
  for (const auto& [name, value] : MeasuresOf(row.report)) facts.push_back(name + " " + ShowCount(value));
  for (const std::string& claim : ViolatedOf(row.report)) facts.push_back("violated: " + claim);
  for (const std::string& bound : row.report.bounds_hit) facts.push_back(bound);
  if (!facts.empty()) line += fmt::format("  {}", fmt::join(facts, "; "));
  return line + "\n";
}

std::string LeftOutInWords(const Swept& swept) {
  constexpr std::size_t kShown = 10;
  if (swept.left_out.empty()) return "";
  std::vector<std::string> words;
  for (const Configuration& configuration : swept.left_out) {
    if (words.size() < kShown) words.push_back(InWords(swept, configuration));
  }
  if (swept.left_out.size() > kShown) words.push_back(fmt::format("and {} more", swept.left_out.size() - kShown));
  return fmt::format("left out, since {}: {} of {} configurations: {}\n", swept.why_left_out, swept.left_out.size(),
                     swept.left_out.size() + swept.rows.size(), fmt::join(words, ", "));
}

std::string SweepCsv(const Swept& swept) {
  const std::vector<std::string> measures = AllMeasures(swept);
  const std::string engine = swept.rows.empty() ? "graph" : swept.rows.front().report.engine;
  std::vector<std::string> heading = swept.parameters;
  for (const char* name : {"verdict", "violated", FirstCountName(engine), SecondCountName(engine), "seconds"}) {
    heading.emplace_back(name);
  }
  heading.insert(heading.end(), measures.begin(), measures.end());
  heading.emplace_back("bounds_hit");
  std::string csv = CsvLine(heading);
  for (const auto& [run, report, json] : swept.rows) {
    std::vector<std::string> fields;
    for (const std::string& name : swept.parameters) fields.push_back(fmt::format("{}", ValueOf(run, name)));
    fields.emplace_back(Name(report.verdict));
    fields.push_back(fmt::format("{}", fmt::join(ViolatedOf(report), " ")));
    fields.push_back(fmt::format("{}", FirstCount(report)));
    fields.push_back(fmt::format("{}", SecondCount(report)));
    fields.push_back(fmt::format("{:.6f}", report.seconds));
    const auto measured = MeasuresOf(report);
    for (const std::string& name : measures) {
      const auto at =
          std::find_if(measured.begin(), measured.end(), [&](const auto& any) { return any.first == name; });
      fields.push_back(at == measured.end() ? "" : ShowCount(at->second));
    }
    fields.push_back(fmt::format("{}", fmt::join(report.bounds_hit, "; ")));
    csv += CsvLine(fields);
  }
  for (const Configuration& configuration : swept.left_out) {
    std::vector<std::string> fields;
    for (const std::string& name : swept.parameters) fields.push_back(fmt::format("{}", configuration.at(name)));
    fields.emplace_back("left_out");
    fields.resize(heading.size());
    csv += CsvLine(fields);
  }
  return csv;
}

std::string SweepJson(const Swept& swept) {
  Json json;
  json["schema"] = "doorway.sweep/1";
  json["model"] = swept.model;
  json["parameters"] = swept.parameters;
  json["runs"] = Json::array();
  for (const SweptRow& row : swept.rows) json["runs"].push_back(Json::parse(row.json));
  json["left_out"] = Json::array();
  for (const Configuration& configuration : swept.left_out) {
    Json values;
    for (const auto& [name, value] : configuration.values()) values[name] = value;
    json["left_out"].push_back(std::move(values));
  }
  json["why_left_out"] = swept.left_out.empty() ? Json(nullptr) : Json(swept.why_left_out);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doorway

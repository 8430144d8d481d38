#include "models/cli/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/cli/text_table.h"
#include "reports/text.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

bool Holds(const ClaimResult& claim) {
  return claim.verdict == Verdict::kVerified || claim.verdict == Verdict::kVerifiedWithinBounds;
}

const ClaimResult* ClaimOf(const ComparedRun& run, const std::string& claim) {
  return run.report.has_value() ? run.report->Find(claim) : nullptr;
}

// Each once, in the order in which they first come.
template <class NameOf>
std::vector<std::string> Names(const std::vector<ComparedRun>& runs, NameOf name_of) {
  std::vector<std::string> names;
  for (const ComparedRun& run : runs) {
    for (std::string& name : name_of(run)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
  }
  return names;
}

std::vector<std::string> Models(const std::vector<ComparedRun>& runs) {
  return Names(runs, [](const ComparedRun& run) { return std::vector<std::string>{run.run.model}; });
}

std::vector<std::string> Claims(const std::vector<ComparedRun>& runs) {
  return Names(runs, [](const ComparedRun& run) {
    std::vector<std::string> claims;
    if (run.report.has_value()) {
      for (const ClaimResult& claim : run.report->claims) claims.push_back(claim.name);
    }
    claims.insert(claims.end(), run.run.not_judged.begin(), run.run.not_judged.end());
    return claims;
  });
}

std::vector<std::string> Measures(const std::vector<ComparedRun>& runs) {
  return Names(runs, [](const ComparedRun& run) {
    std::vector<std::string> measures;
    if (!run.report.has_value()) return measures;
    for (const ClaimResult& claim : run.report->claims) {
      for (const Measure& measure : claim.measures) measures.push_back(measure.name);
    }
    return measures;
  });
}

std::vector<MemoryModel> Memories(const std::vector<ComparedRun>& runs) {
  std::vector<MemoryModel> memories;
  for (const ComparedRun& run : runs) {
    if (std::find(memories.begin(), memories.end(), run.memory) == memories.end()) memories.push_back(run.memory);
  }
  return memories;
}

std::string VerdictCell(const ComparedRun& run, const std::string& name) {
  const std::vector<std::string>& not_judged = run.run.not_judged;
  if (std::find(not_judged.begin(), not_judged.end(), name) != not_judged.end()) return "not judged";
  const ClaimResult* claim = ClaimOf(run, name);
  if (claim == nullptr) return "-";
  if (claim->verdict == Verdict::kViolated) return "VIOLATED";
  if (Vacuous(*claim)) return "vacuous";
  if (claim->verdict == Verdict::kUnknown && claim->kind == Property::Kind::kExists && run.report->exhausted) {
    return "no witness";
  }
  return Name(claim->verdict);
}

// Of several claims that measure the same, the most.
std::string MeasureCell(const ComparedRun& run, const std::string& name) {
  std::optional<std::uint64_t> most;
  if (!run.report.has_value()) return "-";
  for (const ClaimResult& claim : run.report->claims) {
    for (const Measure& measure : claim.measures) {
      if (measure.name == name) most = std::max(most.value_or(0), measure.value);
    }
  }
  if (!most.has_value()) return "-";
  return *most == Measure::kUnbounded ? "unbounded" : Grouped(*most);
}

// One row of the table: what `cell` says of each run.
template <class Cell>
void AddRow(TextTable& table, const std::string& name, const std::vector<ComparedRun>& runs, Cell cell) {
  std::vector<std::string> row = {name};
  for (const ComparedRun& run : runs) row.push_back(cell(run));
  table.Add(std::move(row));
}

template <class Count>
void AddCount(TextTable& table, const std::string& name, const std::vector<ComparedRun>& runs, Count count) {
  AddRow(table, name, runs, [&](const ComparedRun& run) -> std::string {
    return run.report.has_value() ? Grouped(count(*run.report)) : "-";
  });
}

void AddCounts(TextTable& table, const std::vector<ComparedRun>& runs) {
  const auto ran =
      std::find_if(runs.begin(), runs.end(), [](const ComparedRun& run) { return run.report.has_value(); });
  if (ran == runs.end()) return;
  if (ran->report->engine == "state") {
    AddCount(table, "states", runs, [](const Report& report) { return report.states; });
    AddCount(table, "transitions", runs, [](const Report& report) { return report.transitions; });
  } else if (ran->report->engine == "native") {
    AddCount(table, "runs", runs, [](const Report& report) { return report.native_runs; });
  } else {
    AddCount(table, "executions", runs, [](const Report& report) { return report.executions; });
    AddCount(table, "blocked", runs, [](const Report& report) { return report.blocked; });
  }
}

std::string Letter(std::size_t model) { return std::string(1, static_cast<char>('A' + model)); }

// "sc" of one model, "A" under one memory model, "A sc" else.
std::vector<std::string> Headings(const std::vector<ComparedRun>& runs) {
  const std::vector<std::string> models = Models(runs);
  const bool many_memories = Memories(runs).size() > 1;
  std::vector<std::string> headings = {""};
  for (const ComparedRun& run : runs) {
    const auto at = std::find(models.begin(), models.end(), run.run.model) - models.begin();
    std::string heading = models.size() > 1 ? Letter(static_cast<std::size_t>(at)) : "";
    if (models.size() == 1 || many_memories) heading += (heading.empty() ? "" : " ") + std::string(Name(run.memory));
    headings.push_back(std::move(heading));
  }
  return headings;
}

std::string Legend(const std::vector<ComparedRun>& runs) {
  const std::vector<std::string> models = Models(runs);
  TextTable legend;
  for (std::size_t i = 0; i < models.size(); ++i) {
    const auto run =
        std::find_if(runs.begin(), runs.end(), [&](const ComparedRun& any) { return any.run.model == models[i]; });
    std::vector<std::string> row = {models[i], ShowConfiguration(run->run)};
    if (models.size() > 1) row.insert(row.begin(), Letter(i));
    legend.Add(std::move(row));
  }
  const auto ran =
      std::find_if(runs.begin(), runs.end(), [](const ComparedRun& run) { return run.report.has_value(); });
  if (ran == runs.end()) return legend.Text();
  std::string engine = "engine " + ran->report->engine;
  if (Memories(runs).size() == 1) engine += std::string(", memory model ") + MemoryName(*ran->report);
  if (!ran->run.fairness.empty()) engine += ", under " + ran->run.fairness + " fairness";
  return legend.Text() + engine + "\n";
}

std::string BoundsCell(const ComparedRun& run) {
  if (!run.report.has_value()) return run.why_not;
  return run.report->bounds_hit.empty() ? "none" : fmt::format("{}", fmt::join(run.report->bounds_hit, "; "));
}

// Under its heading where the bounds differ: they are long.
std::string Bounds(const std::vector<ComparedRun>& runs) {
  const std::vector<std::string> headings = Headings(runs);
  const bool alike = std::all_of(runs.begin(), runs.end(),
                                 [&](const ComparedRun& run) { return BoundsCell(run) == BoundsCell(runs.front()); });
  if (alike) return "bounds hit: " + BoundsCell(runs.front()) + "\n";
  std::string text;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    text += fmt::format("bounds hit, {}: {}\n", headings[i + 1], BoundsCell(runs[i]));
  }
  return text;
}

std::string JoinedNames(const std::vector<MemoryModel>& memories) {
  std::string text;
  for (std::size_t i = 0; i < memories.size(); ++i) {
    if (i > 0) text += i + 1 == memories.size() ? " and " : ", ";
    text += Name(memories[i]);
  }
  return text;
}

std::string Sentence(const FirstBroken& broken, bool many_models) {
  std::string text = many_models ? fmt::format("{}: {}", broken.model, broken.claim) : broken.claim;
  text += fmt::format(" is broken first by {}", Name(broken.memory));
  if (!broken.holds.empty()) text += fmt::format("; it holds under {}", JoinedNames(broken.holds));
  if (!broken.unknown.empty()) text += fmt::format("; nobody knows about {}", JoinedNames(broken.unknown));
  return text + "\n";
}

Json NamesJson(const std::vector<MemoryModel>& memories) {
  Json names = Json::array();
  for (const MemoryModel memory : memories) names.push_back(Name(memory));
  return names;
}

}  // namespace

std::vector<FirstBroken> FirstBrokenOf(const std::vector<ComparedRun>& runs) {
  std::vector<FirstBroken> all;
  for (const std::string& model : Models(runs)) {
    for (const std::string& name : Claims(runs)) {
      FirstBroken broken{model, name};
      for (const ComparedRun& run : runs) {
        if (run.run.model != model) continue;
        const ClaimResult* claim = ClaimOf(run, name);
        if (claim != nullptr && claim->verdict == Verdict::kViolated) {
          broken.memory = run.memory;
          all.push_back(std::move(broken));
          break;
        }
        (claim != nullptr && Holds(*claim) ? broken.holds : broken.unknown).push_back(run.memory);
      }
    }
  }
  return all;
}

std::vector<Difference> DifferencesOf(const std::vector<ComparedRun>& runs) {
  std::vector<Difference> all;
  for (const std::string& name : Claims(runs)) {
    for (const MemoryModel memory : Memories(runs)) {
      Difference difference{name, memory, {}, {}};
      for (const ComparedRun& run : runs) {
        const ClaimResult* claim = ClaimOf(run, name);
        if (claim == nullptr || run.memory != memory) continue;
        if (Holds(*claim)) difference.kept_by.push_back(run.run.model);
        if (claim->verdict == Verdict::kViolated) difference.broken_by.push_back(run.run.model);
      }
      if (!difference.kept_by.empty() && !difference.broken_by.empty()) all.push_back(std::move(difference));
    }
  }
  return all;
}

std::string RenderComparison(const std::vector<ComparedRun>& runs) {
  TextTable table;
  table.Add(Headings(runs));
  for (const std::string& claim : Claims(runs)) {
    AddRow(table, claim, runs, [&](const ComparedRun& run) { return VerdictCell(run, claim); });
  }
  AddRow(table, "verdict", runs, [](const ComparedRun& run) -> std::string {
    return run.report.has_value() ? Name(run.report->verdict) : "not run";
  });
  AddCounts(table, runs);
  for (const std::string& measure : Measures(runs)) {
    AddRow(table, measure, runs, [&](const ComparedRun& run) { return MeasureCell(run, measure); });
  }
  AddRow(table, "seconds", runs, [](const ComparedRun& run) -> std::string {
    return run.report.has_value() ? fmt::format("{:.2f}", run.report->seconds) : "-";
  });
  std::string text = Legend(runs) + "\n" + table.Text() + Bounds(runs);
  const bool many_models = Models(runs).size() > 1;
  std::string sentences;
  if (Memories(runs).size() > 1) {
    for (const FirstBroken& broken : FirstBrokenOf(runs)) sentences += Sentence(broken, many_models);
  }
  for (const Difference& difference : DifferencesOf(runs)) {
    sentences += fmt::format("{} under {}: kept by {}; broken by {}\n", difference.claim, Name(difference.memory),
                             fmt::join(difference.kept_by, ", "), fmt::join(difference.broken_by, ", "));
  }
  return sentences.empty() ? text : text + "\n" + sentences;
}

std::string ComparisonJson(const std::vector<ComparedRun>& runs) {
  Json json;
  json["schema"] = "doorway.comparison/1";
  json["runs"] = Json::array();
  json["not_run"] = Json::array();
  for (const ComparedRun& run : runs) {
    if (run.report.has_value()) {
      json["runs"].push_back(Json::parse(run.json));
    } else {
      json["not_run"].push_back({{"model", run.run.model}, {"memory_model", Name(run.memory)}, {"why", run.why_not}});
    }
  }
  json["first_broken"] = Json::array();
  for (const FirstBroken& broken : FirstBrokenOf(runs)) {
    json["first_broken"].push_back({{"model", broken.model},
                                    {"claim", broken.claim},
                                    {"memory_model", Name(broken.memory)},
                                    {"holds_under", NamesJson(broken.holds)},
                                    {"unknown_under", NamesJson(broken.unknown)}});
  }
  json["differences"] = Json::array();
  for (const Difference& difference : DifferencesOf(runs)) {
    json["differences"].push_back({{"claim", difference.claim},
                                   {"memory_model", Name(difference.memory)},
                                   {"kept_by", difference.kept_by},
                                   {"broken_by", difference.broken_by}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doorway

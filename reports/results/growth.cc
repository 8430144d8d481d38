#include "reports/results/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace doorway::results {
namespace {

constexpr std::size_t kFewestValues = 3;  // two points make no curve

bool HasSize(const RunResult& run) {
  const bool explored = run.engine == "graph" || run.engine == "state";
  return explored && run.shard.empty() && !run.by_walks && !run.configuration.empty();
}

std::int64_t ValueOf(const RunResult& run, const std::string& parameter) {
  for (const auto& [name, value] : run.configuration) {
    if (name == parameter) return value;
  }
  return 0;
}

bool HasRounds(const RunResult& run) {
  return std::any_of(run.configuration.begin(), run.configuration.end(),
                     [](const auto& parameter) { return parameter.first == "rounds"; });
}

// Of runs that belong into one drawing: the same for all.
std::string Group(const RunResult& run) {
  std::string names;
  for (const auto& parameter : run.configuration) names += parameter.first + " ";
  const bool endless = HasRounds(run) && ValueOf(run, "rounds") == 0;
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", run.model, ShowEngine(run), run.expand_updates,
                     fmt::join(run.only, " "), names, endless, run.represented.has_value());
}

using Runs = std::vector<const RunResult*>;

std::size_t ValuesOf(const Runs& runs, const std::string& parameter) {
  std::set<std::int64_t> values;
  for (const RunResult* run : runs) values.insert(ValueOf(*run, parameter));
  return values.size();
}

GrowthPoint PointOf(const RunResult& run, const std::string& parameter) {
  const std::uint64_t count = run.engine == "state" ? run.states : run.executions;
  return {ValueOf(run, parameter), count, run.seconds, run.exhausted};
}

// A point a size: of several runs of one configuration, the first that came to its end.
void Add(const GrowthPoint& point, GrowthLine* line) {
  for (GrowthPoint& known : line->points) {
    if (known.size != point.size) continue;
    if (!known.whole && point.whole) known = point;
    return;
  }
  line->points.push_back(point);
}

// REQUIRES: the runs are of one group.
Growth Draw(const Runs& runs, const std::string& parameter) {
  const RunResult& first = *runs.front();
  Growth growth{first.model, ShowEngine(first), "", parameter, first.engine == "state", {}};
  std::vector<std::string> varying, fixed;
  for (const auto& [name, value] : first.configuration) {
    if (name == parameter) continue;
    if (ValuesOf(runs, name) > 1) {
      varying.push_back(name);
    } else {
      fixed.push_back(fmt::format("{}={}", name, value));
    }
  }
  if (first.expand_updates) fixed.emplace_back("updates expanded");
  growth.others = fmt::format("{}", fmt::join(fixed, " "));
  std::map<std::vector<std::int64_t>, GrowthLine> lines;
  for (const RunResult* run : runs) {
    std::vector<std::int64_t> values;
    std::vector<std::string> words;
    for (const std::string& name : varying) {
      values.push_back(ValueOf(*run, name));
      words.push_back(fmt::format("{}={}", name, values.back()));
    }
    GrowthLine& line = lines[values];
    line.label = fmt::format("{}", fmt::join(words, " "));
    Add(PointOf(*run, parameter), &line);
  }
  for (auto& [values, line] : lines) {
    std::sort(line.points.begin(), line.points.end(),
              [](const GrowthPoint& a, const GrowthPoint& b) { return a.size < b.size; });
    growth.lines.push_back(std::move(line));
  }
  return growth;
}

}  // namespace

std::vector<Growth> GrowthsOf(const std::vector<RunResult>& runs) {
  std::vector<std::string> order;
  std::map<std::string, Runs> groups;
  for (const RunResult& run : runs) {
    if (!HasSize(run)) continue;
    Runs& group = groups[Group(run)];
    if (group.empty()) order.push_back(Group(run));
    group.push_back(&run);
  }
  std::vector<Growth> growths;
  for (const std::string& name : order) {
    const Runs& group = groups[name];
    std::string parameter;
    std::size_t most = kFewestValues - 1;
    for (const auto& [candidate, value] : group.front()->configuration) {
      const std::size_t values = ValuesOf(group, candidate);
      if (values > most) parameter = candidate;
      most = std::max(most, values);
    }
    if (!parameter.empty()) growths.push_back(Draw(group, parameter));
  }
  return growths;
}

}  // namespace doorway::results

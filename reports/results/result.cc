#include "reports/results/result.h"

#include <fmt/format.h>

namespace doorway::results {

std::string Show(const Place& place) {
  return place.entry.empty() ? place.path : fmt::format("{} ({})", place.path, place.entry);
}

std::string ShowConfiguration(const RunResult& run) {
  std::string shown;
  for (const auto& [name, value] : run.configuration) {
    shown += fmt::format("{}{}={}", shown.empty() ? "" : " ", name, value);
  }
  if (run.expand_updates) shown += shown.empty() ? "updates expanded" : ", updates expanded";
  return shown;
}

std::string ShowEngine(const RunResult& run) {
  std::string shown = run.engine;
  if (run.memory != "hardware") shown += " " + run.memory;
  if (!run.fairness.empty()) shown += ", " + run.fairness + " fairness";
  return shown;
}

}  // namespace doorway::results

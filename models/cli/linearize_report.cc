#include "models/cli/linearize_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace doorway {
namespace {

using linearize::Answer;
using linearize::Limit;
using linearize::Origin;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 20;

std::string ShowCall(const LinearizeReport& report, std::uint32_t i) {
  return Show(report.history.calls[i], report.vocabulary.functions);
}

const std::string& ProcessOf(const LinearizeReport& report, std::uint32_t i) {
  return report.history.processes[report.history.origins[i].process];
}

std::string Lines(const Origin& origin) {
  if (origin.response_line == 0) return fmt::format("{} to  ...", origin.invoke_line);
  return fmt::format("{} to {:>4}", origin.invoke_line, origin.response_line);
}

// A state, with callers ("#3") by their names.
std::string ShowState(const LinearizeReport& report, const std::string& state) {
  if (!report.vocabulary.asks_caller) return state;
  std::string shown;
  for (std::size_t i = 0; i < state.size(); ++i) {
    std::size_t end = i + 1, caller = 0;
    while (state[i] == '#' && end < state.size() && std::isdigit(static_cast<unsigned char>(state[end])) != 0) {
      caller = caller * 10 + static_cast<std::size_t>(state[end++] - '0');
    }
    if (end == i + 1) {
      shown += state[i];
    } else {
      shown += "process " + report.history.processes[caller - 1];
      i = end - 1;
    }
  }
  return shown;
}

const char* Name(Limit limit) {
  switch (limit) {
    case Limit::kTime:
      return "time";
    case Limit::kMemory:
      return "memory";
    case Limit::kConfigurations:
      return "configurations";
    case Limit::kStopped:
      return "interrupted";
    case Limit::kNone:
      break;
  }
  return "none";
}

std::size_t Pending(const LinearizeReport& report) {
  const auto& intervals = report.history.intervals;
  return static_cast<std::size_t>(
      std::count_if(intervals.begin(), intervals.end(), [](const auto& interval) { return interval.pending(); }));
}

std::string ShowFigures(const LinearizeReport& report) {
  const auto& [file, vocabulary, history, result, seconds] = report;
  std::string shown = fmt::format("  {} operations of {} processes, {} pending", history.calls.size(),
                                  history.processes.size(), Pending(report));
  if (result.parts != 1) shown += fmt::format("; {} keys", result.parts);
  if (result.fast_parts > 0) {
    shown += result.parts == 1 ? "; a register of distinct writes"
                               : fmt::format(", {} of them registers of distinct writes", result.fast_parts);
  }
  shown += fmt::format("; {} configurations, {} states, {:.3g} ms, {:.3g} MB\n", result.configurations, result.states,
                       seconds * 1e3, static_cast<double>(result.peak_bytes) / 1e6);
  if (history.other_lines > 0) shown += fmt::format("  {} lines tell of no operation\n", history.other_lines);
  return shown;
}

std::string ShowCounterexample(const LinearizeReport& report) {
  const linearize::Counterexample& found = *report.result.counterexample;
  const Origin& origin = report.history.origins[found.misfit];
  std::string shown =
      fmt::format("\n{} of process {}, lines {} to {}, has no place in any order.\n", ShowCall(report, found.misfit),
                  ProcessOf(report, found.misfit), origin.invoke_line, origin.response_line);
  std::vector<std::string> states;
  for (const std::string& state : found.states) states.push_back(ShowState(report, state));
  shown += fmt::format(
      "Once everything that responded before it has taken effect, the state is {}{}, where it cannot; nor can it "
      "earlier, "
      "unless something else then has no place.\n",
      fmt::join(states, " or "), found.more_states ? " or another one" : "");
  if (!found.prefix_known) return shown + "The limits ran out before an order of what was before it was found.\n";
  const std::size_t rows = std::min(kMostRows, found.prefix.size());
  shown += fmt::format("Up to before line {} the history is linearizable{}", origin.response_line,
                       found.prefix.empty() ? ".\n" : ", for instance so");
  if (found.prefix.empty()) return shown;
  if (rows < found.prefix.size()) shown += fmt::format(" (the last {} of {})", rows, found.prefix.size());
  shown += fmt::format(":\n\n  {:>16}  {:<7}  operation\n", "lines", "process");
  for (std::size_t row = found.prefix.size() - rows; row < found.prefix.size(); ++row) {
    const std::uint32_t i = found.prefix[row];
    shown += fmt::format("  {:>16}  {:<7}  {}\n", Lines(report.history.origins[i]), ProcessOf(report, i),
                         ShowCall(report, i));
  }
  shown += fmt::format("  {:>16}  {:<7}  {}   has no place\n", Lines(origin), ProcessOf(report, found.misfit),
                       ShowCall(report, found.misfit));
  return shown;
}

Json OperationJson(const LinearizeReport& report, std::uint32_t i) {
  const Origin& origin = report.history.origins[i];
  Json json = {{"process", ProcessOf(report, i)},
               {"operation", ShowCall(report, i)},
               {"invoke_line", origin.invoke_line},
               {"response_line", nullptr}};
  if (origin.response_line != 0) json["response_line"] = origin.response_line;
  return json;
}

}  // namespace

std::string ShowLinearizeReport(const LinearizeReport& report) {
  const std::string_view specification = report.vocabulary.specification;
  switch (report.result.answer) {
    case Answer::kYes:
      return fmt::format("{}: VERIFIED, linearizable as {}\n{}", report.file, specification, ShowFigures(report));
    case Answer::kNo:
      return fmt::format("{}: VIOLATED, not linearizable as {}\n{}{}", report.file, specification, ShowFigures(report),
                         ShowCounterexample(report));
    case Answer::kUnknown:
      break;
  }
  return fmt::format("{}: UNKNOWN, the search for {} did not come to its end: {}\n{}", report.file, specification,
                     Name(report.result.limit), ShowFigures(report));
}

std::string LinearizeReportJson(const LinearizeReport& report) {
  const auto& [file, vocabulary, history, result, seconds] = report;
  constexpr const char* kNames[] = {"verified", "violated", "unknown"};
  Json json = {{"schema", "doorway.linearize/1"},
               {"history", file},
               {"specification", vocabulary.specification},
               {"verdict", kNames[static_cast<int>(result.answer)]}};
  if (result.answer == Answer::kUnknown) json["limit"] = Name(result.limit);
  json["operations"] = history.calls.size();
  json["pending"] = Pending(report);
  json["processes"] = history.processes.size();
  json["parts"] = result.parts;
  json["fast_parts"] = result.fast_parts;
  json["configurations"] = result.configurations;
  json["states"] = result.states;
  json["seconds"] = seconds;
  json["bytes"] = result.peak_bytes;
  if (result.counterexample) {
    const linearize::Counterexample& found = *result.counterexample;
    Json& shown = json["counterexample"];
    shown["misfit"] = OperationJson(report, found.misfit);
    shown["prefix"] = nullptr;
    if (found.prefix_known) {
      shown["prefix"] = Json::array();
      for (const std::uint32_t i : found.prefix) shown["prefix"].push_back(OperationJson(report, i));
    }
    shown["states"] = Json::array();
    for (const std::string& state : found.states) shown["states"].push_back(ShowState(report, state));
    shown["more_states"] = found.more_states;
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace doorway

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/counterexample.h"
#include "reports/finding.h"
#include "reports/lasso.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

const char* Name(ThreadEnd end) {
  switch (end) {
    case ThreadEnd::kFinished:
      return "finished";
    case ThreadEnd::kRunning:
      return "running";
    case ThreadEnd::kBounded:
      return "bounded";
    case ThreadEnd::kBlocked:
      return "blocked";
    case ThreadEnd::kStuck:
      return "stuck";
  }
  return "?";
}

std::string LocationNameOf(const Execution& execution, LocationId location) {
  return location == kNoLocation ? "" : (*execution.locations)[location].name;
}

Json StepJson(const TraceStep& step, int number) {
  Json json;
  json["step"] = number;
  json["thread"] = step.thread;
  json["operation"] = step.operation;
  if (!step.location.empty()) json["location"] = step.location;
  json["order"] = step.order;
  json["file"] = step.file;
  json["line"] = step.line;
  if (step.reads_from != TraceStep::kNotARead) {
    json["read"] = step.read;
    if (step.reads_from == TraceStep::kInitialValue) {
      json["reads_from"] = "init";
    } else {
      json["reads_from"] = step.reads_from + 1;
    }
  }
  if (step.mo_position != TraceStep::kNotAWrite) {
    json["written"] = step.written;
    json["mo_position"] = step.mo_position;
  }
  if (step.spurious) json["spurious"] = true;
  if (step.choice != TraceStep::kNotAChoice) json["choice"] = step.choice;
  return json;
}

Json ThreadsJson(const Execution& execution) {
  Json threads = Json::array();
  for (std::size_t t = 0; t < execution.threads.size(); ++t) {
    const ThreadState& state = execution.threads[t];
    Json json;
    json["thread"] = t;
    json["end"] = Name(state.end);
    json["daemon"] = state.daemon;
    if (state.pending != nullptr && state.end != ThreadEnd::kFinished) {
      json["pending"] = {{"operation", state.pending->verb},
                         {"location", LocationNameOf(execution, state.pending->location)},
                         {"file", state.pending->site.file},
                         {"line", state.pending->site.line}};
    }
    threads.push_back(std::move(json));
  }
  return threads;
}

// The locations that the execution touches, by id.
Json LocationsJson(const Execution& execution) {
  std::map<LocationId, Json> used;
  for (const Event& event : execution.events) {
    if (event.kind == EventKind::kInit || event.location == kNoLocation) continue;
    const Location& location = (*execution.locations)[event.location];
    used[event.location] = {{"name", location.name},
                            {"bytes", location.width},
                            {"plain", location.plain},
                            {"signed", location.is_signed},
                            {"initial", location.initial}};
  }
  Json locations = Json::array();
  for (auto& [id, json] : used) locations.push_back(std::move(json));
  return locations;
}

Json MarksJson(const Execution& execution, const std::vector<int>& number_of) {
  Json marks = Json::array();
  for (const Mark& mark : execution.marks) {
    Json json;
    json["kind"] = std::string(mark.kind.name);
    json["tag"] = mark.is_tag;
    json["thread"] = mark.thread;
    json["subject"] = mark.subject;
    json["argument"] = mark.argument;
    if (mark.before != kNoEvent) json["at_or_after_step"] = number_of[mark.before];
    if (mark.after != kNoEvent) json["at_or_before_step"] = number_of[mark.after];
    json["file"] = mark.site.file;
    json["line"] = mark.site.line;
    marks.push_back(std::move(json));
  }
  return marks;
}

Json LassoJson(const Run& run, const Evidence& evidence) {
  Json json;
  json["cycle_begins_at_step"] = CycleBeginsAtStep(evidence);
  json["starved"] = evidence.lasso->starved < 0 ? Json(nullptr) : Json(evidence.lasso->starved);
  json["running"] = evidence.lasso->running;
  json["fairness"] = run.fairness.empty() ? Json(nullptr) : Json(run.fairness);
  return json;
}

// Endless loops are replayed as bounded ones. A round has an operation at least, so these are enough.
int RoundsToReplay(const Run& run, const Execution& execution) {
  if (run.forever_rounds > 0) return run.forever_rounds;
  std::size_t most = 0;
  for (const ThreadState& thread : execution.threads) most = std::max(most, thread.events.size());
  return static_cast<int>(most) + 1;
}

}  // namespace

std::string CounterexampleJson(const Run& run, MemoryModel memory, Property::Kind kind, const Evidence& evidence) {
  const Execution& execution = evidence.execution;
  const std::vector<EventId> order = FindingOrder(evidence);
  std::vector<int> number_of(execution.events.size(), 0);  // 0: an initial value
  for (std::size_t i = 0; i < order.size(); ++i) number_of[order[i]] = static_cast<int>(i) + 1;

  Json json;
  json["schema"] = kCounterexampleSchema;
  json["model"] = run.model;
  json["configuration"] = Json::object();
  for (const auto& [name, value] : run.configuration) json["configuration"][name] = value;
  json["forever_rounds"] = RoundsToReplay(run, execution);
  if (run.expand_updates) json["expand_updates"] = true;
  json["memory_model"] = Name(memory);
  json["kind"] = kind == Property::Kind::kExists ? "witness" : "violation";
  json["claim"] = evidence.finding.claim;
  json["sentence"] = FindingSentence(run, evidence);
  json["unordered"] = evidence.finding.unordered;
  json["points"] = Json::array();
  for (const Point& point : evidence.finding.points) {
    const int number = point.event < number_of.size() ? number_of[point.event] : 0;
    json["points"].push_back({{"step", number}, {"what", point.what}});
  }
  if (evidence.lasso.has_value()) json["lasso"] = LassoJson(run, evidence);
  json["threads"] = ThreadsJson(execution);
  json["locations"] = LocationsJson(execution);
  json["steps"] = Json::array();
  int number = 0;
  for (const TraceStep& step : ToTrace(execution, order).steps) json["steps"].push_back(StepJson(step, ++number));
  json["marks"] = MarksJson(execution, number_of);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doorway

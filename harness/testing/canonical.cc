#include "harness/testing/canonical.h"

#include <functional>

#include "harness/testing/program.h"

namespace doorway::reference {

namespace {

EventName NameOf(const Execution& execution, EventId id) {
  const Event& event = execution.events[id];
  if (event.kind == EventKind::kInit) return {};
  return {event.thread, event.index};
}

CanonicalEvent Canonical(const Execution& execution, const Event& event) {
  CanonicalEvent canonical;
  canonical.kind = event.kind;
  if (event.location != kNoLocation) canonical.location = (*execution.locations)[event.location].name;
  if (event.kind != EventKind::kChoice) canonical.order = event.order;
  canonical.spurious = event.spurious;
  if (event.IsRead() || event.kind == EventKind::kChoice) canonical.read = event.read;
  if (event.IsWrite()) canonical.written = event.written;
  if (event.IsRead() && event.reads_from != kNoEvent) canonical.reads_from = NameOf(execution, event.reads_from);
  return canonical;
}

std::string ToString(const EventName& name) {
  if (name.thread < 0) return "init";
  return "T" + std::to_string(name.thread) + "." + std::to_string(name.index);
}

std::string ToString(const CanonicalEvent& event) {
  const std::string order = ShortName(event.order);
  const std::string read = std::to_string(event.read);
  const std::string written = std::to_string(event.written);
  const std::string source = " <- " + ToString(event.reads_from);
  switch (event.kind) {
    case EventKind::kInit:
      return "init";
    case EventKind::kRead:
      return "R." + order + " " + event.location + " = " + read + source + (event.spurious ? " (spurious)" : "");
    case EventKind::kWrite:
      return "W." + order + " " + event.location + " = " + written;
    case EventKind::kUpdate:
      return "U." + order + " " + event.location + " = " + read + " -> " + written + source;
    case EventKind::kFence:
      return "F." + order;
    case EventKind::kChoice:
      return "choose " + read;
  }
  return "?";
}

}  // namespace

CanonicalGraph Canonical(const Execution& execution) {
  CanonicalGraph graph;
  for (const ThreadState& thread : execution.threads) {
    std::vector<CanonicalEvent>& events = graph.threads.emplace_back();
    for (EventId id : thread.events) events.push_back(Canonical(execution, execution.events[id]));
  }
  for (std::size_t location = 0; location < execution.modification_order.size(); ++location) {
    const std::vector<EventId>& order = execution.modification_order[location];
    for (EventId id : order) {
      if (execution.events[id].kind == EventKind::kInit) continue;
      graph.modification_order[(*execution.locations)[location].name].push_back(NameOf(execution, id));
    }
  }
  return graph;
}

std::size_t Hash(const CanonicalGraph& graph) { return std::hash<std::string>()(ToString(graph)); }

std::string ToString(const CanonicalGraph& graph) {
  std::string text;
  for (std::size_t t = 0; t < graph.threads.size(); ++t) {
    text += "T" + std::to_string(t) + ":";
    for (std::size_t i = 0; i < graph.threads[t].size(); ++i) {
      text += (i == 0 ? " " : "; ") + ToString(graph.threads[t][i]);
    }
    text += "\n";
  }
  for (const auto& [location, order] : graph.modification_order) {
    text += location + ": init";
    for (const EventName& name : order) text += ", " + ToString(name);
    text += "\n";
  }
  return text;
}

}  // namespace doorway::reference

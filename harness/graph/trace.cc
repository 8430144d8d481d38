#include "harness/graph/trace.h"

namespace doorway {
namespace {

// Where a write stands in its location's modification order.
int PositionInMo(const Execution& execution, EventId event) {
  const LocationId location = execution.events[event].location;
  if (location >= execution.modification_order.size()) return TraceStep::kNotAWrite;
  const std::vector<EventId>& mo = execution.modification_order[location];
  for (std::size_t i = 0; i < mo.size(); ++i) {
    if (mo[i] == event) return static_cast<int>(i);
  }
  return TraceStep::kNotAWrite;
}

}  // namespace

Trace ToTrace(const Execution& execution) {
  std::vector<EventId> order;
  for (EventId e = 0; e < execution.events.size(); ++e) {
    if (execution.events[e].kind != EventKind::kInit) order.push_back(e);
  }
  return ToTrace(execution, order);
}

Trace ToTrace(const Execution& execution, const std::vector<EventId>& order) {
  std::vector<int> step_of(execution.events.size(), TraceStep::kInitialValue);
  Trace trace;
  trace.steps.reserve(order.size());
  for (EventId e : order) {
    const Event& event = execution.events[e];
    TraceStep step;
    step.thread = event.thread;
    step.order = Name(event.order);
    if (event.label != nullptr) {
      step.operation = event.label->verb;
      step.file = event.label->site.file;
      step.line = event.label->site.line;
    }
    if (event.location != kNoLocation) step.location = (*execution.locations)[event.location].name;
    if (event.IsRead()) {
      step.read = event.read;
      step.reads_from = event.reads_from == kNoEvent ? TraceStep::kInitialValue : step_of[event.reads_from];
    }
    if (event.IsWrite()) {
      step.written = event.written;
      step.mo_position = PositionInMo(execution, e);
    }
    step.spurious = event.spurious;
    if (event.kind == EventKind::kChoice) step.choice = static_cast<int>(event.read);
    step_of[e] = static_cast<int>(trace.steps.size());
    trace.steps.push_back(std::move(step));
  }
  return trace;
}

}  // namespace doorway

#include "reports/testing/execution_builder.h"

#include <algorithm>

namespace doorway {
namespace {

constexpr char kFile[] = "locks/sample.h";

// Marks point to the next event only once that is known.
constexpr EventId kNotYet = 0xfffe;

Label Operation(Op op, const char* verb, Operands operands = {}) {
  Label label;
  label.op = op;
  label.verb = verb;
  label.operands = operands;
  return label;
}

}  // namespace

ExecutionBuilder::ExecutionBuilder(int threads) { execution_.threads.resize(static_cast<std::size_t>(threads)); }

LocationId ExecutionBuilder::Location(const std::string& name, Value initial, bool is_signed, std::uint8_t width) {
  const auto id = static_cast<LocationId>(keep_->locations.size());
  doorway::Location location;
  location.name = name;
  location.width = width;
  location.is_signed = is_signed;
  location.initial = initial;
  keep_->locations.push_back(location);
  Event event;
  event.location = id;
  event.written = initial;
  execution_.events.push_back(event);
  execution_.modification_order.push_back({id});
  return id;
}

Label* ExecutionBuilder::NewLabel(Label label) {
  if (label.site.line == 0) label.site = Site{kFile, next_line_++};
  keep_->labels.push_back(label);
  return &keep_->labels.back();
}

EventId ExecutionBuilder::Add(int thread, Event event, Label label) {
  ThreadState& state = execution_.threads[static_cast<std::size_t>(thread)];
  const auto id = static_cast<EventId>(execution_.events.size());
  label.order = event.order;
  label.location = event.location;
  event.thread = static_cast<ThreadId>(thread);
  event.index = static_cast<std::uint16_t>(state.events.size());
  event.label = NewLabel(label);
  execution_.events.push_back(event);
  state.events.push_back(id);
  for (Mark& mark : execution_.marks) {
    if (mark.thread == thread && mark.after == kNotYet) mark.after = id;
  }
  if (event.IsWrite()) execution_.modification_order[event.location].push_back(id);
  return id;
}

EventId ExecutionBuilder::Write(int thread, LocationId location, Value value, Order order) {
  Event event{.kind = EventKind::kWrite, .order = order, .location = location, .written = value};
  return Add(thread, event, Operation(Op::kStore, IsAtomic(order) ? "store" : "write", {value}));
}

EventId ExecutionBuilder::Read(int thread, LocationId location, EventId from, Order order) {
  Event event{.kind = EventKind::kRead, .order = order, .location = location, .reads_from = from};
  event.read = execution_.events[from].written;
  return Add(thread, event, Operation(Op::kLoad, IsAtomic(order) ? "load" : "read"));
}

EventId ExecutionBuilder::ReadAgain(int thread, EventId read) {
  const Event again = execution_.events[read];
  return Add(thread, again, *again.label);
}

EventId ExecutionBuilder::Update(int thread, LocationId location, Value value, Order order, const char* verb) {
  const EventId from = execution_.modification_order[location].back();
  Event event{.kind = EventKind::kUpdate, .order = order, .location = location, .reads_from = from};
  event.read = execution_.events[from].written;
  event.written = value;
  return Add(thread, event, Operation(Op::kUpdate, verb));
}

EventId ExecutionBuilder::FailedCas(int thread, LocationId location, EventId from, Value expected, bool spurious) {
  Event event{.kind = EventKind::kRead, .order = Order::kRelaxed, .location = location, .reads_from = from};
  event.spurious = spurious;
  event.read = execution_.events[from].written;
  return Add(thread, event, Operation(Op::kUpdate, "compare_exchange_weak", {expected, 1}));
}

EventId ExecutionBuilder::Fence(int thread, Order order) {
  return Add(thread, Event{.kind = EventKind::kFence, .order = order}, Operation(Op::kFence, "fence"));
}

EventId ExecutionBuilder::Choice(int thread, int of, int chosen, const char* verb) {
  Event event{.kind = EventKind::kChoice, .read = static_cast<Value>(chosen)};
  return Add(thread, event, Operation(Op::kChoose, verb, {static_cast<Value>(of)}));
}

void ExecutionBuilder::Note(int thread, NoteKind kind, Value argument) {
  Tag(thread, kind, thread, argument);
  execution_.marks.back().is_tag = false;
  execution_.marks.back().after = kNotYet;
}

void ExecutionBuilder::Tag(int thread, NoteKind kind, int subject, Value argument) {
  const std::vector<EventId>& events = execution_.threads[static_cast<std::size_t>(thread)].events;
  Mark mark{};
  mark.kind = kind;
  mark.is_tag = true;
  mark.thread = static_cast<ThreadId>(thread);
  mark.sequence = static_cast<std::uint16_t>(execution_.marks.size());
  mark.subject = subject;
  mark.argument = argument;
  mark.before = mark.after = events.empty() ? kNoEvent : events.back();
  mark.site = Site{kFile, next_line_++};
  execution_.marks.push_back(mark);
}

void ExecutionBuilder::End(int thread, ThreadEnd end, LocationId location, bool daemon) {
  ThreadState& state = execution_.threads[static_cast<std::size_t>(thread)];
  state.end = end;
  state.daemon = daemon;
  const bool spin = location == kNoLocation;
  Label label = Operation(spin ? Op::kBlocked : Op::kLoad, spin ? "spin" : "await");
  label.order = Order::kAcquire;
  label.location = location;
  label.function = spin ? "" : "N7doorway6IsFreeE";
  state.pending = NewLabel(label);
}

Execution::Clocks ExecutionBuilder::HappensBefore() const {
  const std::size_t width = execution_.threads.size();
  Execution::Clocks clocks(execution_.events.size() * width, 0);
  for (EventId e = 0; e < execution_.events.size(); ++e) {
    const Event& event = execution_.events[e];
    if (event.kind == EventKind::kInit) continue;
    const auto join = [&](EventId from) {
      for (std::size_t t = 0; t < width; ++t) {
        clocks[e * width + t] = std::max(clocks[e * width + t], clocks[from * width + t]);
      }
    };
    if (event.index > 0) join(execution_.threads[event.thread].events[event.index - 1u]);
    if (event.IsRead() && IsAcquire(event.order) && IsRelease(execution_.events[event.reads_from].order)) {
      join(event.reads_from);
    }
    clocks[e * width + event.thread] = static_cast<std::uint16_t>(event.index + 1);
  }
  return clocks;
}

Evidence ExecutionBuilder::Finish(Finding finding) {
  for (Mark& mark : execution_.marks) {
    if (mark.after == kNotYet) mark.after = kNoEvent;
  }
  execution_.locations = &keep_->locations;
  execution_.ComputeCoherentOrder();
  execution_.SetOrder(HappensBefore());
  return Evidence{std::move(finding), std::move(execution_), keep_};
}

}  // namespace doorway

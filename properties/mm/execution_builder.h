#pragma once

#include <cstdint>
#include <vector>

#include "harness/graph/execution.h"

// Executions made by hand, for the tests of claims. Events are given in an order in which they could have happened;
// each write goes to the end of its location's modification order. The order -> of the execution is (po + rf + mo +
// fr)+, or (po + rf)+, which is happens-before where every operation is acquire and release.

namespace doorway::mm {

class ExecutionBuilder {
 public:
  enum class OrderIs { kCoherent, kHappensBefore };

  ExecutionBuilder(int threads, int locations, OrderIs order = OrderIs::kCoherent) : order_(order) {
    execution_.threads.resize(static_cast<std::size_t>(threads));
    execution_.modification_order.resize(static_cast<std::size_t>(locations));
    readers_.resize(static_cast<std::size_t>(locations));
    for (int l = 0; l < locations; ++l) {
      Event init;
      init.location = static_cast<LocationId>(l);
      execution_.modification_order[static_cast<std::size_t>(l)].push_back(Append(init));
    }
  }

  // Each adds one operation of `thread` on `location`. A read reads the newest write, or `from`.
  EventId Read(int thread, int location) { return Read(thread, location, Newest(location)); }
  EventId Read(int thread, int location, EventId from) { return Add(EventKind::kRead, thread, location, from); }
  EventId Write(int thread, int location) { return Add(EventKind::kWrite, thread, location, kNoEvent); }
  EventId Update(int thread, int location) { return Add(EventKind::kUpdate, thread, location, Newest(location)); }

  // A tag on the last operation of `thread`; a note between it and the next one.
  void Tag(int thread, NoteKind kind, int subject, Value argument) { Place(thread, kind, subject, argument, true); }
  void Note(int thread, NoteKind kind, int subject, Value argument) { Place(thread, kind, subject, argument, false); }

  Execution Build() {
    execution_.SetOrder(clocks_);
    execution_.ComputeCoherentOrder();
    return execution_;
  }

 private:
  EventId Newest(int location) const {
    return execution_.modification_order[static_cast<std::size_t>(location)].back();
  }

  EventId Append(const Event& event) {
    execution_.events.push_back(event);
    clocks_.resize(execution_.events.size() * execution_.threads.size());
    return static_cast<EventId>(execution_.events.size() - 1);
  }

  void Join(EventId into, EventId from) {
    const std::size_t width = execution_.threads.size();
    for (std::size_t t = 0; t < width; ++t) {
      std::uint16_t& clock = clocks_[into * width + t];
      if (clocks_[from * width + t] > clock) clock = clocks_[from * width + t];
    }
  }

  EventId Add(EventKind kind, int thread, int location, EventId from) {
    ThreadState& state = execution_.threads[static_cast<std::size_t>(thread)];
    std::vector<EventId>& mo = execution_.modification_order[static_cast<std::size_t>(location)];
    std::vector<EventId>& readers = readers_[static_cast<std::size_t>(location)];
    Event event;
    event.kind = kind;
    event.order = Order::kAcqRel;
    event.thread = static_cast<ThreadId>(thread);
    event.index = static_cast<std::uint16_t>(state.events.size());
    event.location = static_cast<LocationId>(location);
    event.reads_from = from;
    const EventId id = Append(event);
    clocks_[id * execution_.threads.size() + static_cast<std::size_t>(thread)] =
        static_cast<std::uint16_t>(event.index + 1);
    if (!state.events.empty()) Join(id, state.events.back());
    if (from != kNoEvent) Join(id, from);
    if (kind != EventKind::kRead) {
      if (order_ == OrderIs::kCoherent) {
        Join(id, mo.back());
        for (const EventId reader : readers) Join(id, reader);
      }
      mo.push_back(id);
    } else {
      readers.push_back(id);
    }
    for (Mark& mark : execution_.marks) {
      if (mark.thread == thread && !mark.is_tag && mark.after == kNoEvent) mark.after = id;
    }
    state.events.push_back(id);
    return id;
  }

  void Place(int thread, NoteKind kind, int subject, Value argument, bool is_tag) {
    const ThreadState& state = execution_.threads[static_cast<std::size_t>(thread)];
    Mark mark{};
    mark.kind = kind;
    mark.is_tag = is_tag;
    mark.thread = static_cast<ThreadId>(thread);
    mark.sequence = sequence_++;
    mark.subject = subject;
    mark.argument = argument;
    if (!state.events.empty()) mark.before = state.events.back();
    if (is_tag) mark.after = mark.before;
    execution_.marks.push_back(mark);
  }

  OrderIs order_;
  Execution execution_;
  Execution::Clocks clocks_;
  std::vector<std::vector<EventId>> readers_;  // by location
  std::uint16_t sequence_ = 0;
};

}  // namespace doorway::mm

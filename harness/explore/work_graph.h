#pragma once

#include <cstdint>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/graph/value.h"

// The graph that the explorer works on: flat arrays, cheap to copy, events in the order of their addition.
//
// An event's slot is its rank in that order, which is what a revisit goes by: it keeps the events up to the read, and
// the new write with its porf-prefix. A successful read-modify-write is one event. Initial writes are events of no
// thread; they count as older than everything, whatever their slot.

namespace doorway {

struct WorkEvent {
  enum Flag : std::uint8_t {
    kRead = 1,
    kWrite = 2,
    kInit = 4,
    kFixed = 8,      // in the porf-prefix of a write that has revisited: never a target again
    kSpurious = 16,  // a weak compare-exchange that failed though it need not have
    kBlocking = 32,  // an await that read a value which does not end it: its thread goes no further
    kNewest = 64,    // added maximally, as far as events of lower slots go (maximality.h)
    kSeqCst = 128,   // may be seq_cst, by its label
  };

  const Node* node = nullptr;  // its operation; null for initial writes
  const Node* next = nullptr;  // its thread after it
  Value read = 0;
  Value written = 0;
  EventId reads_from = kNoEvent;
  EventId po_prev = kNoEvent;
  EventId po_next = kNoEvent;
  EventId mo_prev = kNoEvent;
  EventId mo_next = kNoEvent;
  EventId first_reader = kNoEvent;   // of this write
  EventId next_reader = kNoEvent;    // of the write that this read reads from
  EventId release_fence = kNoEvent;  // last fence with release semantics of its thread, at or before it
  std::uint16_t index = 0;           // position in po
  LocationId location = kNoLocation;
  ThreadId thread = kInitThread;
  std::uint8_t flags = 0;

  bool Is(Flag flag) const { return (flags & flag) != 0; }
  bool IsPlainLoad() const {
    return node != nullptr && node->label.op == Op::kLoad && node->label.order == Order::kPlain;
  }
};

// A thread that waits after it "would have read" `source` at slot `at` (a revisit by `source`, or the decision to go on
// waiting): it may only read what a chain of revisits of that read would lead to. See awaits.h.
struct Tag {
  EventId at = 0;
  EventId source = 0;
  ThreadId thread = 0;
  EventId event = kNoEvent;  // the read, once it has been added
};

class WorkGraph {
 public:
  struct Thread {
    const Node* node = nullptr;  // next operation
    EventId last = kNoEvent;
    std::uint16_t count = 0;
    EventId waits_for_newer = kNoEvent;  // a newest write that is known not to let the thread go on; may be forgotten
  };
  struct Place {  // a location's initial write and newest write
    EventId init = kNoEvent;
    EventId mo_last = kNoEvent;
    bool plain = false;   // has plain accesses: data, or the start or end of an object's life
    bool atomic = false;  // has others, or an object that starts or ends there
  };
  // The first four depend on an event's porf-prefix only. The others are a memory model's own, if it has any.
  enum Clock { kPorf, kHb, kReleased, kAcquirable, kOwnClocks, kOrder = kOwnClocks, kCommitted };

  WorkGraph() = default;
  // `order_clocks`: how many of kOrder and kCommitted the memory model has.
  WorkGraph(Program& program, int order_clocks);
  // Becomes a copy of `g`, in the memory that it has.
  void CopyFrom(const WorkGraph& g);

  std::vector<WorkEvent> events;
  std::vector<Thread> threads;
  std::vector<Place> places;
  std::vector<Tag> tags;
  std::uint32_t tagged = 0;  // threads, as bits, that have tags whose reads have not been added

  std::size_t size() const { return events.size(); }
  WorkEvent& operator[](EventId e) { return events[e]; }
  const WorkEvent& operator[](EventId e) const { return events[e]; }

  // ---- Clocks: clock(e)[t] = how many of thread t's first events are at or before e ----
  std::uint16_t* clock(EventId e, Clock which) { return &clocks_[e * row_ + which * stride_]; }
  const std::uint16_t* clock(EventId e, Clock which) const { return &clocks_[e * row_ + which * stride_]; }
  std::size_t stride() const { return stride_; }  // a whole number of blocks
  // Whether e is at or before the event whose clock it is; null is the clock of a thread that has not begun.
  bool Covers(const std::uint16_t* clock, EventId e) const {
    const WorkEvent& event = events[e];
    return event.Is(WorkEvent::kInit) || (clock != nullptr && clock[event.thread] > event.index);
  }
  bool InPorf(EventId e, EventId of) const { return Covers(clock(of, kPorf), e); }

  void AddTag(const Tag& tag) {
    tags.push_back(tag);
    if (tag.event == kNoEvent) tagged |= 1U << tag.thread;
  }

  // How many operations may be seq_cst, by their labels.
  int seq_cst() const { return seq_cst_; }

  // ---- Building ----
  // Gives every location of the program up to `location` its initial write.
  void EnsureLocation(const Program& program, LocationId location) {
    if (places.size() <= location) AddLocations(program, location);
  }
  // Appends thread t's next operation, unlinked: no reads-from, not in mo; clocks not computed.
  EventId Append(ThreadId t);
  // The read e reads from w: sets read, reader list, written value for an update that writes. `next` is not set.
  void LinkRead(EventId e, EventId w, bool spurious);
  // Puts the write w into its location's mo, right after `after`.
  void LinkWrite(EventId w, EventId after);
  // Computes the clocks that are not the memory model's own, from po, rf and fences.
  void ComputeClocks(EventId e);

  // This graph cut down to {slot <= r} + porf(w) + {w}, in the same order, with r and w unlinked (r is the last of its
  // thread, reads nothing, writes nothing; w is not in mo). Not `keep`: without r, and its thread stands before it.
  // Slots below r stay what they are; returns the new one of w. Clocks of the memory model's own are left to
  // it. Tags must have been judged by the caller; they are renumbered or dropped.
  EventId Restrict(EventId r, EventId w, bool keep, WorkGraph* out, std::vector<EventId>* scratch) const;

  // Takes out r, a read that is the last of its thread, writes nothing and is read by nobody; later events move down by
  // one.
  void RemoveLastRead(EventId r);

  // For tests: aborts with a message if a link, list or clock is not as it must be.
  void CheckInvariants() const;

 private:
  void AddLocations(const Program& program, LocationId location);
  // Makes room for the clocks of the events that there are; those of the last one are not set.
  void GrowClocks() {
    if (clocks_.size() < events.size() * row_) clocks_.resize(2 * events.size() * row_);
  }

  std::vector<std::uint16_t> clocks_;  // may be longer than needed
  std::size_t stride_ = 0;
  std::size_t row_ = 0;  // of all clocks of one event
  int seq_cst_ = 0;
  Program* program_ = nullptr;
};

}  // namespace doorway

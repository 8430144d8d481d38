#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/graph/label.h"
#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"

// An execution graph as a value: what an explorer found, what properties judge and reports render.
//
// Events are numbered so that each follows its po-predecessor and the event it reads from; initial
// writes come first, one for each location (event l initialises location l). Spins and awaits
// that did not succeed leave no event, but for the earlier reads of an unsuccessful spin iteration at which a
// thread is blocked for good.

namespace doorway {

enum class EventKind : std::uint8_t { kInit, kRead, kWrite, kUpdate, kFence, kChoice };

struct Event {
  EventKind kind = EventKind::kInit;
  Order order = Order::kPlain;  // as it took effect: a failed compare-exchange has its failure order
  bool spurious = false;        // a weak compare-exchange that failed though it need not have
  bool destroyed = false;       // a write that ends an object's life
  ThreadId thread = kInitThread;
  std::uint16_t index = 0;  // position in po, from 0
  LocationId location = kNoLocation;
  EventId reads_from = kNoEvent;
  Value read = 0;                // kRead, kUpdate; the value of a kChoice
  Value written = 0;             // kInit, kWrite, kUpdate
  const Label* label = nullptr;  // null for kInit; owned by the program

  bool IsRead() const { return kind == EventKind::kRead || kind == EventKind::kUpdate; }
  bool IsWrite() const { return kind == EventKind::kInit || kind == EventKind::kWrite || kind == EventKind::kUpdate; }
};

// How a thread stands at the end of an execution.
enum class ThreadEnd : std::uint8_t {
  kFinished,
  kRunning,  // the execution is a prefix: this thread could have gone on
  kBounded,  // a forever loop ran its configured rounds: a bound was hit
  kBlocked,  // in an await or spin; another write, or another choice of what to read, might free it
  kStuck,    // in an await or spin that nothing can end: it has seen the newest value of all it reads
};

struct ThreadState {
  ThreadEnd end = ThreadEnd::kFinished;
  bool daemon = false;             // may end blocked
  const Label* pending = nullptr;  // the operation at which it blocks, or its last label
  std::vector<EventId> events;     // in po
};

// A note or a tag of one thread. A tag sits on `before` == `after`; a note floats between the two events.
struct Mark {
  NoteKind kind;
  bool is_tag = false;
  ThreadId thread = 0;         // whose code placed it
  std::uint16_t sequence = 0;  // order among the marks of its thread
  int subject = 0;             // the thread that it speaks of
  Value argument = 0;          // meaning given by the kind (a group, a page, a value)
  EventId before = kNoEvent;   // last event at or before it; kNoEvent: none
  EventId after = kNoEvent;    // first event at or after it; kNoEvent: none
  Site site;
};

struct Location {
  std::string name;  // "lock.word"; stable across processes
  std::uint8_t width = 8;
  bool plain = false;       // a Var
  bool initialised = true;  // else reading the initial value is an error
  bool is_signed = false;   // for reports
  Value initial = 0;
  Value address = 0;  // of its object, the same in every process; for reports: a pointer to it is shown by its name
};

class Execution {
 public:
  std::vector<Event> events;
  std::vector<ThreadState> threads;
  std::vector<std::vector<EventId>> modification_order;  // by location; the initial write first
  std::vector<Mark> marks;
  const std::vector<Location>* locations = nullptr;  // owned by the program; may be longer than used

  // The order -> that every interleaving of this execution keeps: SC (po + rf + mo + fr)+, RC11 hb.
  // Strict. REQUIRES: an explorer or SetOrder has set it.
  bool Before(EventId a, EventId b) const { return Covers(order_, a, b); }

  // (po + rf + mo + fr)+, for claims that only make sense where the execution is sequentially
  // consistent. REQUIRES: sequentially_consistent(), after ComputeCoherentOrder or PrepareCoherentOrder.
  bool CoherentlyBefore(EventId a, EventId b) const { return Covers(coherent(), a, b); }
  bool sequentially_consistent() const { return sequentially_consistent_; }

  // Marks: m reaches n iff the operation at or after m is, or reaches, the one at or before n.
  bool Before(const Mark& m, const Mark& n) const { return MarkBefore(m, n, order_); }
  bool CoherentlyBefore(const Mark& m, const Mark& n) const { return MarkBefore(m, n, coherent()); }
  // Operation against mark, and the reverse.
  bool Before(EventId a, const Mark& n) const;
  bool Before(const Mark& m, EventId b) const;

  bool Complete() const;  // every thread finished

  // Vector clocks: clock(e)[t] = number of events of thread t that are at or before e.
  // One row of threads.size() entries per event, in event order.
  using Clocks = std::vector<std::uint16_t>;
  void SetOrder(Clocks order) {
    order_ = std::move(order);
    coherent_known_ = false;
    order_is_coherent_ = false;
  }
  // The order that was set is (po + rf + mo + fr)+, and acyclic: nothing is left to compute.
  void OrderIsCoherent() { coherent_known_ = order_is_coherent_ = sequentially_consistent_ = true; }
  Clocks TakeOrder() { return std::move(order_); }  // to reuse its memory
  // Computes the coherent order from the graph alone, and whether it is acyclic.
  void ComputeCoherentOrder() const;
  // The same, once after each SetOrder, for properties; returns sequentially_consistent().
  bool PrepareCoherentOrder() const {
    if (!coherent_known_) ComputeCoherentOrder();
    return sequentially_consistent_;
  }

 private:
  bool Covers(const Clocks& clocks, EventId a, EventId b) const {
    if (a == b) return false;
    const Event& event = events[a];
    if (event.kind == EventKind::kInit) return events[b].kind != EventKind::kInit;
    if (events[b].kind == EventKind::kInit) return false;
    return clocks[b * threads.size() + event.thread] > event.index;
  }
  bool MarkBefore(const Mark& m, const Mark& n, const Clocks& clocks) const;
  const Clocks& coherent() const { return order_is_coherent_ ? order_ : coherent_; }

  Clocks order_;
  // Computed on demand: a cache.
  mutable Clocks coherent_;
  mutable std::vector<EventId> links_;
  mutable bool coherent_known_ = false;
  mutable bool order_is_coherent_ = false;
  mutable bool sequentially_consistent_ = false;
};

}  // namespace doorway

#pragma once

#include "harness/explore/work_graph.h"
#include "harness/graph/label.h"

// x86-TSO (harness/memory/tso.h). See coherence.h.
//
// A store is two things: its thread *issues* it, and at some later time it is *committed*, which is when others can
// read it. All other operations, and stores that drain the buffer, happen at once. An execution orders commits, loads
// and what drains by ppo + rfe + mo + fr, where ppo leaves out that a load comes after earlier stores; and the issue of
// an operation comes after that of the one before it in po, and no later than its commit.
//
// So two clocks tell what comes before an event (before its commit, if it is a store): kOrder, how many operations of
// each thread have been issued; kCommitted, up to which of each thread's events its stores have been committed.
//
// Example, store buffering: T0 stores x and loads y, T1 stores y and loads x, and both read 0. By fr, each load comes
// before the other thread's commit; the own thread's commit need not come before the load, so this is no cycle.

namespace doorway {

struct TsoCoherence {
  // The commits before an operation that has no place yet: those before the last load, and those before the last
  // store, of its thread, whose own earlier stores come first in any case.
  struct View {
    const std::uint16_t* after_load = nullptr;   // null: nothing
    const std::uint16_t* after_store = nullptr;  // likewise
    ThreadId thread = 0;
  };
  static constexpr int kOrderClocks = 2;
  static View ViewAfter(const WorkGraph& g, ThreadId t, EventId last, bool drains);
  static bool Drains(const Label& label, bool wrote);
  static bool Sees(const WorkGraph& g, const View& view, EventId w) {
    const WorkEvent& event = g[w];
    if (event.Is(WorkEvent::kInit) || event.thread == view.thread) return true;
    return (view.after_load != nullptr && view.after_load[event.thread] > event.index) ||
           (view.after_store != nullptr && view.after_store[event.thread] > event.index);
  }
  static bool MayReadFrom(const WorkGraph& g, ThreadId t, const Label& label, Value value, EventId w);
  static void Linked(WorkGraph* g, EventId e);
  static void Restricted(WorkGraph* g, EventId r);
  static void Order(WorkGraph* g);
  static bool Consistent(const WorkGraph&) { return true; }
  static bool NeedsCheck(const WorkGraph&) { return false; }
  static void Before(const WorkGraph& g, EventId e, std::uint16_t* row);
  static bool Allows(const WorkGraph& g);
};

}  // namespace doorway

#pragma once

#include "harness/explore/work_graph.h"

// The memory model as the explorer needs it, one policy a model:
//
//   View(g, last)     the clock that says what a thread whose last event is `last` has seen; null: nothing
//   Sees(g, view, w)  whether that rules out reading anything mo-older than w, and writing before w
//   Linked(g, e)      e was added, or got its place in rf or mo
//   Restricted(g, r)  events were taken out, and the read r, if there is one, from its place in rf
//   Order(g)          the graph is of another origin: nothing is known of it
//   Consistent(g)     the axioms that View and Sees do not already ensure
//   NeedsCheck(g)     whether Consistent could say no to a graph of no more than these operations
//   Allows(g)         all axioms, by their text in harness/memory: slow, for graphs of another origin
//
// Under SC, View is the clock over (po + rf + mo + fr)+, and the choices that it leaves are exactly the consistent
// ones. Under RC11 it is happens-before: the choices left are exactly the coherent ones, and psc remains to be checked.

namespace doorway {

struct ScCoherence {
  static constexpr WorkGraph::Clock kOrder = WorkGraph::kSc;
  static const std::uint16_t* View(const WorkGraph& g, EventId last) {
    return last == kNoEvent ? nullptr : g.clock(last, kOrder);
  }
  static bool Sees(const WorkGraph& g, const std::uint16_t* view, EventId w) { return g.Covers(view, w); }
  static void Linked(WorkGraph* g, EventId e);
  static void Restricted(WorkGraph* g, EventId r);
  static void Order(WorkGraph* g);
  static bool Consistent(const WorkGraph&) { return true; }
  static bool NeedsCheck(const WorkGraph&) { return false; }
  static bool Allows(const WorkGraph& g);
};

// For the review of an execution only: its events are in the order of the run that it was, which becomes the order of
// its execution.
struct TsoReview : ScCoherence {
  static void Order(WorkGraph* g);
  static bool Allows(const WorkGraph& g);
};

struct Rc11Coherence {
  static constexpr WorkGraph::Clock kOrder = WorkGraph::kHb;
  static const std::uint16_t* View(const WorkGraph& g, EventId last) {
    return last == kNoEvent ? nullptr : g.clock(last, kOrder);
  }
  static bool Sees(const WorkGraph& g, const std::uint16_t* view, EventId w) {
    if (g.Covers(view, w)) return true;
    for (EventId r = g[w].first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (g.Covers(view, r)) return true;
    }
    return false;
  }
  static void Linked(WorkGraph*, EventId) {}
  static void Restricted(WorkGraph*, EventId) {}
  static void Order(WorkGraph*) {}
  static bool NeedsCheck(const WorkGraph& g) { return g.seq_cst() > 1; }  // psc relates two seq_cst operations
  static bool Consistent(const WorkGraph& g);
  static bool Allows(const WorkGraph& g);
};

}  // namespace doorway

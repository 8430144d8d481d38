#pragma once

#include "harness/explore/work_graph.h"
#include "harness/graph/label.h"

// RC11: a view is the happens-before clock, which also rules out what is older than anything read there. See
// coherence.h.

namespace doorway {

struct Rc11Coherence {
  using View = const std::uint16_t*;  // null: nothing
  static constexpr int kOrderClocks = 0;
  static View ViewAfter(const WorkGraph& g, ThreadId, EventId last, bool /*drains*/) {
    return last == kNoEvent ? nullptr : g.clock(last, WorkGraph::kHb);
  }
  static bool Drains(const Label&, bool /*wrote*/) { return true; }
  static bool Sees(const WorkGraph& g, View view, EventId w) {
    if (g.Covers(view, w)) return true;
    for (EventId r = g[w].first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (g.Covers(view, r)) return true;
    }
    return false;
  }
  static bool MayReadFrom(const WorkGraph&, ThreadId, const Label&, Value, EventId) { return true; }
  static void Linked(WorkGraph*, EventId) {}
  static void Restricted(WorkGraph*, EventId) {}
  static void Order(WorkGraph*) {}
  static bool NeedsCheck(const WorkGraph& g) { return g.seq_cst() > 1; }  // psc relates two seq_cst operations
  static bool Consistent(const WorkGraph& g);
  static void Before(const WorkGraph& g, EventId e, std::uint16_t* row);
  static bool Allows(const WorkGraph& g);
};

}  // namespace doorway

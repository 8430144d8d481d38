#pragma once

#include "harness/explore/work_graph.h"
#include "harness/graph/label.h"

// Sequential consistency: a view is the clock over (po + rf + mo + fr)+. See coherence.h.

namespace doorway {

struct ScCoherence {
  using View = const std::uint16_t*;  // null: nothing
  static constexpr int kOrderClocks = 1;
  static View ViewAfter(const WorkGraph& g, ThreadId, EventId last, bool /*drains*/) {
    return last == kNoEvent ? nullptr : g.clock(last, WorkGraph::kOrder);
  }
  static bool Drains(const Label&, bool /*wrote*/) { return true; }
  static bool Sees(const WorkGraph& g, View view, EventId w) { return g.Covers(view, w); }
  static bool MayReadFrom(const WorkGraph&, ThreadId, const Label&, Value, EventId) { return true; }
  static void Linked(WorkGraph* g, EventId e);
  static void Restricted(WorkGraph* g, EventId r);
  static void Order(WorkGraph* g);
  static bool Consistent(const WorkGraph&) { return true; }
  static bool NeedsCheck(const WorkGraph&) { return false; }
  static void Before(const WorkGraph& g, EventId e, std::uint16_t* row);
  static bool Allows(const WorkGraph& g);
};

}  // namespace doorway

#pragma once

#include <utility>
#include <vector>

#include "harness/graph/execution.h"

// A partial order has many linearizations; a reader wants the one that is easiest to follow.

namespace doorway {

struct Linearization {
  std::vector<EventId> order;  // all events but the initial writes
  std::vector<bool> stale;     // by event: a read of a value that a row above has overwritten
  int switches = 0;            // neighbours of different threads
};

struct LinearizeOptions {
  // Two events that nothing orders: they should stand close together, the second above the first if it can, since
  // a reader expects them as they are told.
  std::pair<EventId, EventId> together{kNoEvent, kNoEvent};
  // States of the exact search, beyond which a greedy one takes over.
  std::size_t max_states = std::size_t{1} << 20;
};

// An order that keeps po and rf, and has, the first counting most: the fewest writes below one that is mo-after
// them; the fewest stale reads; `together` the other way round; the fewest events between them; the fewest context
// switches. A sequentially consistent execution so shows neither. Deterministic.
//
// Exact where the threads' positions have at most max_states combinations (four threads of thirty events are near
// that); else greedy: it keeps (po + rf + mo + fr) where that is acyclic, and stays on a thread as long as it can.
Linearization Linearize(const Execution& execution, const LinearizeOptions& options = {});

// The order in which the events are numbered, for executions that are one interleaving already (Lasso).
Linearization InEventOrder(const Execution& execution);

}  // namespace doorway

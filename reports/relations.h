#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "harness/graph/execution.h"

// An execution's relations as arrows to draw: no arrow that others imply, none of initial writes (a page shows these as
// "init"), and po is left to the columns.

namespace doorway {

using Arrow = std::pair<EventId, EventId>;

struct Arrows {
  std::vector<Arrow> rf;  // from a write to who reads it
  std::vector<Arrow> mo;  // from a write to the next one of its location
  std::vector<Arrow> fr;  // from a read to the write that overwrites what it read
  std::vector<Arrow> hb;  // between threads: happens-before of the orders as written (happens_before.h), reduced
};

// Each list in the order of its arrows' ends, so the same execution always gives the same lists.
Arrows ArrowsOf(const Execution& execution);

// By event: its place in its location's mo, the initial write 0; -1 of those that write nothing.
std::vector<std::int32_t> PlacesInMo(const Execution& execution);

// What threads may still be unaware of, under a memory model where loads can be stale. After each event, its thread can
// read a location no further back in mo than some write: the newest one that happens before it, or that it or what
// happens before it has read or written (coherence).
struct Learned {
  LocationId location = kNoLocation;
  std::int32_t place = 0;  // in mo
};
// By event, what its thread learns there, beyond what it knew before. Cost: events x threads x locations.
std::vector<std::vector<Learned>> Knowledge(const Execution& execution);

}  // namespace doorway

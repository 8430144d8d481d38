#pragma once

#include "harness/explore/work_graph.h"

namespace doorway {

// Whether e was added maximally, as seen by the write w, not in porf(w), which is about to revisit an older read
// (TruSt, section 4): with Prev the events below e and those in porf(w), w excluded,
//   - no write in Prev comes mo-after e, or after what e reads, and what e reads is in Prev;
//   - e has not revisited an older read: none of its readers is below it;
//   - of a choice: it is the first alternative. A spurious failure never is maximal.
// Each graph is reached once because a revisit deletes only such events: any of them would be added again just so.
//
// Asked from the newest event down, until it fails once. What concerns the events below e was known when e was added or
// revisited: kNewest. An event that is fixed, but not in porf(w), belongs to a write v that has revisited a read below;
// v itself has failed before, if it is not in porf(w), and its porf-prefix with it if it is.
inline bool IsMaximal(const WorkGraph& g, EventId e, EventId w) {
  const WorkEvent& event = g[e];
  if (!event.Is(WorkEvent::kNewest) || event.Is(WorkEvent::kFixed)) return false;
  if (event.location == kNoLocation) return true;
  const bool reads = event.Is(WorkEvent::kRead);
  const EventId base = reads ? event.reads_from : e;
  if (reads && base > e && !g.InPorf(base, w)) return false;
  for (EventId x = g[base].mo_next; x != kNoEvent; x = g[x].mo_next) {
    if (x != e && g.InPorf(x, w)) return false;
  }
  return true;
}

}  // namespace doorway

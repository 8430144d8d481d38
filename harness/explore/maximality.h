#pragma once

#include "harness/explore/work_graph.h"

namespace doorway {

// Whether e was added maximally, as seen by the write w, which is about to revisit an older read (TruSt, section 4):
// with Prev the events below e and those in porf(w), w excluded,
//   - no write in Prev comes mo-after e, or after what e reads, and what e reads is in Prev;
//   - e has not revisited an older read: none of its readers is below it;
//   - of a choice: it is the first alternative. A spurious failure never is maximal.
// Each graph is reached once because a revisit deletes only such events: any of them would be added again just so.
inline bool IsMaximal(const WorkGraph& g, EventId e, EventId w) {
  const WorkEvent& event = g[e];
  if (event.node->label.op == Op::kChoose) return event.read == 0;
  if (event.Is(WorkEvent::kSpurious)) return false;
  const auto in_prev = [&](EventId x) { return x != w && (g[x].Is(WorkEvent::kInit) || x < e || g.InPorf(x, w)); };
  if (event.Is(WorkEvent::kWrite)) {
    for (EventId r = event.first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (r < e) return false;
    }
    for (EventId x = event.mo_next; x != kNoEvent; x = g[x].mo_next) {
      if (in_prev(x)) return false;
    }
  }
  if (event.Is(WorkEvent::kRead)) {
    if (!in_prev(event.reads_from)) return false;
    for (EventId x = g[event.reads_from].mo_next; x != kNoEvent; x = g[x].mo_next) {
      if (x != e && in_prev(x)) return false;
    }
  }
  return true;
}

}  // namespace doorway

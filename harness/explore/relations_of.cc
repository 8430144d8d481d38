#include "harness/explore/relations_of.h"

namespace doorway {

void RelationsOf(const WorkGraph& g, memory::Relations* out) {
  const auto n = static_cast<EventId>(g.size());
  out->Reset(n);
  for (EventId e = 0; e < n; ++e) {
    const WorkEvent& event = g[e];
    out->location[e] = event.location;
    if (event.Is(WorkEvent::kWrite)) {
      for (EventId later = event.mo_next; later != kNoEvent; later = g[later].mo_next) out->mo.Add(e, later);
    }
    if (event.Is(WorkEvent::kInit)) continue;
    const Label& label = event.node->label;
    if (label.EffectiveOrder(event.Is(WorkEvent::kWrite)) == Order::kSeqCst) {
      (label.op == Op::kFence ? out->sc_fence : out->sc_access).Add(e);
    }
    for (EventId a = 0; a < n; ++a) {
      if (a == e) continue;
      if (g[a].Is(WorkEvent::kInit) || (g[a].thread == event.thread && g[a].index < event.index)) out->po.Add(a, e);
      if (g.Covers(g.clock(e, WorkGraph::kHb), a)) out->hb.Add(a, e);
    }
    if (event.reads_from == kNoEvent) continue;
    out->rf.Add(event.reads_from, e);
    for (EventId later = g[event.reads_from].mo_next; later != kNoEvent; later = g[later].mo_next) {
      if (later != e) out->fr.Add(e, later);
    }
  }
}

}  // namespace doorway

#include "harness/explore/coherence.h"

#include <algorithm>

#include "harness/memory/rc11.h"

namespace doorway {
namespace {

// Joins into e's SC clock those of its direct predecessors in po, rf, mo and fr. True if it grew.
bool JoinPredecessors(WorkGraph* g, EventId e) {
  const WorkEvent& event = (*g)[e];
  std::uint16_t* mine = g->clock(e, WorkGraph::kSc);
  bool grew = false;
  const auto join = [&](EventId p) {
    const std::uint16_t* theirs = g->clock(p, WorkGraph::kSc);
    for (std::size_t t = 0; t < g->stride(); ++t) {
      if (theirs[t] > mine[t]) {
        mine[t] = theirs[t];
        grew = true;
      }
    }
  };
  if (event.po_prev != kNoEvent) join(event.po_prev);
  if (event.reads_from != kNoEvent) join(event.reads_from);
  if (event.mo_prev != kNoEvent) {
    join(event.mo_prev);
    for (EventId r = (*g)[event.mo_prev].first_reader; r != kNoEvent; r = (*g)[r].next_reader) {
      if (r != e) join(r);
    }
  }
  return grew;
}

}  // namespace

void ScCoherence::Added(WorkGraph* g, EventId e) {
  std::uint16_t* clock = g->clock(e, WorkGraph::kSc);
  std::fill_n(clock, g->stride(), std::uint16_t{0});
  clock[(*g)[e].thread] = static_cast<std::uint16_t>((*g)[e].index + 1);
  JoinPredecessors(g, e);
}

// The least fixpoint. Slot order is nearly topological, so two or three passes do.
void ScCoherence::Changed(WorkGraph* g) {
  const auto n = static_cast<EventId>(g->size());
  for (EventId e = 0; e < n; ++e) {
    if ((*g)[e].Is(WorkEvent::kInit)) continue;
    std::uint16_t* clock = g->clock(e, WorkGraph::kSc);
    std::fill_n(clock, g->stride(), std::uint16_t{0});
    clock[(*g)[e].thread] = static_cast<std::uint16_t>((*g)[e].index + 1);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (EventId e = 0; e < n; ++e) {
      if (!(*g)[e].Is(WorkEvent::kInit)) changed = JoinPredecessors(g, e) || changed;
    }
  }
}

// psc, by the text of the axiom. It can only fail where two events are seq_cst.
bool Rc11Coherence::Consistent(const WorkGraph& g) {
  const auto n = static_cast<EventId>(g.size());
  int seq_cst = 0;
  for (EventId e = 0; e < n; ++e) {
    if (g[e].node == nullptr) continue;
    if (g[e].node->label.EffectiveOrder(g[e].Is(WorkEvent::kWrite)) == Order::kSeqCst) ++seq_cst;
  }
  if (seq_cst < 2) return true;

  thread_local memory::Relations relations;
  relations.Reset(n);
  for (EventId e = 0; e < n; ++e) {
    const WorkEvent& event = g[e];
    const bool init = event.Is(WorkEvent::kInit);
    const bool is_sc = !init && event.node->label.EffectiveOrder(event.Is(WorkEvent::kWrite)) == Order::kSeqCst;
    relations.location[e] = event.location;
    if (is_sc && event.node->label.op == Op::kFence) relations.sc_fence.Add(e);
    if (is_sc && event.node->label.op != Op::kFence) relations.sc_access.Add(e);
    for (EventId a = 0; a < n; ++a) {
      if (a == e || init) continue;
      if (g[a].Is(WorkEvent::kInit) || (g[a].thread == event.thread && g[a].index < event.index)) relations.po.Add(a, e);
      if (g.Covers(g.clock(e, WorkGraph::kHb), a)) relations.hb.Add(a, e);
    }
    if (event.reads_from != kNoEvent) {
      relations.rf.Add(event.reads_from, e);
      for (EventId later = g[event.reads_from].mo_next; later != kNoEvent; later = g[later].mo_next) {
        if (later != e) relations.fr.Add(e, later);
      }
    }
    if (event.Is(WorkEvent::kWrite)) {
      for (EventId later = event.mo_next; later != kNoEvent; later = g[later].mo_next) relations.mo.Add(e, later);
    }
  }
  return memory::PscAcyclic(relations);
}

}  // namespace doorway

#include "harness/explore/coherence.h"

#include <algorithm>

#include "harness/explore/relations_of.h"
#include "harness/memory/rc11.h"
#include "harness/memory/sc.h"

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

bool ScCoherence::Allows(const WorkGraph& g) {
  memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::ConsistentSc(relations);
}

// psc, by the text of the axiom. It can only fail where two events are seq_cst.
bool Rc11Coherence::Consistent(const WorkGraph& g) {
  int seq_cst = 0;
  for (const WorkEvent& event : g.events) {
    if (event.node == nullptr) continue;
    if (event.node->label.EffectiveOrder(event.Is(WorkEvent::kWrite)) == Order::kSeqCst) ++seq_cst;
  }
  if (seq_cst < 2) return true;
  thread_local memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::PscAcyclic(relations);
}

bool Rc11Coherence::Allows(const WorkGraph& g) {
  memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::ConsistentRc11(relations);
}

}  // namespace doorway

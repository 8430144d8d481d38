#include "harness/explore/sc_coherence.h"

#include <algorithm>

#include "harness/explore/order_clocks.h"
#include "harness/explore/relations_of.h"
#include "harness/memory/sc.h"

namespace doorway {
namespace {

// Direct neighbours in po, rf, mo and fr.
struct ScEdges {
  static constexpr std::size_t kClocks = ScCoherence::kOrderClocks;

  static void CountSelf(const WorkGraph& g, EventId e, std::uint16_t* row) {
    std::uint16_t* own = row + g[e].thread;
    *own = std::max(*own, static_cast<std::uint16_t>(g[e].index + 1));
  }

  template <class Visit>
  static void ForEachPredecessor(const WorkGraph& g, EventId e, Visit visit) {
    const WorkEvent& event = g[e];
    if (event.po_prev != kNoEvent) visit(event.po_prev);
    if (event.reads_from != kNoEvent) visit(event.reads_from);
    if (event.mo_prev == kNoEvent) return;
    visit(event.mo_prev);
    for (EventId r = g[event.mo_prev].first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (r != e) visit(r);
    }
  }

  template <class Visit>
  static void ForEachSuccessor(const WorkGraph& g, EventId e, Visit visit) {
    const WorkEvent& event = g[e];
    if (event.po_next != kNoEvent) visit(event.po_next);
    for (EventId r = event.first_reader; r != kNoEvent; r = g[r].next_reader) visit(r);
    if (event.mo_next != kNoEvent) visit(event.mo_next);
    if (event.reads_from == kNoEvent) return;
    const EventId newer = g[event.reads_from].mo_next;
    if (newer != kNoEvent && newer != e) visit(newer);
  }
};

}  // namespace

void ScCoherence::Linked(WorkGraph* g, EventId e) { OrderClocks<ScEdges>::Linked(g, e); }

void ScCoherence::Restricted(WorkGraph* g, EventId r) { OrderClocks<ScEdges>::Restricted(g, r); }

void ScCoherence::Order(WorkGraph* g) { OrderClocks<ScEdges>::Compute(g); }

void ScCoherence::Before(const WorkGraph& g, EventId e, std::uint16_t* row) {
  std::copy_n(g.clock(e, WorkGraph::kOrder), g.threads.size(), row);
}

bool ScCoherence::Allows(const WorkGraph& g) {
  memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::ConsistentSc(relations);
}

}  // namespace doorway

#include "harness/explore/tso_coherence.h"

#include <algorithm>
#include <vector>

#include "harness/explore/order_clocks.h"
#include "harness/explore/relations_of.h"
#include "harness/memory/tso.h"

namespace doorway {
namespace {

bool IsBuffered(const WorkEvent& event) {
  return event.node->label.op == Op::kStore && !memory::NeedsEmptyBuffer(event.node->label, true);
}

// Whether the event comes after the commits of all earlier stores: it is one, or waits for them.
bool ComesAfterStores(const WorkEvent& event) {
  return TsoCoherence::Drains(event.node->label, event.Is(WorkEvent::kWrite));
}

// At or before e in its thread; kNoEvent if there is none, or e is that.
EventId LastLoad(const WorkGraph& g, EventId e) {  // or what drains
  while (e != kNoEvent && IsBuffered(g[e])) e = g[e].po_prev;
  return e;
}
EventId LastStore(const WorkGraph& g, EventId e) {  // or what drains
  while (e != kNoEvent && !ComesAfterStores(g[e])) e = g[e].po_prev;
  return e;
}
// After e.
EventId NextLoad(const WorkGraph& g, EventId e) {
  do e = g[e].po_next;
  while (e != kNoEvent && IsBuffered(g[e]));
  return e;
}
EventId NextStore(const WorkGraph& g, EventId e) {
  do e = g[e].po_next;
  while (e != kNoEvent && !ComesAfterStores(g[e]));
  return e;
}

bool OfOneThread(const WorkGraph& g, EventId a, EventId b) { return g[a].thread == g[b].thread; }

// Direct neighbours in ppo, rfe, mo and fr.
struct TsoEdges {
  static constexpr std::size_t kClocks = TsoCoherence::kOrderClocks;

  static void CountSelf(const WorkGraph& g, EventId e, std::uint16_t* row) {
    const auto count = [&](std::uint16_t* clock) {
      std::uint16_t* own = clock + g[e].thread;
      *own = std::max(*own, static_cast<std::uint16_t>(g[e].index + 1));
    };
    count(row);
    if (ComesAfterStores(g[e])) count(row + g.stride());
  }

  template <class Visit>
  static void ForEachPredecessor(const WorkGraph& g, EventId e, Visit visit) {
    const WorkEvent& event = g[e];
    const EventId load = LastLoad(g, event.po_prev);
    if (load != kNoEvent) visit(load);
    if (ComesAfterStores(event)) {
      const EventId store = LastStore(g, event.po_prev);
      if (store != kNoEvent && store != load) visit(store);
    }
    if (event.reads_from != kNoEvent && !OfOneThread(g, event.reads_from, e)) visit(event.reads_from);
    if (event.mo_prev == kNoEvent) return;
    visit(event.mo_prev);
    for (EventId r = g[event.mo_prev].first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (r != e) visit(r);
    }
  }

  template <class Visit>
  static void ForEachSuccessor(const WorkGraph& g, EventId e, Visit visit) {
    const WorkEvent& event = g[e];
    const EventId store = NextStore(g, e);
    if (store != kNoEvent) visit(store);
    if (!IsBuffered(event)) {
      const EventId load = NextLoad(g, e);
      if (load != kNoEvent && load != store) visit(load);
    }
    for (EventId r = event.first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (!OfOneThread(g, e, r)) visit(r);
    }
    if (event.mo_next != kNoEvent) visit(event.mo_next);
    if (event.reads_from == kNoEvent) return;
    const EventId newer = g[event.reads_from].mo_next;
    if (newer != kNoEvent && newer != e) visit(newer);
  }
};

const std::uint16_t* Committed(const WorkGraph& g, EventId e) {
  return e == kNoEvent ? nullptr : g.clock(e, WorkGraph::kCommitted);
}

}  // namespace

TsoCoherence::View TsoCoherence::ViewAfter(const WorkGraph& g, ThreadId t, EventId last, bool drains) {
  return {Committed(g, LastLoad(g, last)), drains ? Committed(g, LastStore(g, last)) : nullptr, t};
}

bool TsoCoherence::Drains(const Label& label, bool wrote) {
  return label.op == Op::kStore || memory::NeedsEmptyBuffer(label, wrote);
}

bool TsoCoherence::MayReadFrom(const WorkGraph& g, ThreadId t, const Label& label, Value value, EventId w) {
  if (label.op != Op::kUpdate || !Drains(label, Apply(label, value).action == Action::kWrite)) return true;
  const View view = ViewAfter(g, t, g.threads[t].last, true);
  for (EventId x = g[w].mo_next; x != kNoEvent; x = g[x].mo_next) {
    if (Sees(g, view, x)) return false;
  }
  return true;
}

void TsoCoherence::Linked(WorkGraph* g, EventId e) { OrderClocks<TsoEdges>::Linked(g, e); }

void TsoCoherence::Restricted(WorkGraph* g, EventId r) { OrderClocks<TsoEdges>::Restricted(g, r); }

void TsoCoherence::Order(WorkGraph* g) { OrderClocks<TsoEdges>::Compute(g); }

// Before its issue.
void TsoCoherence::Before(const WorkGraph& g, EventId e, std::uint16_t* row) {
  const EventId load = LastLoad(g, e);
  if (load == kNoEvent) {
    std::fill_n(row, g.threads.size(), std::uint16_t{0});
  } else {
    std::copy_n(g.clock(load, WorkGraph::kOrder), g.threads.size(), row);
  }
  row[g[e].thread] = static_cast<std::uint16_t>(g[e].index + 1);
}

bool TsoCoherence::Allows(const WorkGraph& g) {
  memory::Relations relations;
  RelationsOf(g, &relations);
  memory::BufferUse use;
  use.Reset(g.size());
  std::vector<int> thread(g.size(), -1);
  for (std::size_t e = 0; e < g.size(); ++e) {
    const WorkEvent& event = g.events[e];
    if (event.Is(WorkEvent::kInit)) continue;
    thread[e] = event.thread;
    const bool wrote = event.Is(WorkEvent::kWrite);
    if (memory::NeedsEmptyBuffer(event.node->label, wrote)) {
      use.drains.Add(e);
    } else if (wrote) {
      use.buffered.Add(e);
    } else if (event.Is(WorkEvent::kRead)) {
      use.loads.Add(e);
    }
  }
  return memory::ConsistentTso(relations, use, thread);
}

}  // namespace doorway

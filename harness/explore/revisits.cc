// The part of the graph explorer that goes back: a new write is offered to reads that are older than it.

#include "harness/explore/awaits.h"
#include "harness/explore/coherence.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/look_ahead.h"
#include "harness/explore/maximality.h"

namespace doorway {

// Whether w, not in mo yet, may have reads to revisit. They read something that is not older than what porf(w) has of
// the location, else they were not added maximally.
template <class Coherence>
bool GraphExplorer<Coherence>::HasTargets(const WorkGraph& g, EventId w) const {
  const std::uint16_t* prefix = g.clock(w, WorkGraph::kPorf);
  for (EventId x = g.places[g[w].location].mo_last;; x = g[x].mo_prev) {
    for (EventId r = g[x].first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (!g.Covers(prefix, r) && g[r].Is(WorkEvent::kNewest) && !g[r].Is(WorkEvent::kFixed)) return true;
    }
    if (g.Covers(prefix, x)) return false;
  }
}

// Offers the write w, not in mo yet, to the reads that it may revisit, newest first. If an update `rival` already reads
// what the update w reads, only revisits that undo the rival count.
template <class Coherence>
void GraphExplorer<Coherence>::Revisits(const WorkGraph& g, EventId w, EventId rival) {
  if (rival != kNoEvent && (g[rival].Is(WorkEvent::kFixed) || g.InPorf(rival, w))) return;
  if (!LooksAside() || !HasTargets(g, w)) return;
  const LocationId location = g[w].location;
  const std::uint16_t* prefix = g.clock(w, WorkGraph::kPorf);
  std::size_t outside = 0;  // events not in porf(w)
  for (std::size_t t = 0; t < g.threads.size(); ++t)
    outside += static_cast<std::size_t>(g.threads[t].count - prefix[t]);
  for (std::size_t i = g.size(); outside > 0;) {
    const auto e = static_cast<EventId>(--i);
    if (g.Covers(prefix, e)) continue;
    --outside;
    if (!IsMaximal(g, e, w)) return;  // e would be deleted by every further revisit
    if (rival != kNoEvent && e > rival) continue;
    if (g[e].location == location && g[e].Is(WorkEvent::kRead) && TagsAllow(g, e, w)) Revisit(g, e, w);
  }
}

// r <- w: one new graph for each place of w in the modification order of the restricted graph.
template <class Coherence>
void GraphExplorer<Coherence>::Revisit(const WorkGraph& g, EventId r, EventId w) {
  const Node* node = g[r].node;
  const Value value = Truncate(g[w].written, node->label.width);
  const ThreadId t = g[r].thread;
  const bool waits = Blocks(program_, node, t, value);
  const bool weak = MayFailSpuriously(node->label, value);
  // Where r would only wait, it need not be there, unless to see that it is consistent.
  const bool keep = !waits || weak || !options_.in_place_awaits || Coherence::NeedsCheck(g);
  WorkGraph* base = Acquire();
  const EventId new_w = g.Restrict(r, w, keep, base, &scratch_);
  Coherence::Restricted(base, keep ? r : kNoEvent);
  FindPlaces(*base, new_w);
  if ((*base)[new_w].Is(WorkEvent::kRead)) {
    places_.assign(1, (*base)[new_w].reads_from);
  } else {
    places_.insert(places_.begin(), base->places[(*base)[new_w].location].mo_last);
  }
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const EventId after = places_[i];
    if (weak) PlaceRevisited(Copy(*base), r, new_w, after, true);
    WorkGraph* h = i + 1 == places_.size() ? base : Copy(*base);
    if (keep) {
      PlaceRevisited(h, r, new_w, after, false);
    } else if (Place(h, new_w, after, ViewOfNext(*h, t))) {
      Wait(h, t, r, new_w);
    } else {
      Release(h);
    }
  }
}

// The older places of w, not in mo yet, in the modification order: before each write that its thread has not seen; an
// update stays next to what it reads.
template <class Coherence>
void GraphExplorer<Coherence>::FindPlaces(const WorkGraph& g, EventId w) {
  const auto view = Coherence::ViewAfter(g, g[w].thread, g[w].po_prev, true);
  places_.clear();
  for (EventId x = g.places[g[w].location].mo_last; !g[x].Is(WorkEvent::kInit) && !Coherence::Sees(g, view, x);
       x = g[x].mo_prev) {
    if (!g[x].Is(WorkEvent::kRead)) places_.push_back(g[x].mo_prev);
  }
}

// Places w. False: `reader`, which is what the read to come from w has seen, has seen something newer.
template <class Coherence>
bool GraphExplorer<Coherence>::Place(WorkGraph* h, EventId w, EventId after, const typename Coherence::View& reader) {
  h->LinkWrite(w, after);
  Coherence::Linked(h, w);
  for (EventId x = (*h)[w].mo_next; x != kNoEvent; x = (*h)[x].mo_next) {
    if (Coherence::Sees(*h, reader, x)) return false;
  }
  return true;
}

// r reads from w, in its place `after`. Takes `h` over.
template <class Coherence>
void GraphExplorer<Coherence>::PlaceRevisited(WorkGraph* h, EventId r, EventId w, EventId after, bool spurious) {
  const ThreadId t = (*h)[r].thread;
  const Node* node = (*h)[r].node;
  const Value value = Truncate((*h)[w].written, node->label.width);
  const bool writes = !spurious && Apply(node->label, value).action == Action::kWrite;
  const auto view = Coherence::ViewAfter(*h, t, (*h)[r].po_prev, Coherence::Drains(node->label, writes));
  if (!Place(h, w, after, view)) return Release(h);
  const bool waits =
      spurious ? program_.Child(node, t, value, true)->label.op == Op::kBlocked : Blocks(program_, node, t, value);
  if (waits && spurious) return Release(h);
  h->LinkRead(r, w, spurious);
  bool newest = !spurious;  // of what is older than r
  for (EventId x = (*h)[w].mo_next; x != kNoEvent; x = (*h)[x].mo_next) newest = newest && x > r;
  if (newest) (*h)[r].flags |= WorkEvent::kNewest;
  h->ComputeClocks(r);
  Advance(h, r);
  Coherence::Linked(h, r);
  if (!Coherence::Consistent(*h)) return Release(h);
  if (waits && options_.in_place_awaits) {
    h->RemoveLastRead(r);
    Coherence::Restricted(h, kNoEvent);
    return Wait(h, t, r, static_cast<EventId>(w > r ? w - 1 : w));
  }
  const bool updates = (*h)[r].Is(WorkEvent::kWrite);
  if (!updates) Settled(h, r);
  stack_.Push({h, updates ? r : kNoEvent});
}

// Thread t would read from w at slot r, and wait: goes on without that read, but with a tag. Takes `h` over.
template <class Coherence>
void GraphExplorer<Coherence>::Wait(WorkGraph* h, ThreadId t, EventId r, EventId w) {
  h->AddTag({r, w, t, kNoEvent});
  inspector_.CheckAccesses(*h, w);
  inspector_.Arrived(*h, (*h)[w].thread);
  stack_.Push({h, kNoEvent});
}

// The update u has been revisited: its own revisits, then its write is placed. False: there is no such execution.
template <class Coherence>
bool GraphExplorer<Coherence>::FinishUpdate(WorkGraph* g, EventId u) {
  Revisits(*g, u, kNoEvent);
  g->LinkWrite(u, (*g)[u].reads_from);
  Coherence::Linked(g, u);
  if (!Coherence::Consistent(*g)) return false;
  Settled(g, u);
  return true;
}

// The revisited read r, and the write that it reads from, are in their places. Both threads have arrived: a write that
// is an update may have had no place in the graph in which it was added, beside a rival.
template <class Coherence>
void GraphExplorer<Coherence>::Settled(WorkGraph* g, EventId r) {
  const EventId w = (*g)[r].reads_from;
  inspector_.CheckAccesses(*g, w);
  inspector_.CheckAccesses(*g, r);
  inspector_.Arrived(*g, (*g)[w].thread);
  inspector_.Arrived(*g, (*g)[r].thread);
}

template void GraphExplorer<ScCoherence>::Revisits(const WorkGraph&, EventId, EventId);
template bool GraphExplorer<ScCoherence>::FinishUpdate(WorkGraph*, EventId);
template void GraphExplorer<ScCoherence>::FindPlaces(const WorkGraph&, EventId);
template void GraphExplorer<TsoCoherence>::Revisits(const WorkGraph&, EventId, EventId);
template bool GraphExplorer<TsoCoherence>::FinishUpdate(WorkGraph*, EventId);
template void GraphExplorer<TsoCoherence>::FindPlaces(const WorkGraph&, EventId);
template void GraphExplorer<Rc11Coherence>::Revisits(const WorkGraph&, EventId, EventId);
template bool GraphExplorer<Rc11Coherence>::FinishUpdate(WorkGraph*, EventId);
template void GraphExplorer<Rc11Coherence>::FindPlaces(const WorkGraph&, EventId);

}  // namespace doorway

#include "harness/explore/coherence.h"

#include <algorithm>
#include <vector>

#include "harness/explore/relations_of.h"
#include "harness/explore/vector_clock.h"
#include "harness/memory/rc11.h"
#include "harness/memory/sc.h"
#include "harness/memory/tso.h"

namespace doorway {
namespace {

// Joins `from`'s SC clock into that of `to`. True if it grew.
bool JoinSc(WorkGraph* g, EventId to, EventId from) {
  if ((*g)[to].Is(WorkEvent::kInit)) return false;
  std::uint16_t* mine = g->clock(to, WorkGraph::kSc);
  const std::uint16_t* theirs = g->clock(from, WorkGraph::kSc);
  bool grew = false;
  for (std::size_t block = 0; block < g->stride(); block += kClockBlock) {
    ClockBlock joined(mine + block);
    const ClockBlock added(theirs + block);
    if (!added.Exceeds(joined)) continue;
    joined.Join(added);
    joined.Store(mine + block);
    grew = true;
  }
  return grew;
}

// Direct neighbours in po, rf, mo and fr.
template <class Visit>
void ForEachPredecessor(const WorkGraph& g, EventId e, Visit visit) {
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
void ForEachSuccessor(const WorkGraph& g, EventId e, Visit visit) {
  const WorkEvent& event = g[e];
  if (event.po_next != kNoEvent) visit(event.po_next);
  for (EventId r = event.first_reader; r != kNoEvent; r = g[r].next_reader) visit(r);
  if (event.mo_next != kNoEvent) visit(event.mo_next);
  if (event.reads_from == kNoEvent) return;
  const EventId newer = g[event.reads_from].mo_next;
  if (newer != kNoEvent && newer != e) visit(newer);
}

void ResetOwn(WorkGraph* g, EventId e) {
  std::uint16_t* clock = g->clock(e, WorkGraph::kSc);
  std::fill_n(clock, g->stride(), std::uint16_t{0});
  clock[(*g)[e].thread] = static_cast<std::uint16_t>((*g)[e].index + 1);
}

thread_local std::vector<EventId> grown;  // whose successors must be told

void Spread(WorkGraph* g) {
  while (!grown.empty()) {
    const EventId e = grown.back();
    grown.pop_back();
    ForEachSuccessor(*g, e, [g, e](EventId next) {
      if (JoinSc(g, next, e)) grown.push_back(next);
    });
  }
}

// Computes the clocks of `wrong`, in the order of slots, of which nothing is known; the others are right. Slots are
// nearly in a topological order: one pass, and what it got wrong is spread.
void Renew(WorkGraph* g, const std::vector<EventId>& wrong) {
  for (const EventId e : wrong) ResetOwn(g, e);
  for (const EventId e : wrong) {
    bool passed = false;  // a successor has been visited already
    ForEachPredecessor(*g, e, [g, e](EventId before) { JoinSc(g, e, before); });
    ForEachSuccessor(*g, e, [&passed, e](EventId next) { passed = passed || next < e; });
    if (passed) grown.push_back(e);
  }
  Spread(g);
}

thread_local std::vector<EventId> wrong;

}  // namespace

// Clocks only grow when edges are added.
void ScCoherence::Linked(WorkGraph* g, EventId e) {
  std::uint16_t* own = &g->clock(e, WorkGraph::kSc)[(*g)[e].thread];
  *own = std::max(*own, static_cast<std::uint16_t>((*g)[e].index + 1));
  ForEachPredecessor(*g, e, [g, e](EventId before) { JoinSc(g, e, before); });
  if ((*g)[e].po_next == kNoEvent && (*g)[e].first_reader == kNoEvent && (*g)[e].mo_next == kNoEvent &&
      ((*g)[e].reads_from == kNoEvent || (*g)[(*g)[e].reads_from].mo_next == kNoEvent)) {
    return;  // it is the last
  }
  grown.push_back(e);
  Spread(g);
}

// A clock stays right unless it has counted an event that is gone, or r: all that led to its event is still there.
void ScCoherence::Restricted(WorkGraph* g, EventId r) {
  thread_local std::vector<std::uint16_t> left;  // events, by thread
  left.assign(g->stride(), 0);
  for (std::size_t t = 0; t < g->threads.size(); ++t) left[t] = g->threads[t].count;
  if (r != kNoEvent) --left[(*g)[r].thread];
  wrong.clear();
  for (EventId e = 0; e < static_cast<EventId>(g->size()); ++e) {
    const std::uint16_t* clock = g->clock(e, WorkGraph::kSc);
    for (std::size_t block = 0; block < g->stride(); block += kClockBlock) {
      if (!ClockBlock(clock + block).Exceeds(ClockBlock(&left[block]))) continue;
      wrong.push_back(e);
      break;
    }
  }
  Renew(g, wrong);
}

void ScCoherence::Order(WorkGraph* g) {
  wrong.clear();
  for (EventId e = 0; e < static_cast<EventId>(g->size()); ++e) {
    if (!(*g)[e].Is(WorkEvent::kInit)) wrong.push_back(e);
  }
  Renew(g, wrong);
}

bool ScCoherence::Allows(const WorkGraph& g) {
  memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::ConsistentSc(relations);
}

void TsoReview::Order(WorkGraph* g) {
  std::vector<std::uint16_t> so_far(g->stride(), 0);
  for (std::size_t e = 0; e < g->size(); ++e) {
    const WorkEvent& event = g->events[e];
    if (event.Is(WorkEvent::kInit)) continue;
    ++so_far[event.thread];
    std::copy(so_far.begin(), so_far.end(), g->clock(static_cast<EventId>(e), WorkGraph::kSc));
  }
}

bool TsoReview::Allows(const WorkGraph& g) {
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

// psc, by the text of the axiom. It can only fail where two events are seq_cst.
bool Rc11Coherence::Consistent(const WorkGraph& g) {
  if (!NeedsCheck(g)) return true;
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

// The part of the graph explorer that adds events: a read branches over the writes that it may read from, a write over
// its places in the modification order, a choice over its alternatives.

#include <optional>

#include "harness/explore/awaits.h"
#include "harness/explore/coherence.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/look_ahead.h"
#include "harness/explore/stuck.h"

namespace doorway {
namespace {

bool IsUpdateOf(const WorkGraph& g, EventId e, EventId w) {
  return e != kNoEvent && g[e].Is(WorkEvent::kRead) && g[e].reads_from == w;
}

}  // namespace

// What thread t has seen that its next operation cannot undo, whatever it reads.
template <class Coherence>
typename Coherence::View GraphExplorer<Coherence>::ViewOfNext(const WorkGraph& g, ThreadId t) const {
  const WorkGraph::Thread& thread = g.threads[t];
  return Coherence::ViewAfter(g, t, thread.last, Coherence::Drains(thread.node->label, false));
}

// Branches over the writes that thread t's next read may read from. The newest is taken in place, if `newest`; the
// others, and spurious failures, are not maximal, so values that only make the thread wait are of no use there.
template <class Coherence>
void GraphExplorer<Coherence>::AddRead(WorkGraph* g, ThreadId t, bool newest) {
  const Node* node = g->threads[t].node;
  const EventId top = g->places[node->label.location].mo_last;
  const auto view = ViewOfNext(*g, t);
  for (EventId w = top;; w = (*g)[w].mo_prev) {
    const bool last = (*g)[w].Is(WorkEvent::kInit) || Coherence::Sees(*g, view, w);
    if (w == top && newest && !node->label.weak) {
      if (last) break;
      continue;
    }
    if (MayRead(*g, t, w)) {
      const Value value = Truncate((*g)[w].written, node->label.width);
      const bool in_place = w == top && newest;
      if (!Coherence::MayReadFrom(*g, t, node->label, value, w)) {
        if (last) break;
        continue;
      }
      if (!in_place && !Blocks(program_, node, t, value)) BranchRead(g, t, w, value, false);
      if (MayFailSpuriously(node->label, value) && program_.Child(node, t, value, true)->label.op != Op::kBlocked) {
        BranchRead(g, t, w, value, true);
      }
    }
    if (last) break;
  }
  if (newest) ReadFrom(g, t, top, false);
}

// Whether a load, of `value`, would be the last operation, and what follows is determined: then it is counted.
template <class Coherence>
bool GraphExplorer<Coherence>::EndsWithLoad(WorkGraph* g, ThreadId t, Value value) {
  WorkGraph::Thread& thread = g->threads[t];
  const Node* node = thread.node;
  if (node->label.op != Op::kLoad || !SkipsTails() || !Tail::IsNear(*g)) return false;
  if (g->places[node->label.location].plain || node->label.order == Order::kSeqCst || Coherence::NeedsCheck(*g)) {
    return false;
  }
  const Node* next = program_.Child(node, t, value, false);
  if (!Tail::HasEnded(next->label)) return false;
  thread.node = next;
  const bool ended = Ended(*g);
  thread.node = node;
  return ended;
}

// On a copy, thread t reads from w.
template <class Coherence>
void GraphExplorer<Coherence>::BranchRead(WorkGraph* from, ThreadId t, EventId w, Value value, bool spurious) {
  if (!LooksAside() || (!spurious && EndsWithLoad(from, t, value))) return;
  const WorkGraph& g = *from;
  const WorkGraph::Thread& thread = g.threads[t];
  const Label& label = thread.node->label;
  const bool updates = !spurious && label.op == Op::kUpdate && Apply(label, value).action == Action::kWrite;
  if (updates && IsUpdateOf(g, g[w].mo_next, w)) {  // a rival: of use only if it can be undone
    const EventId rival = g[w].mo_next;
    if (g[rival].Is(WorkEvent::kFixed) || g.InPorf(rival, w)) return;
    if (thread.last != kNoEvent && g.InPorf(rival, thread.last)) return;
  }
  WorkGraph* branch = Copy(g);
  if (ReadFrom(branch, t, w, spurious)) {
    stack_.Push({branch, kNoEvent});
  } else {
    Release(branch);
  }
}

// Appends thread t's read, reading from w. An update makes its revisits before its write is placed. False: there is no
// such execution (or it only served for the revisits).
template <class Coherence>
bool GraphExplorer<Coherence>::ReadFrom(WorkGraph* g, ThreadId t, EventId w, bool spurious) {
  const bool newest = (*g)[w].mo_next == kNoEvent;
  if (g->threads[t].waits_for_newer != kNoEvent) g->threads[t].waits_for_newer = kNoEvent;
  const EventId rival = IsUpdateOf(*g, (*g)[w].mo_next, w) ? (*g)[w].mo_next : kNoEvent;
  const EventId e = g->Append(t);
  if ((g->tagged >> t & 1) != 0) {
    for (Tag& tag : g->tags) {
      if (tag.thread == t && tag.event == kNoEvent) tag.event = e;
    }
    g->tagged &= ~(1U << t);
  }
  g->LinkRead(e, w, spurious);
  if (newest && !spurious) (*g)[e].flags |= WorkEvent::kNewest;
  g->ComputeClocks(e);
  Advance(g, e);
  const auto linked = [&] {
    Coherence::Linked(g, e);
    return newest || Coherence::Consistent(*g);
  };
  if (!linked()) return false;
  if ((*g)[e].Is(WorkEvent::kWrite)) {
    Revisits(*g, e, rival);
    if (rival != kNoEvent) return false;  // two updates of one write
    g->LinkWrite(e, w);
    if (!linked()) return false;
  }
  inspector_.CheckAccesses(*g, e);
  inspector_.Arrived(*g, t);
  return true;
}

template <class Coherence>
void GraphExplorer<Coherence>::AddStore(WorkGraph* g, ThreadId t) {
  const LocationId location = g->threads[t].node->label.location;
  g->EnsureLocation(program_, location);
  const EventId e = g->Append(t);
  g->ComputeClocks(e);
  Coherence::Linked(g, e);
  Advance(g, e);
  Revisits(*g, e, kNoEvent);
  if (LooksAside()) FindPlaces(*g, e);
  if (SkipsTails() && !places_.empty() && !g->places[location].plain && !Coherence::NeedsCheck(*g)) {
    // Where this was the last operation, each older place is an execution, in which nothing is newer than before.
    const Tail::End end = tail_.Walk(*g);
    if (end.quiet && order_.has_value()) {
      if (CountInOrder(*g, end, places_.size())) places_.clear();
    } else {
      while (end.quiet && !places_.empty() && !Stopped()) {
        Count(end);
        places_.pop_back();
      }
    }
  }
  for (const EventId after : places_) {
    WorkGraph* branch = Copy(*g);
    branch->LinkWrite(e, after);
    Coherence::Linked(branch, e);
    if (Coherence::Consistent(*branch)) {
      stack_.Push({branch, kNoEvent});
    } else {
      Release(branch);
    }
  }
  g->LinkWrite(e, g->places[location].mo_last);
  (*g)[e].flags |= WorkEvent::kNewest;
  Coherence::Linked(g, e);
  inspector_.CheckAccesses(*g, e);
  inspector_.Arrived(*g, t);
}

template <class Coherence>
void GraphExplorer<Coherence>::AddFence(WorkGraph* g, ThreadId t) {
  const EventId e = g->Append(t);
  (*g)[e].flags |= WorkEvent::kNewest;
  g->ComputeClocks(e);
  Coherence::Linked(g, e);
  Advance(g, e);
  inspector_.Arrived(*g, t);
}

template <class Coherence>
void GraphExplorer<Coherence>::AddChoice(WorkGraph* g, ThreadId t) {
  const Value count = g->threads[t].node->label.operands[0];
  const EventId e = g->Append(t);
  g->ComputeClocks(e);
  Coherence::Linked(g, e);
  for (Value choice = 1; choice < count; ++choice) {
    WorkGraph* branch = Copy(*g);
    (*branch)[e].read = choice;
    Advance(branch, e);
    inspector_.Arrived(*branch, t);
    stack_.Push({branch, kNoEvent});
  }
  (*g)[e].flags |= WorkEvent::kNewest;  // the first alternative
  Advance(g, e);
  inspector_.Arrived(*g, t);
}

// e's thread stands at the node after it, now that what e reads is known.
template <class Coherence>
void GraphExplorer<Coherence>::Advance(WorkGraph* g, EventId e) {
  WorkEvent& event = (*g)[e];
  const bool waits = event.Is(WorkEvent::kBlocking);
  event.next = waits ? &kWaiting : program_.Child(event.node, event.thread, event.read, event.Is(WorkEvent::kSpurious));
  if (g->threads[event.thread].last == e) g->threads[event.thread].node = event.next;
  if (twins_.has_value()) [[unlikely]]
    MeetTwins(*g, e);
}

// e's thread is at e's next operation: so would others be.
template <class Coherence>
[[gnu::noinline]] void GraphExplorer<Coherence>::MeetTwins(const WorkGraph& g, EventId e) {
  if (!g[e].Is(WorkEvent::kBlocking)) twins_->Meet(g, g[e].thread, g[e].next, e);
}

template ScCoherence::View GraphExplorer<ScCoherence>::ViewOfNext(const WorkGraph&, ThreadId) const;
template void GraphExplorer<ScCoherence>::AddRead(WorkGraph*, ThreadId, bool);
template void GraphExplorer<ScCoherence>::AddStore(WorkGraph*, ThreadId);
template void GraphExplorer<ScCoherence>::AddFence(WorkGraph*, ThreadId);
template void GraphExplorer<ScCoherence>::AddChoice(WorkGraph*, ThreadId);
template void GraphExplorer<ScCoherence>::Advance(WorkGraph*, EventId);
template TsoCoherence::View GraphExplorer<TsoCoherence>::ViewOfNext(const WorkGraph&, ThreadId) const;
template void GraphExplorer<TsoCoherence>::AddRead(WorkGraph*, ThreadId, bool);
template void GraphExplorer<TsoCoherence>::AddStore(WorkGraph*, ThreadId);
template void GraphExplorer<TsoCoherence>::AddFence(WorkGraph*, ThreadId);
template void GraphExplorer<TsoCoherence>::AddChoice(WorkGraph*, ThreadId);
template void GraphExplorer<TsoCoherence>::Advance(WorkGraph*, EventId);
template Rc11Coherence::View GraphExplorer<Rc11Coherence>::ViewOfNext(const WorkGraph&, ThreadId) const;
template void GraphExplorer<Rc11Coherence>::AddRead(WorkGraph*, ThreadId, bool);
template void GraphExplorer<Rc11Coherence>::AddStore(WorkGraph*, ThreadId);
template void GraphExplorer<Rc11Coherence>::AddFence(WorkGraph*, ThreadId);
template void GraphExplorer<Rc11Coherence>::AddChoice(WorkGraph*, ThreadId);
template void GraphExplorer<Rc11Coherence>::Advance(WorkGraph*, EventId);

}  // namespace doorway

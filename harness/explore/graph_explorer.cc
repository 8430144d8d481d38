#include "harness/explore/graph_explorer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "harness/behaviour/model_error.h"
#include "harness/explore/accesses.h"
#include "harness/explore/awaits.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/extract.h"
#include "harness/explore/look_ahead.h"
#include "harness/explore/maximality.h"
#include "harness/explore/stuck.h"

namespace doorway {
namespace {

constexpr std::size_t kMaxEvents = 60'000;  // slots are 16 bits wide

bool IsUpdateOf(const WorkGraph& g, EventId e, EventId w) {
  return e != kNoEvent && g[e].Is(WorkEvent::kRead) && g[e].reads_from == w;
}

}  // namespace

template <class Coherence>
GraphExplorer<Coherence>::GraphExplorer(Program& program, Judge& judge, const ExploreOptions& options)
    : program_(program), judge_(judge), options_(options) {}

template <class Coherence>
bool GraphExplorer<Coherence>::Run() {
  started_ = WallSeconds();
  WorkGraph* first = Acquire();
  *first = WorkGraph(program_);
  for (std::size_t t = 0; t < first->threads.size(); ++t) Arrived(first, static_cast<ThreadId>(t));
  stack_.push_back({first, kNoEvent});
  while (!stack_.empty() && !judge_.stop() && !out_of_budget_) {
    const Pending next = stack_.back();
    stack_.pop_back();
    if (next.unplaced == kNoEvent || FinishUpdate(next.graph, next.unplaced)) Extend(next.graph);
    Release(next.graph);
  }
  return stack_.empty() && !judge_.stop() && !out_of_budget_;
}

template <class Coherence>
bool GraphExplorer<Coherence>::Review(WorkGraph* g) {
  if (!Coherence::Allows(*g)) return false;
  Coherence::Restricted(g);
  for (std::size_t e = 0; e < g->size(); ++e) {
    if (!g->events[e].Is(WorkEvent::kInit)) CheckAccesses(*g, static_cast<EventId>(e));
  }
  for (std::size_t t = 0; t < g->threads.size(); ++t) {
    const Node* node = g->threads[t].node;
    if (node->label.location != kNoLocation) g->EnsureLocation(program_, node->label.location);
    Arrived(g, static_cast<ThreadId>(t));
  }
  Leaf(g);
  return true;
}

template <class Coherence>
bool GraphExplorer<Coherence>::OutOfBudget() {
  if (options_.interrupted != nullptr && options_.interrupted->load(std::memory_order_relaxed)) {
    judge_.HitBound("interrupted");
    return out_of_budget_ = true;
  }
  if (++steps_ % 256 != 0) return false;
  const double now = WallSeconds() - started_;
  if (options_.timeout_seconds > 0 && now > options_.timeout_seconds) {
    std::string seconds = std::to_string(options_.timeout_seconds);
    seconds.erase(seconds.find_last_not_of('0') + 1);
    if (seconds.back() == '.') seconds.pop_back();
    judge_.HitBound("timeout: " + seconds + " s");
    return out_of_budget_ = true;
  }
  if (options_.on_progress && now >= next_progress_) {
    next_progress_ = now + 0.25;
    options_.on_progress({judge_.executions(), judge_.blocked(), now});
  }
  return false;
}

// ---- The main loop ----

// Adds event after event, the newest choice each time, until no thread can go on. A violation lets the graph at hand
// come to its end, so that the properties have seen it too.
template <class Coherence>
void GraphExplorer<Coherence>::Extend(WorkGraph* g) {
  for (;;) {
    if (OutOfBudget()) return;
    if (g->size() >= kMaxEvents)
      throw ModelError("an execution has more than 60000 operations; fewer threads or rounds");
    const int t = NextThread(g);
    if (t < 0) {
      if (options_.in_place_awaits && GoOnWaiting(g)) continue;
      Leaf(g);
      return;
    }
    const auto thread = static_cast<ThreadId>(t);
    switch (g->threads[thread].node->label.op) {
      case Op::kStore:
        AddStore(g, thread);
        break;
      case Op::kFence:
        AddFence(g, thread);
        break;
      case Op::kChoose:
        AddChoice(g, thread);
        break;
      default:
        AddRead(g, thread, true);
    }
  }
}

// Stores, fences and choices first, then the first thread whose read need not wait.
template <class Coherence>
int GraphExplorer<Coherence>::NextThread(WorkGraph* g) {
  const int n = static_cast<int>(g->threads.size());
  for (int t = 0; t < n; ++t) {
    const Op op = g->threads[static_cast<std::size_t>(t)].node->label.op;
    if (op == Op::kStore || op == Op::kFence || op == Op::kChoose) return t;
  }
  for (int t = 0; t < n; ++t) {
    const Node* node = g->threads[static_cast<std::size_t>(t)].node;
    if (!Reads(node->label.op)) continue;
    g->EnsureLocation(program_, node->label.location);
    if (!options_.in_place_awaits) return t;
    const EventId newest = g->places[node->label.location].mo_last;
    const Value value = Truncate((*g)[newest].written, node->label.width);
    const auto thread = static_cast<ThreadId>(t);
    if (!Blocks(program_, node, thread, value) && MayRead(*g, thread, newest)) return t;
  }
  return -1;
}

// Nothing else can run: the first waiting thread that could read an older write branches over those, and then decides
// to wait for writes to come. False if there is none.
template <class Coherence>
bool GraphExplorer<Coherence>::GoOnWaiting(WorkGraph* g) {
  for (std::size_t i = 0; i < g->threads.size(); ++i) {
    const auto t = static_cast<ThreadId>(i);
    const Node* node = g->threads[t].node;
    if (!Reads(node->label.op)) continue;
    const EventId newest = g->places[node->label.location].mo_last;
    const std::uint16_t* view = Coherence::View(*g, g->threads[t].last);
    bool found = false;
    for (EventId w = newest;; w = (*g)[w].mo_prev) {
      if (MayRead(*g, t, w) && !Blocks(program_, node, t, Truncate((*g)[w].written, node->label.width))) found = true;
      if (found || (*g)[w].Is(WorkEvent::kInit) || Coherence::Sees(*g, view, w)) break;
    }
    if (!found) continue;
    AddRead(g, t, false);
    g->tags.push_back({static_cast<EventId>(g->size()), newest, t, kNoEvent});
    return true;
  }
  return false;
}

// ---- Adding events ----

// Branches over the writes that thread t's next read may read from. The newest is taken in place, if `newest`; the
// others, and spurious failures, are not maximal, so values that only make the thread wait are of no use there.
template <class Coherence>
void GraphExplorer<Coherence>::AddRead(WorkGraph* g, ThreadId t, bool newest) {
  const Node* node = g->threads[t].node;
  const EventId top = g->places[node->label.location].mo_last;
  const std::uint16_t* view = Coherence::View(*g, g->threads[t].last);
  for (EventId w = top;; w = (*g)[w].mo_prev) {
    const Value value = Truncate((*g)[w].written, node->label.width);
    const bool may_read = MayRead(*g, t, w);
    const bool last = (*g)[w].Is(WorkEvent::kInit) || Coherence::Sees(*g, view, w);
    for (const bool spurious : {false, true}) {
      if (!may_read || (spurious && !MayFailSpuriously(node->label, value))) continue;
      if (w == top && newest && !spurious) continue;
      if (spurious ? program_.Child(node, t, value, true)->label.op == Op::kBlocked : Blocks(program_, node, t, value))
        continue;
      WorkGraph* branch = Copy(*g);
      if (ReadFrom(branch, t, w, spurious)) {
        stack_.push_back({branch, kNoEvent});
      } else {
        Release(branch);
      }
    }
    if (last) break;
  }
  if (newest) ReadFrom(g, t, top, false);
}

// Appends thread t's read, reading from w. An update makes its revisits before its write is placed. False: there is no
// such execution (or it only served for the revisits).
template <class Coherence>
bool GraphExplorer<Coherence>::ReadFrom(WorkGraph* g, ThreadId t, EventId w, bool spurious) {
  const bool newest = (*g)[w].mo_next == kNoEvent;
  const EventId rival = IsUpdateOf(*g, (*g)[w].mo_next, w) ? (*g)[w].mo_next : kNoEvent;
  const EventId e = g->Append(t);
  for (Tag& tag : g->tags) {
    if (tag.thread == t && tag.event == kNoEvent) tag.event = e;
  }
  g->LinkRead(e, w, spurious);
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
  CheckAccesses(*g, e);
  Arrived(g, t);
  return true;
}

template <class Coherence>
void GraphExplorer<Coherence>::AddStore(WorkGraph* g, ThreadId t) {
  const LocationId location = g->threads[t].node->label.location;
  g->EnsureLocation(program_, location);
  const std::uint16_t* view = Coherence::View(*g, g->threads[t].last);
  // Older places: before each write that the thread has not seen; an update stays next to what it reads.
  std::vector<EventId> places;
  for (EventId x = g->places[location].mo_last; !(*g)[x].Is(WorkEvent::kInit) && !Coherence::Sees(*g, view, x);
       x = (*g)[x].mo_prev) {
    if (!(*g)[x].Is(WorkEvent::kRead)) places.push_back((*g)[x].mo_prev);
  }
  const EventId e = g->Append(t);
  g->ComputeClocks(e);
  Coherence::Linked(g, e);
  Advance(g, e);
  Revisits(*g, e, kNoEvent);
  for (const EventId after : places) {
    WorkGraph* branch = Copy(*g);
    branch->LinkWrite(e, after);
    Coherence::Linked(branch, e);
    if (Coherence::Consistent(*branch)) {
      stack_.push_back({branch, kNoEvent});
    } else {
      Release(branch);
    }
  }
  g->LinkWrite(e, g->places[location].mo_last);
  Coherence::Linked(g, e);
  CheckAccesses(*g, e);
  Arrived(g, t);
}

template <class Coherence>
void GraphExplorer<Coherence>::AddFence(WorkGraph* g, ThreadId t) {
  const EventId e = g->Append(t);
  g->ComputeClocks(e);
  Coherence::Linked(g, e);
  Advance(g, e);
  Arrived(g, t);
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
    Arrived(branch, t);
    stack_.push_back({branch, kNoEvent});
  }
  Advance(g, e);
  Arrived(g, t);
}

// e's thread stands at the node after it, now that what e reads is known.
template <class Coherence>
void GraphExplorer<Coherence>::Advance(WorkGraph* g, EventId e) {
  WorkEvent& event = (*g)[e];
  const bool waits = event.Is(WorkEvent::kBlocking);
  event.next = waits ? &kWaiting : program_.Child(event.node, event.thread, event.read, event.Is(WorkEvent::kSpurious));
  if (g->threads[event.thread].last == e) g->threads[event.thread].node = event.next;
}

// ---- Revisits ----

// Offers the write w, not in mo yet, to the reads that it may revisit, newest first. If an update `rival` already reads
// what the update w reads, only revisits that undo the rival count.
template <class Coherence>
void GraphExplorer<Coherence>::Revisits(const WorkGraph& g, EventId w, EventId rival) {
  if (rival != kNoEvent && (g[rival].Is(WorkEvent::kFixed) || g.InPorf(rival, w))) return;
  const LocationId location = g[w].location;
  for (std::size_t i = g.size(); i-- > 0;) {
    const auto e = static_cast<EventId>(i);
    if (e == w || g.InPorf(e, w)) continue;
    if (!IsMaximal(g, e, w)) return;  // e would be deleted by every further revisit
    if (rival != kNoEvent && e > rival) continue;
    if (g[e].Is(WorkEvent::kRead) && g[e].location == location && !g[e].Is(WorkEvent::kFixed) && TagsAllow(g, e, w)) {
      Revisit(g, e, w);
    }
  }
}

// r <- w: one new graph for each place of w in the modification order of the restricted graph.
template <class Coherence>
void GraphExplorer<Coherence>::Revisit(const WorkGraph& g, EventId r, EventId w) {
  WorkGraph* base = Acquire();
  EventId new_r = kNoEvent;
  EventId new_w = kNoEvent;
  g.Restrict(r, w, base, &new_r, &new_w, &scratch_);
  Coherence::Restricted(base);
  const WorkEvent& write = (*base)[new_w];
  const bool weak = MayFailSpuriously((*base)[new_r].node->label, write.written);
  std::vector<EventId> places;
  if (write.Is(WorkEvent::kRead)) {
    places.push_back(write.reads_from);
  } else {
    const std::uint16_t* view = Coherence::View(*base, write.po_prev);
    EventId x = base->places[write.location].mo_last;
    places.push_back(x);
    for (; !(*base)[x].Is(WorkEvent::kInit) && !Coherence::Sees(*base, view, x); x = (*base)[x].mo_prev) {
      if (!(*base)[x].Is(WorkEvent::kRead)) places.push_back((*base)[x].mo_prev);
    }
  }
  for (const EventId after : places) {
    for (const bool spurious : {false, true}) {
      if (spurious && !weak) continue;
      PlaceRevisited(Copy(*base), new_r, new_w, after, spurious);
    }
  }
  Release(base);
}

// Takes `h` over.
template <class Coherence>
void GraphExplorer<Coherence>::PlaceRevisited(WorkGraph* h, EventId r, EventId w, EventId after, bool spurious) {
  h->LinkWrite(w, after);
  Coherence::Linked(h, w);
  const ThreadId t = (*h)[r].thread;
  const Node* node = (*h)[r].node;
  const std::uint16_t* view = Coherence::View(*h, (*h)[r].po_prev);
  for (EventId x = (*h)[w].mo_next; x != kNoEvent; x = (*h)[x].mo_next) {
    if (Coherence::Sees(*h, view, x)) return Release(h);  // r has seen something newer than w
  }
  const Value value = Truncate((*h)[w].written, node->label.width);
  const bool waits =
      spurious ? program_.Child(node, t, value, true)->label.op == Op::kBlocked : Blocks(program_, node, t, value);
  if (waits && spurious) return Release(h);
  h->LinkRead(r, w, spurious);
  h->ComputeClocks(r);
  Advance(h, r);
  Coherence::Linked(h, r);
  if (!Coherence::Consistent(*h)) return Release(h);
  if (waits && options_.in_place_awaits) {
    Wait(h, r, w);
    return;
  }
  const bool updates = (*h)[r].Is(WorkEvent::kWrite);
  if (!updates) Settled(h, r);
  stack_.push_back({h, updates ? r : kNoEvent});
}

// r reads from w, which makes its thread wait: goes on without r, but with a tag. Takes `h` over.
template <class Coherence>
void GraphExplorer<Coherence>::Wait(WorkGraph* h, EventId r, EventId w) {
  const ThreadId t = (*h)[r].thread;
  h->RemoveLastRead(r);
  const auto source = static_cast<EventId>(w > r ? w - 1 : w);
  h->tags.push_back({r, source, t, kNoEvent});
  Coherence::Restricted(h);
  CheckAccesses(*h, source);
  Arrived(h, (*h)[source].thread);
  stack_.push_back({h, kNoEvent});
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
  CheckAccesses(*g, w);
  CheckAccesses(*g, r);
  Arrived(g, (*g)[w].thread);
  Arrived(g, (*g)[r].thread);
}

// ---- Ends and errors ----

template <class Coherence>
void GraphExplorer<Coherence>::Arrived(WorkGraph* g, ThreadId t) {
  const Label& label = g->threads[t].node->label;
  if (label.op == Op::kFailed && !judge_.Violated(kNoFailedCheck)) {
    Report(kNoFailedCheck, *g, g->threads[t].last, kNoEvent,
           "thread " + std::to_string(t) + ": check failed: " + label.verb);
  }
  if (label.op == Op::kError) {
    if (!judge_.any_violation()) throw ModelError("thread " + std::to_string(t) + ": " + label.verb);
    // What comes after a violation may be its consequence.
    judge_.HitBound("the model's error after a violation: " + std::string(label.verb));
    out_of_budget_ = true;
  }
}

template <class Coherence>
void GraphExplorer<Coherence>::Report(std::string_view claim, const WorkGraph& g, EventId a, EventId b,
                                      std::string sentence) {
  std::vector<EventId> renamed;
  Extract(g, program_, Coherence::kOrder, &execution_, &renamed);
  Finding finding;
  finding.claim = claim;
  finding.sentence = std::move(sentence);
  for (const EventId e : {a, b}) {
    if (e != kNoEvent && renamed[e] != kNoEvent) finding.points.push_back({renamed[e], ""});
  }
  finding.unordered = b != kNoEvent;
  judge_.Violate(std::move(finding), execution_);
}

template <class Coherence>
void GraphExplorer<Coherence>::CheckAccesses(const WorkGraph& g, EventId e) {
  const EventId location = g[e].location;
  if (location == kNoLocation || !g.places[location].plain) return;
  judge_.RaceChecked();
  for (const BadAccess& bad : BadAccessesOf(g, program_, e)) {
    if (!judge_.Violated(bad.claim)) Report(bad.claim, g, bad.first, bad.second, bad.sentence);
  }
  if (!judge_.any_violation()) RequireValue(g, program_, e);
}

template <class Coherence>
void GraphExplorer<Coherence>::Leaf(WorkGraph* g) {
  bool waits = false;  // some thread that should have finished
  bool all_stuck = true;
  bool bounded = false;
  bool failed = false;
  if (options_.check_invariants) g->CheckInvariants();
  for (std::size_t i = 0; i < g->threads.size(); ++i) {
    const auto t = static_cast<ThreadId>(i);
    const Op op = g->threads[t].node->label.op;
    bounded |= op == Op::kBounded;
    failed |= op == Op::kFailed || op == Op::kError;
    if (!EndsThread(op) && !Reads(op)) all_stuck = false;  // it could go on (a prefix, under review)
    if (!Reads(op) && op != Op::kBlocked) continue;
    if (program_.NeverSpawned(static_cast<int>(t), g->threads[t].node)) continue;
    all_stuck = all_stuck && IsStuck(*g, program_, t);
    waits = waits || !program_.is_daemon(static_cast<int>(t));
  }
  const Judge::End end = !waits ? Judge::End::kComplete : all_stuck ? Judge::End::kStuck : Judge::End::kBlocked;
  const bool deadlock = end == Judge::End::kStuck && !bounded && !failed && !judge_.Violated(kNoStuckThread);
  if (!deadlock && !judge_.wants_executions()) {
    judge_.Count(end, bounded);
    return;
  }
  std::vector<EventId> renamed;
  Extract(*g, program_, Coherence::kOrder, &execution_, &renamed);
  for (ThreadState& thread : execution_.threads) {
    if (thread.end != ThreadEnd::kRunning && thread.end != ThreadEnd::kBlocked) continue;
    thread.end = end == Judge::End::kStuck ? ThreadEnd::kStuck : ThreadEnd::kBlocked;
  }
  judge_.Finished(execution_, end, bounded);
  if (!deadlock) return;
  judge_.Violate({std::string(kNoStuckThread), DescribeStuck(execution_), {}, false}, execution_);
}

template <class Coherence>
WorkGraph* GraphExplorer<Coherence>::Acquire() {
  if (free_.empty()) {
    graphs_.push_back(std::make_unique<WorkGraph>());
    return graphs_.back().get();
  }
  WorkGraph* graph = free_.back();
  free_.pop_back();
  return graph;
}

template <class Coherence>
WorkGraph* GraphExplorer<Coherence>::Copy(const WorkGraph& g) {
  WorkGraph* copy = Acquire();
  *copy = g;
  return copy;
}

template class GraphExplorer<ScCoherence>;
template class GraphExplorer<TsoReview>;
template class GraphExplorer<Rc11Coherence>;

}  // namespace doorway

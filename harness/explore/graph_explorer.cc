#include "harness/explore/graph_explorer.h"

#include <algorithm>
#include <string>

#include "harness/behaviour/model_error.h"
#include "harness/explore/awaits.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/estimate_executions.h"
#include "harness/explore/look_ahead.h"

namespace doorway {
namespace {

constexpr std::size_t kMaxEvents = 60'000;  // slots are 16 bits wide
constexpr double kEstimateSeconds = 0.2;    // of random walks, once, to say how far the search has come
constexpr double kEstimateAfter = 1;        // seconds: shorter searches need none

}  // namespace

template <class Coherence>
GraphExplorer<Coherence>::GraphExplorer(Program& program, Judge& judge, const ExploreOptions& options)
    : program_(program),
      judge_(judge),
      options_(options),
      inspector_(program, judge, options, &Coherence::Before),
      tail_(program) {
  if (Permutations(options.interchangeable) == 1) return;
  twins_.emplace(program, options.interchangeable, *options.exchanges);
  order_.emplace(options.interchangeable);
}

template <class Coherence>
bool GraphExplorer<Coherence>::Run() {
  Start();
  stack_.Begin({First(), kNoEvent});
  return Continue();
}

template <class Coherence>
bool GraphExplorer<Coherence>::Continue() {
  while (!stack_.empty() && !Stopped() && !(save_ && OutOfBudget())) Visit(stack_.Pop());
  return stack_.empty() && !Stopped();
}

// Goes to an end from there, and pushes the other ways.
template <class Coherence>
void GraphExplorer<Coherence>::Visit(const SubTree& sub_tree) {
  WorkGraph* g = sub_tree.graph;
  const bool placed = sub_tree.unplaced == kNoEvent || FinishUpdate(g, sub_tree.unplaced);
  if (placed && !IsRefuted(*g)) Extend(g);
  Release(g);
}

template <class Coherence>
std::vector<typename GraphExplorer<Coherence>::SubTree> GraphExplorer<Coherence>::Expand(const SubTree& sub_tree) {
  Start();
  Visit(sub_tree);
  return stack_.TakeAll();
}

template <class Coherence>
bool GraphExplorer<Coherence>::ExploreSubTree(const SubTree& sub_tree) {
  Start();
  stack_.Begin({Copy(*sub_tree.graph), sub_tree.unplaced});
  return Continue();
}

template <class Coherence>
bool GraphExplorer<Coherence>::ExploreFrom(const SubTree& sub_tree, const Position& position, GraphExplorer& guide) {
  Start();
  stack_.Begin({Copy(*sub_tree.graph), sub_tree.unplaced});
  for (std::size_t level = 0;; ++level) {
    const bool last = level + 1 == position.size();
    const std::size_t left = position[level] + (last ? 0U : 1U);
    if (stack_.left() < left) throw SearchMismatch("the search has no such position");
    while (stack_.left() > left) Release(stack_.Drop().graph);
    if (last) return Continue();
    for (const SubTree& child : guide.Expand(stack_.Pop())) stack_.Push(child);
  }
}

// The graph without operations.
template <class Coherence>
WorkGraph* GraphExplorer<Coherence>::First() {
  WorkGraph* first = Acquire();
  *first = WorkGraph(program_, Coherence::kOrderClocks);
  for (std::size_t i = 0; i < first->threads.size(); ++i) {
    const auto t = static_cast<ThreadId>(i);
    if (twins_.has_value()) twins_->Meet(*first, t, first->threads[t].node, kNoEvent);
    inspector_.Arrived(*first, t);
  }
  return first;
}

template <class Coherence>
bool GraphExplorer<Coherence>::Review(WorkGraph* g) {
  if (!Coherence::Allows(*g)) return false;
  Coherence::Order(g);
  for (std::size_t e = 0; e < g->size(); ++e) {
    if (!g->events[e].Is(WorkEvent::kInit)) inspector_.CheckAccesses(*g, static_cast<EventId>(e));
  }
  for (std::size_t t = 0; t < g->threads.size(); ++t) {
    const Node* node = g->threads[t].node;
    if (node->label.location != kNoLocation) g->EnsureLocation(program_, node->label.location);
    inspector_.Arrived(*g, static_cast<ThreadId>(t));
  }
  inspector_.Finished(*g);
  return true;
}

template <class Coherence>
bool GraphExplorer<Coherence>::OutOfBudget() {
  if (options_.interrupted != nullptr && options_.interrupted->load(std::memory_order_relaxed)) {
    judge_.CutShort("interrupted");
    return out_of_budget_ = true;
  }
  if (save_ && judge_.ReachedMaxExecutions()) {
    judge_.CutShort("max-executions: " + std::to_string(options_.max_executions));
    return out_of_budget_ = true;
  }
  if (++steps_ % 256 != 0) return false;
  const double now = WallSeconds() - started_;
  if (options_.timeout_seconds > 0 && now > options_.timeout_seconds) {
    std::string seconds = std::to_string(options_.timeout_seconds);
    seconds.erase(seconds.find_last_not_of('0') + 1);
    if (seconds.back() == '.') seconds.pop_back();
    judge_.CutShort("timeout: " + seconds + " s");
    return out_of_budget_ = true;
  }
  if (options_.on_progress && now >= next_progress_) {
    next_progress_ = now + 0.25;
    if (now >= kEstimateAfter && !estimate_.has_value()) estimate_ = EstimateAll();
    options_.on_progress({judge_.executions(), judge_.blocked(), now, estimate_.value_or(Estimate())});
  }
  if (save_ && now >= next_save_) {
    next_save_ = now + options_.checkpoint_seconds;
    save_();
  }
  return false;
}

// A fault that only a walk has met is left to the search to find: the estimate is worth no verdict.
template <class Coherence>
Estimate GraphExplorer<Coherence>::EstimateAll() const {
  try {
    return EstimateExecutions<Coherence>(program_, options_, kEstimateSeconds);
  } catch (const ModelError&) {
    return {};
  }
}

// ---- The main loop ----

// Adds event after event, the newest choice each time, until no thread can go on. A violation lets the graph at hand
// come to its end, so that the properties have seen it too.
template <class Coherence>
void GraphExplorer<Coherence>::Extend(WorkGraph* g) {
  while ((save_ || !OutOfBudget()) && Step(g)) {
  }
}

// Adds an event to g, the newest choice; the others go on the stack. False: g is at its end.
template <class Coherence>
bool GraphExplorer<Coherence>::Step(WorkGraph* g) {
  if (SkipsTails() && Tail::IsNear(*g) && Ended(*g)) return false;
  const int t = NextThread(g);
  if (t < 0) {
    if (options_.in_place_awaits && GoOnWaiting(g)) return true;
    Finish(*g);
    return false;
  }
  Add(g, static_cast<ThreadId>(t));
  return true;
}

// Thread t's next operation, likewise.
template <class Coherence>
void GraphExplorer<Coherence>::Add(WorkGraph* g, ThreadId t) {
  if (g->size() >= kMaxEvents) {
    throw ModelError("an execution has more than 60000 operations; fewer threads or rounds");
  }
  switch (g->threads[t].node->label.op) {
    case Op::kStore:
      return AddStore(g, t);
    case Op::kFence:
      return AddFence(g, t);
    case Op::kChoose:
      return AddChoice(g, t);
    default:
      return AddRead(g, t, true);
  }
}

// Nothing can be added any more.
template <class Coherence>
void GraphExplorer<Coherence>::Finish(const WorkGraph& g) {
  if (!order_.has_value()) return inspector_.Finished(g);
  const double stands_for = order_->StandsFor(g);
  if (stands_for == 0) return;
  const std::uint64_t before = judge_.executions();
  inspector_.Finished(g);
  judge_.StandFor(stands_for * static_cast<double>(judge_.executions() - before));
}

// Whether the rest of g is determined: then it is counted.
template <class Coherence>
bool GraphExplorer<Coherence>::Ended(const WorkGraph& g) {
  const Tail::End end = tail_.Walk(g);
  if (!end.quiet) return false;
  if (order_.has_value()) return CountInOrder(g, end, 1);
  Count(end);
  return true;
}

template <class Coherence>
void GraphExplorer<Coherence>::Count(const Tail::End& end) {
  judge_.RacesChecked(end.plain_accesses);
  judge_.Count(Judge::End::kComplete, end.bounded);
}

// So many executions, which g leads to, as far as they are in order. False: that is not known yet.
template <class Coherence>
bool GraphExplorer<Coherence>::CountInOrder(const WorkGraph& g, const Tail::End& end, std::size_t executions) {
  const std::optional<double> stands_for = order_->WillStandFor(g);
  if (!stands_for.has_value()) return false;
  if (*stands_for == 0) return true;
  for (std::size_t i = 0; i < executions; ++i) Count(end);
  judge_.StandFor(*stands_for * static_cast<double>(executions));
  return true;
}

// The thread that added the newest event, if its next operation is no read; else stores, fences and choices first, then
// the first thread whose read need not wait, then exits.
template <class Coherence>
int GraphExplorer<Coherence>::NextThread(WorkGraph* g) {
  const auto is_prompt = [this, g](int t) {
    const Label& label = g->threads[static_cast<std::size_t>(t)].node->label;
    if (label.op != Op::kStore && label.op != Op::kFence && label.op != Op::kChoose) return false;
    return !label.exit || !options_.in_place_awaits;
  };
  const int last = g->events.empty() ? kInitThread : g->events.back().thread;  // empty: nothing is shared
  if (last != kInitThread && is_prompt(last)) return last;
  const int n = static_cast<int>(g->threads.size());
  for (int t = 0; t < n; ++t) {
    if (is_prompt(t)) return t;
  }
  int exit = -1;
  for (int t = 0; t < n; ++t) {
    const Node* node = g->threads[static_cast<std::size_t>(t)].node;
    if (!Reads(node->label.op)) {
      if (exit < 0 && node->label.exit) exit = t;
      continue;
    }
    g->EnsureLocation(program_, node->label.location);
    if (!options_.in_place_awaits) return t;
    const EventId newest = g->places[node->label.location].mo_last;
    EventId& known = g->threads[static_cast<std::size_t>(t)].waits_for_newer;
    if (known == newest) continue;
    const Value value = Truncate((*g)[newest].written, node->label.width);
    const auto thread = static_cast<ThreadId>(t);
    if (!Blocks(program_, node, thread, value) && MayRead(*g, thread, newest)) return t;
    known = newest;
  }
  return exit;
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
    const auto view = ViewOfNext(*g, t);
    bool found = false;
    for (EventId w = newest;; w = (*g)[w].mo_prev) {
      const Value value = Truncate((*g)[w].written, node->label.width);
      found = MayRead(*g, t, w) && !Blocks(program_, node, t, value) &&
              Coherence::MayReadFrom(*g, t, node->label, value, w);
      if (found || (*g)[w].Is(WorkEvent::kInit) || Coherence::Sees(*g, view, w)) break;
    }
    if (!found) continue;
    AddRead(g, t, false);
    g->AddTag({static_cast<EventId>(g->size()), newest, t, kNoEvent});
    return true;
  }
  return false;
}

// ---- Memory ----

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
  copy->CopyFrom(g);
  return copy;
}

template class GraphExplorer<ScCoherence>;
template class GraphExplorer<TsoCoherence>;
template class GraphExplorer<Rc11Coherence>;

}  // namespace doorway

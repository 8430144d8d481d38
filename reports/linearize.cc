#include "reports/linearize.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

// The exact search. How far each thread has come says which events stand above the next one; with the thread
// that moved last, that is all that the cost of a next event depends on. So the best order is a shortest path over
// these states, found layer by layer: a state's predecessors have smaller indices, since one position of
// theirs is smaller and none is larger.
//
//   T0: x = 1; y = 1     T1: r = y (1); s = x (1)
//
// State (T0 has done 1, T1 has done 0, last was T0) can go on with y = 1 (no switch), or not yet with r = y: its
// source is not above. The path T0 T0 T1 T1 has one switch.

namespace doorway {
namespace {

// The most significant first: misplaced writes, stale reads, the two that belong together as they are told,
// events between them, switches.
using Cost = std::uint64_t;
constexpr Cost kMisplaced = Cost{1} << 50;
constexpr Cost kStale = Cost{1} << 34;
constexpr Cost kAsTold = Cost{1} << 33;
constexpr Cost kBetween = Cost{1} << 16;
constexpr Cost kSwitch = 1;
constexpr Cost kUnreached = std::numeric_limits<Cost>::max();

// What the search asks of an execution, by event.
class Problem {
 public:
  Problem(const Execution& execution, std::pair<EventId, EventId> together)
      : execution_(execution), together_(together), overwriters_(execution.events.size()) {
    for (const std::vector<EventId>& mo : execution.modification_order) {
      for (std::size_t i = 0; i < mo.size(); ++i) {
        overwriters_[mo[i]].assign(mo.begin() + static_cast<std::ptrdiff_t>(i) + 1, mo.end());
      }
    }
  }

  std::size_t threads() const { return execution_.threads.size(); }
  std::size_t length(std::size_t thread) const { return execution_.threads[thread].events.size(); }

  // The event that `thread` would do next, if its source stands above; else kNoEvent.
  template <class Positions>
  EventId Next(const Positions& at, std::size_t thread) const {
    if (at[thread] == length(thread)) return kNoEvent;
    const EventId next = execution_.threads[thread].events[at[thread]];
    const Event& event = execution_.events[next];
    if (event.IsRead() && event.reads_from != kNoEvent && !Above(at, event.reads_from)) return kNoEvent;
    return next;
  }

  template <class Positions>
  bool Above(const Positions& at, EventId e) const {
    const Event& event = execution_.events[e];
    return event.kind == EventKind::kInit || at[event.thread] > event.index;
  }

  template <class Positions>
  bool Stale(const Positions& at, EventId e) const {
    const Event& event = execution_.events[e];
    return event.IsRead() && event.reads_from != kNoEvent && AnyAbove(at, overwriters_[event.reads_from], e);
  }

  template <class Positions>
  Cost CostOf(const Positions& at, EventId e) const {
    Cost cost = 0;
    if (execution_.events[e].IsWrite() && AnyAbove(at, overwriters_[e], e)) cost += kMisplaced;
    if (Stale(at, e)) cost += kStale;
    if (e == together_.first && !Above(at, together_.second)) cost += kAsTold;
    if (together_.first != kNoEvent && e != together_.first && e != together_.second &&
        Above(at, together_.first) != Above(at, together_.second)) {
      cost += kBetween;
    }
    return cost;
  }

 private:
  template <class Positions>
  bool AnyAbove(const Positions& at, const std::vector<EventId>& events, EventId but) const {
    return std::any_of(events.begin(), events.end(), [&](EventId e) { return e != but && Above(at, e); });
  }

  const Execution& execution_;
  const std::pair<EventId, EventId> together_;
  std::vector<std::vector<EventId>> overwriters_;  // of a write: those mo-after it
};

class ExactSearch {
 public:
  ExactSearch(const Problem& problem, std::size_t max_states) : problem_(problem), strides_(problem.threads()) {
    for (std::size_t t = 0; t < problem.threads(); ++t) {
      strides_[t] = combinations_;
      combinations_ *= problem.length(t) + 1;
      if (combinations_ * problem.threads() > max_states) combinations_ = max_states + 1;
    }
    fits_ = combinations_ * problem.threads() <= max_states;
  }

  bool fits() const { return fits_; }

  // The threads in the order in which they move. REQUIRES: fits().
  std::vector<std::size_t> Run() {
    const std::size_t n = problem_.threads();
    best_.assign(combinations_ * n, kUnreached);
    came_from_.assign(combinations_ * n, 0);
    for (std::size_t last = 0; last < n; ++last) best_[last] = 0;  // nothing has moved: whoever starts is no switch
    std::vector<std::size_t> at(n, 0);
    for (std::size_t state = 0; state < combinations_; ++state) {
      for (std::size_t t = 0; t < n; ++t) at[t] = state / strides_[t] % (problem_.length(t) + 1);
      Relax(state, at);
    }
    return Path();
  }

 private:
  void Relax(std::size_t state, const std::vector<std::size_t>& at) {
    const std::size_t n = problem_.threads();
    for (std::size_t t = 0; t < n; ++t) {
      const EventId next = problem_.Next(at, t);
      if (next == kNoEvent) continue;
      const Cost step = problem_.CostOf(at, next);
      for (std::size_t last = 0; last < n; ++last) {
        const Cost here = best_[state * n + last];
        if (here == kUnreached) continue;
        const Cost cost = here + step + (last == t ? 0 : kSwitch);
        const std::size_t there = (state + strides_[t]) * n + t;
        if (cost >= best_[there]) continue;
        best_[there] = cost;
        came_from_[there] = static_cast<std::uint8_t>(last);
      }
    }
  }

  std::vector<std::size_t> Path() const {
    const std::size_t n = problem_.threads();
    std::size_t state = combinations_ - 1;
    std::size_t last = 0;
    for (std::size_t t = 1; t < n; ++t) {
      if (best_[state * n + t] < best_[state * n + last]) last = t;
    }
    std::vector<std::size_t> path;
    while (state != 0) {
      path.push_back(last);
      const std::size_t before = came_from_[state * n + last];
      state -= strides_[last];
      last = before;
    }
    std::reverse(path.begin(), path.end());
    return path;
  }

  const Problem& problem_;
  std::vector<std::size_t> strides_;
  std::size_t combinations_ = 1;
  bool fits_ = false;
  std::vector<Cost> best_;
  std::vector<std::uint8_t> came_from_;
};

// The greedy search: a topological sort of po + rf and as much of mo and fr as has no cycle.
class GreedySearch {
 public:
  enum class Keep { kPorf, kMo, kMoAndFr };

  GreedySearch(const Execution& execution, Keep keep) : execution_(execution), before_(execution.events.size()) {
    for (const ThreadState& thread : execution.threads) {
      for (std::size_t i = 1; i < thread.events.size(); ++i) Add(thread.events[i - 1], thread.events[i]);
    }
    std::vector<std::vector<EventId>> readers(execution.events.size());
    for (EventId e = 0; e < execution.events.size(); ++e) {
      const Event& event = execution.events[e];
      if (!event.IsRead() || event.reads_from == kNoEvent) continue;
      Add(event.reads_from, e);
      readers[event.reads_from].push_back(e);
    }
    if (keep == Keep::kPorf) return;
    for (const std::vector<EventId>& mo : execution.modification_order) {
      for (std::size_t i = 1; i < mo.size(); ++i) {
        Add(mo[i - 1], mo[i]);
        if (keep != Keep::kMoAndFr) continue;
        for (EventId reader : readers[mo[i - 1]]) Add(reader, mo[i]);
      }
    }
  }

  // None, if what is to be kept has a cycle.
  std::optional<std::vector<std::size_t>> Run(std::pair<EventId, EventId> together) {
    std::vector<std::size_t> path;
    std::vector<std::size_t> at(execution_.threads.size(), 0);
    if (together.first != kNoEvent) {
      // First what the two depend on, then the second, then the first, then the rest.
      std::vector<bool> needed(execution_.events.size(), false);
      MarkPrefix(together.first, needed);
      MarkPrefix(together.second, needed);
      needed[together.first] = needed[together.second] = false;
      Go(needed, at, path);
      needed[together.second] = true;
      Go(needed, at, path);
      needed[together.first] = true;
      Go(needed, at, path);
    }
    Go(std::vector<bool>(execution_.events.size(), true), at, path);
    std::size_t length = 0;
    for (const ThreadState& thread : execution_.threads) length += thread.events.size();
    if (path.size() != length) return std::nullopt;
    return path;
  }

 private:
  void Add(EventId from, EventId to) {
    if (from != to && execution_.events[from].kind != EventKind::kInit) before_[to].push_back(from);
  }

  void MarkPrefix(EventId event, std::vector<bool>& marked) const {
    std::vector<EventId> todo{event};
    while (!todo.empty()) {
      const EventId e = todo.back();
      todo.pop_back();
      if (marked[e]) continue;
      marked[e] = true;
      todo.insert(todo.end(), before_[e].begin(), before_[e].end());
    }
  }

  bool Enabled(const std::vector<std::size_t>& at, std::size_t thread, const std::vector<bool>& allowed) const {
    const std::vector<EventId>& events = execution_.threads[thread].events;
    if (at[thread] == events.size() || !allowed[events[at[thread]]]) return false;
    const std::vector<EventId>& needs = before_[events[at[thread]]];
    return std::all_of(needs.begin(), needs.end(),
                       [&](EventId e) { return at[execution_.events[e].thread] > execution_.events[e].index; });
  }

  // How far `thread` gets alone.
  std::size_t RunLength(std::vector<std::size_t> at, std::size_t thread, const std::vector<bool>& allowed) const {
    std::size_t length = 0;
    for (; Enabled(at, thread, allowed); ++at[thread]) ++length;
    return length;
  }

  // Moves while anything that is allowed can, each time the thread that gets farthest.
  void Go(const std::vector<bool>& allowed, std::vector<std::size_t>& at, std::vector<std::size_t>& path) const {
    const auto run_alone = [&](std::size_t thread) {
      for (; Enabled(at, thread, allowed); ++at[thread]) path.push_back(thread);
    };
    if (!path.empty()) run_alone(path.back());
    for (;;) {
      std::size_t best = 0, farthest = 0;
      for (std::size_t t = 0; t < at.size(); ++t) {
        const std::size_t length = RunLength(at, t, allowed);
        if (length > farthest) best = t, farthest = length;
      }
      if (farthest == 0) return;
      run_alone(best);
    }
  }

  const Execution& execution_;
  std::vector<std::vector<EventId>> before_;
};

std::vector<std::size_t> Greedy(const Execution& execution, std::pair<EventId, EventId> together) {
  for (const auto keep : {GreedySearch::Keep::kMoAndFr, GreedySearch::Keep::kMo, GreedySearch::Keep::kPorf}) {
    if (auto path = GreedySearch(execution, keep).Run(together)) return *path;
  }
  return {};  // po + rf has a cycle: no execution of ours
}

}  // namespace

Linearization Linearize(const Execution& execution, const LinearizeOptions& options) {
  const Problem problem(execution, options.together);
  ExactSearch exact(problem, options.max_states);
  const std::vector<std::size_t> path = exact.fits() ? exact.Run() : Greedy(execution, options.together);

  Linearization result;
  result.stale.assign(execution.events.size(), false);
  std::vector<std::size_t> at(execution.threads.size(), 0);
  for (std::size_t i = 0; i < path.size(); ++i) {
    const EventId event = execution.threads[path[i]].events[at[path[i]]];
    result.stale[event] = problem.Stale(at, event);
    result.order.push_back(event);
    ++at[path[i]];
    if (i > 0 && path[i] != path[i - 1]) ++result.switches;
  }
  return result;
}

Linearization InEventOrder(const Execution& execution) {
  std::vector<std::size_t> position(execution.events.size(), 0);  // in mo, of writes
  for (const std::vector<EventId>& mo : execution.modification_order) {
    for (std::size_t i = 0; i < mo.size(); ++i) position[mo[i]] = i;
  }
  Linearization result;
  result.stale.assign(execution.events.size(), false);
  std::vector<std::size_t> newest(execution.modification_order.size(), 0);  // by location, of the writes above
  for (std::size_t i = 0; i < execution.events.size(); ++i) {
    const Event& event = execution.events[i];
    if (event.kind == EventKind::kInit) continue;
    const auto id = static_cast<EventId>(i);
    if (!result.order.empty() && execution.events[result.order.back()].thread != event.thread) ++result.switches;
    result.order.push_back(id);
    if (event.IsRead() && event.reads_from != kNoEvent) {
      result.stale[id] = position[event.reads_from] < newest[event.location];
    }
    if (event.IsWrite()) newest[event.location] = std::max(newest[event.location], position[id]);
  }
  return result;
}

}  // namespace doorway

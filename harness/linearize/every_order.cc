#include "harness/linearize/every_order.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <cstddef>
#include <utility>

// A history asks only that an operation which responds before another is invoked takes effect before it: an order of
// intervals. Where a response changes places with an invocation that follows it, this order can only become weaker, and
// what is linearizable stays so. So it is enough to look at the histories in which responses come as early, and
// invocations as late, as the partial order lets them:
//
//   Until there are no responses left, choose one of those that have no response before them that has not come. Let
//   the invocations that must be before it come, and then it. Then let all responses come that now may without
//   another invocation.
//
// Take any linear extension L, and choose the responses in its order (leaving out those that have come already): call
// the result C. If in L the response of a comes before the invocation of b, so it does in C: b is invoked in C just
// before a chosen response r that it must be before, so it is before r in L, too; then the response of a is before r in
// L, and has come in C when r is chosen. Hence C's order of intervals has all pairs of L's, and as C is a linear
// extension itself, C alone need be looked at. Operations without a response that no response waits for are invoked
// last, when it no longer matters.
//
//   T0  |- write(1) -|                    The dots are unordered with T1's read. Its invocation need not come until
//   T1       ...|- read = 0 -|...         its response is chosen; T0's response can come first. That history has no
//                                         linearization, though the one in which they overlap has.
//
// A position is how many events of each caller have come; with the automaton's state it tells all that matters of what
// was before. They are visited breadth first, each pair once, so that the history found is a short one.

namespace doorway::linearize {
namespace {

class Walk {
 public:
  Walk(HistoryAutomaton& automaton, const PartialHistory& history)
      : automaton_(automaton), history_(history), callers_(history.callers.size()) {}

  std::vector<HistoryEvent> Run() {
    Visit(std::vector<std::uint32_t>(callers_ + 1), kNoNode, {});  // the automaton's start is 0, too
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      for (std::uint32_t caller = 0; caller < callers_; ++caller) {
        if (!Choose(node, caller)) return HistoryTo(node);
      }
    }
    return {};
  }

 private:
  static constexpr std::size_t kNoNode = ~std::size_t{0};
  using Position = std::vector<std::uint32_t>;  // by caller; then the automaton's state
  struct Node {
    Position position;
    std::size_t from;
    std::vector<HistoryEvent> events;  // that led here from there
  };

  // Whether an event of the other caller that has not come must be before this one.
  bool Lacks(std::uint32_t caller, std::uint32_t event, const Position& position, std::uint32_t other) const {
    return position[other] < history_.callers[caller].before[event * callers_ + other];
  }
  // Whether anything must still come before this event.
  bool Waits(std::uint32_t caller, std::uint32_t event, const Position& position) const {
    for (std::uint32_t other = 0; other < callers_; ++other) {
      if (other != caller && Lacks(caller, event, position, other)) return true;
    }
    return false;
  }
  // Whether only invocations must.
  bool MayBeChosen(std::uint32_t caller, std::uint32_t response, const Position& position) const {
    for (std::uint32_t other = 0; other < callers_; ++other) {
      if (other == caller || !Lacks(caller, response, position, other)) continue;
      const std::uint32_t needed = history_.callers[caller].before[response * callers_ + other];
      if (needed != position[other] + 1 || position[other] % 2 != 0) return false;
    }
    return true;
  }

  // The next response of the caller, from the node. False if it has no place; the events are then in `events_`.
  bool Choose(std::size_t node, std::uint32_t caller) {
    Position position = nodes_[node].position;
    const std::uint32_t response = position[caller] | 1;
    if (response >= history_.callers[caller].events() || !MayBeChosen(caller, response, position)) return true;
    events_.clear();
    while (position[caller] != response || Waits(caller, response, position)) {  // one of them waits for no other
      for (std::uint32_t other = 0; other < callers_; ++other) {
        const bool wanted = other == caller ? position[caller] != response : Lacks(caller, response, position, other);
        if (wanted && !Waits(other, position[other], position)) Come(other, position);
      }
    }
    if (!Come(caller, position)) return false;
    for (bool more = true; more;) {
      more = false;
      for (std::uint32_t other = 0; other < callers_; ++other) {
        const std::uint32_t event = position[other];
        if (event % 2 == 0 || event >= history_.callers[other].events() || Waits(other, event, position)) continue;
        if (!Come(other, position)) return false;
        more = true;
      }
    }
    Visit(std::move(position), node, events_);
    return true;
  }

  // The caller's next event. False: there is no linearization any more.
  bool Come(std::uint32_t caller, Position& position) {
    const std::uint32_t event = position[caller]++;
    events_.push_back({caller, event});
    std::uint32_t& at = position[callers_];
    const OperationClass operation = history_.callers[caller].operations[event / 2].operation;
    at = event % 2 == 0 ? automaton_.Invoke(at, caller, operation, true) : automaton_.Respond(at, caller, operation);
    return at != HistoryAutomaton::kNone;
  }

  void Visit(Position position, std::size_t from, std::vector<HistoryEvent> events) {
    if (visited_.insert(position).second) nodes_.push_back({std::move(position), from, std::move(events)});
  }

  // To the node, and then `events_`.
  std::vector<HistoryEvent> HistoryTo(std::size_t node) const {
    std::vector<const std::vector<HistoryEvent>*> parts = {&events_};
    for (; node != kNoNode; node = nodes_[node].from) parts.push_back(&nodes_[node].events);
    std::vector<HistoryEvent> history;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      history.insert(history.end(), (*part)->begin(), (*part)->end());
    }
    return history;
  }

  HistoryAutomaton& automaton_;
  const PartialHistory& history_;
  const std::size_t callers_;
  std::vector<Node> nodes_;
  absl::flat_hash_set<Position> visited_;
  std::vector<HistoryEvent> events_;
};

}  // namespace

std::vector<HistoryEvent> FindNonlinearizable(HistoryAutomaton& automaton, const PartialHistory& history) {
  return Walk(automaton, history).Run();
}

}  // namespace doorway::linearize

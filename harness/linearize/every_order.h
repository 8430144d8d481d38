#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/linearize/history_automaton.h"
#include "harness/linearize/transition_system.h"

// Is a run linearizable, in whatever order its invocations and responses may have come? What is known is a partial
// order of them, as an execution graph gives it: it stands for many histories, one for each of its linear extensions.
// Each must be linearizable, though each by a sequence of its own.
//
// That asks more than one sequence that keeps the partial order (search.h has that): a read that returns the old value
// after a write has returned, in one of the histories, is not excused because in another one the two overlap.

namespace doorway::linearize {

// Operations of a few callers, each of which has one at a time: its invocations and responses take turns.
struct PartialHistory {
  struct Operation {
    OperationClass operation = 0;  // with the response
    bool pending = false;          // no response: the caller's last one
  };
  // Of one caller. Event 2i is the invocation of its i-th operation, 2i + 1 the response.
  struct Caller {
    std::vector<Operation> operations;
    std::vector<std::uint32_t> before;  // by event and caller: how many of that caller's events are before it

    std::size_t events() const {
      return 2 * operations.size() - (operations.empty() || !operations.back().pending ? 0 : 1);
    }
  };
  std::vector<Caller> callers;  // `before` is a partial order, in which a caller's own events are in their order
};

struct HistoryEvent {
  std::uint32_t caller = 0;
  std::uint32_t event = 0;
  bool is_response() const { return event % 2 != 0; }
};

// A history of the run that is not linearizable, event by event, up to the first response with which it is not.
// Empty: there is none. REQUIRES: at most 2^16 callers.
// Cost: the product of the callers' numbers of operations, times the possibilities of the automaton where the histories
// differ in them, at worst; the length of the run, where most of it is ordered.
std::vector<HistoryEvent> FindNonlinearizable(HistoryAutomaton& automaton, const PartialHistory& history);

}  // namespace doorway::linearize

#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "harness/linearize/transition_system.h"

// The linearizable histories of an object, as an automaton that reads them event by event. Its state is all that the
// object may have done so far: which of the operations that have not responded have taken effect, and the state it is
// in then. A history is linearizable iff there is always such a possibility (the determinised automaton of Alur,
// McMillan and Peled, LICS 1996; operations take effect as late as they can, "just in time", as in Lowe 2017).
//
// Where one history is to be judged, search.h is faster. This is for many that share beginnings: states are numbered,
// and what an event leads to is worked out once. Both the claim about every interleaving of an execution
// (every_order.h) and the monitor of endless runs are walks along it.
//
//   HistoryAutomaton automaton(system);
//   Id at = automaton.Invoke(HistoryAutomaton::kStart, 0, write, true);
//   at = automaton.Respond(at, 0, write);   // kNone: there is no linearization

namespace doorway::linearize {

// Not to be shared by threads. Cost of an event that is new: the sequences of the operations that have not responded,
// at worst. States are as many as the object, and those who use it at the same time, make them: finite, if the object
// has finitely many.
class HistoryAutomaton {
 public:
  using Id = std::uint32_t;
  static constexpr Id kStart = 0;  // nothing has been invoked
  static constexpr Id kNone = ~Id{0};

  // `system` outlives it.
  explicit HistoryAutomaton(TransitionSystem& system);

  // Slots tell operations apart that have not responded; a caller that has one at a time has one slot. `foreseen`: the
  // class has the response already, as where the whole history is known; else it has none, and Respond tells it.
  // REQUIRES: from != kNone, the slot has no operation, slot < 2^16.
  Id Invoke(Id from, std::uint32_t slot, OperationClass operation, bool foreseen);
  // The class with its response. kNone: with this event the history is not linearizable.
  // REQUIRES: from != kNone, the slot has an operation.
  Id Respond(Id from, std::uint32_t slot, OperationClass operation);

  bool HasOperation(Id at, std::uint32_t slot) const;
  // As it was invoked. REQUIRES: HasOperation(at, slot).
  OperationClass OperationOf(Id at, std::uint32_t slot) const;
  std::size_t size() const { return states_.size(); }

 private:
  // How many operations there are, two words for each of them (the slot; the class, and whether it is foreseen), and
  // for each possibility the object's state and a word for each operation: kOpen, or how it took effect. Operations are
  // sorted by slot, possibilities as words.
  using Words = std::vector<std::uint32_t>;
  using Rows = std::set<Words>;
  static constexpr std::uint32_t kOpen = 0;
  static constexpr std::uint32_t kDone = 1;         // as foreseen
  static constexpr std::uint32_t kFirstChange = 2;  // + the number of the change that it made

  struct Step {  // an event
    Id from;
    std::uint32_t slot;
    OperationClass operation;
    std::uint8_t kind;
    friend bool operator==(const Step&, const Step&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Step& step) {
      return H::combine(std::move(hash), step.from, step.slot, step.operation, step.kind);
    }
  };

  Id Number(Words words);
  Rows RowsOf(Id at) const;
  Words WithRows(Words operations, const Rows& rows) const;
  std::vector<StateId> Successors(StateId state, OperationClass operation);
  std::uint32_t NumberOfChange(StateId before, StateId after);
  // Adds the possibilities in which the operation at `place` has taken effect as the class says: `row` itself, or what
  // others, and then it, lead to.
  void Place(const Words& operations, const Words& row, std::size_t place, OperationClass operation, Rows& seen,
             Rows& result);

  TransitionSystem& system_;
  std::vector<Words> states_;
  absl::flat_hash_map<Words, Id> numbers_;
  absl::flat_hash_map<Step, Id> steps_;
  // What an operation did whose response is not foreseen: the state before and after it.
  std::vector<std::pair<StateId, StateId>> changes_;
  absl::flat_hash_map<std::pair<StateId, StateId>, std::uint32_t> change_numbers_;
};

}  // namespace doorway::linearize

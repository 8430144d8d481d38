#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "harness/explore/state/state_space.h"

// Parts of a state space and their strongly connected components.

namespace doorway {

// Thrown by a look at a region when the exploration's budget is exhausted: nothing follows from it.
struct BudgetExhausted {};

// A set of states, and of the steps between them.
class Region {
 public:
  using Step = Transitions::Step;

  explicit Region(StateSpace& space)
      : space_(space), part_(space.size(), 0), index_(space.size(), kUnseen), low_(space.size(), kUnseen) {}

  StateSpace& space() { return space_; }

  // Makes `states` a part of its own, and gives its number. A state is in one part at a time; all are in part 0 first.
  std::uint32_t MakePart(const std::vector<StateId>& states);
  bool IsIn(StateId id, std::uint32_t part) const { return part_[id] == part; }

  // Steps that are none of the region's: what a monitor flags, and spurious failures at some operations.
  using Operation = std::pair<int, LocalId>;  // of a thread
  struct Excluded {
    std::uint64_t flagged = 0;  // by one of these monitors
    std::vector<Operation> spurious{};
  };

  struct Edge {
    StateId to;
    Step step;
    Permutation permutation;  // what becomes of the threads
  };
  // The steps from `id` that stay in its part. Errors: BudgetExhausted, now and then.
  void From(StateId id, const Excluded& excluded, std::vector<Edge>* out);

  // The same from a state of the program whose orbit is in the part; what does not stay there does not lead on.
  void ConcreteFrom(const StateSpace::State& state, const Excluded& excluded, StateSpace::Steps* out);

  // Strongly connected components of a part, each before all that lead to it (Tarjan 1972, without recursion), and
  // whether a run can stay in it for ever: by a step that does, or since its state has no steps at all.
  // REQUIRES: `states` are all of the part
  void Components(const std::vector<StateId>& states, const Excluded& excluded,
                  const std::function<void(const std::vector<StateId>&, bool stays)>& on_component);

 private:
  bool Excludes(const Excluded& excluded, const StateSpace::State& from, const Step& step);
  void CheckBudget();

  static constexpr std::uint32_t kUnseen = 0, kDone = ~std::uint32_t{0};

  StateSpace& space_;
  std::vector<std::uint32_t> part_;  // by state
  // By state, for Components: its number in the order in which they are entered, and that of the oldest open state that
  // it reaches.
  std::vector<std::uint32_t> index_;
  std::vector<std::uint32_t> low_;
  std::uint32_t parts_ = 0;
  StateSpace::Steps steps_;
  std::vector<std::uint64_t> hashes_;  // of where they lead to
};

}  // namespace doorway

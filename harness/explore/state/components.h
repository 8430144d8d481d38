#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "harness/explore/state/state_space.h"

// Parts of a state space and their strongly connected components.

namespace doorway {

// A set of states, and of the steps between them.
class Region {
 public:
  using Step = Transitions::Step;

  explicit Region(StateSpace& space) : space_(space), part_(space.size(), 0) {}

  StateSpace& space() { return space_; }

  // Makes `states` a part of its own, and gives its number. A state is in one part at a time; all are in part 0 first.
  std::uint32_t MakePart(const std::vector<StateId>& states);
  bool IsIn(StateId id, std::uint32_t part) const { return part_[id] == part; }

  struct Edge {
    StateId to;
    Step step;
  };
  // The steps from `id` that stay in its part, but for spurious failures of the threads in `no_spurious`.
  void From(StateId id, std::uint64_t no_spurious, std::vector<Edge>* out);

  // Strongly connected components of a part, each before all that lead to it (Tarjan 1972, without recursion).
  void Components(const std::vector<StateId>& states, std::uint64_t no_spurious,
                  const std::function<void(const std::vector<StateId>&)>& on_component);

 private:
  StateSpace& space_;
  std::vector<std::uint32_t> part_;  // by state
  std::uint32_t parts_ = 0;
  StateSpace::Steps steps_;
};

}  // namespace doorway

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/explore/state/fair_cycles.h"

// How far a count can go up, over all runs for all time: the largest sum of what a counting monitor counts while it is
// counting. Either a cycle makes it grow without bound, fair or not, or the strongly connected components of the states
// in which it counts are free of counted steps, and the sum is that of a longest path through them.

namespace doorway {

struct CountResult {
  std::uint64_t most = 0;
  std::optional<Cycle> pump;             // a cycle that counts: there is no bound
  std::vector<Transitions::Step> steps;  // of a run with the largest sum, up to the last counted step
};

// `monitor` is the index of the space's only counting monitor.
CountResult MostCounted(StateSpace& space, std::size_t monitor);

}  // namespace doorway

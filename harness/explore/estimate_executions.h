#pragma once

#include <cstdint>

#include "harness/behaviour/program.h"
#include "harness/explore/explore.h"
#include "harness/graph/estimate.h"

namespace doorway {

// Random walks for so many seconds, but at least so many of them (or until interrupted). What they find is judged by
// nobody.
template <class Coherence>
Estimate EstimateExecutions(Program& program, const ExploreOptions& options, double seconds, std::uint64_t least = 0);

}  // namespace doorway

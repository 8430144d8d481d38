#pragma once

#include "harness/behaviour/program.h"
#include "harness/explore/explore.h"
#include "harness/graph/estimate.h"

namespace doorway {

// Random walks for so many seconds (or until interrupted). What they find is judged by nobody.
template <class Coherence>
Estimate EstimateExecutions(Program& program, const ExploreOptions& options, double seconds);

}  // namespace doorway

#pragma once

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/trace.h"

namespace doorway {

// The work graph that `trace` tells of `program`, with room for a memory model's own clocks. The model is not asked.
// Errors: ReplayMismatch (replay.h).
WorkGraph Retrace(Program& program, const Trace& trace, int order_clocks);

}  // namespace doorway

#pragma once

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/trace.h"

namespace doorway {

// The work graph that `trace` tells of `program`. The memory model is not asked. Errors: ReplayMismatch (replay.h).
WorkGraph Retrace(Program& program, const Trace& trace);

}  // namespace doorway

#pragma once

#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/execution.h"

namespace doorway {

// The work graph as an Execution: events renumbered so that each follows its po-predecessor and its source, marks
// gathered, the order -> taken from the clocks `order`. The last read of an iteration or await at which a thread is
// blocked is left out. Reuses `out`'s memory. `renamed[slot]` is the event's number, kNoEvent if left out. Threads'
// ends are set to kRunning, kFinished, kBounded or kBlocked.
void Extract(const WorkGraph& g, Program& program, WorkGraph::Clock order, Execution* out,
             std::vector<EventId>* renamed);

}  // namespace doorway

#pragma once

#include <cstddef>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/execution.h"

namespace doorway {

// The work graph as an Execution: events renumbered so that each follows its po-predecessor and its source, marks
// gathered, the order -> taken from the clocks `order`. The last read of an iteration or await at which a thread is
// blocked is left out. Threads' ends are set to kRunning, kFinished, kBounded or kBlocked.
class Extractor {
 public:
  // Reuses `out`'s memory.
  void Extract(const WorkGraph& g, Program& program, WorkGraph::Clock order, Execution* out);

  // The number that the event had in the last execution; kNoEvent if it was left out.
  EventId renamed(EventId slot) const { return renamed_[slot]; }

 private:
  // Kept for their memory.
  std::vector<EventId> renamed_;
  std::vector<std::vector<EventId>> slots_;  // by thread
  std::vector<std::size_t> done_;            // by thread
};

}  // namespace doorway

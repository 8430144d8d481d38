#pragma once

#include <cstddef>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/execution.h"

namespace doorway {

// The work graph as an Execution: events renumbered so that each follows its po-predecessor and its source, marks
// gathered, the order -> as `before` tells it. The last read of an iteration or await at which a thread is
// blocked is left out. Threads' ends are set to kRunning, kFinished, kBounded or kBlocked.
class Extractor {
 public:
  // Writes to `row` how many of each thread's first events every interleaving has at or before e.
  using Before = void (*)(const WorkGraph& g, EventId e, std::uint16_t* row);

  // Reuses `out`'s memory.
  void Extract(const WorkGraph& g, Program& program, Before before, Execution* out);

  // The number that the event had in the last execution; kNoEvent if it was left out.
  EventId renamed(EventId slot) const { return renamed_[slot]; }

 private:
  // Kept for their memory.
  std::vector<EventId> renamed_;
  std::vector<std::vector<EventId>> slots_;  // by thread
  std::vector<std::size_t> done_;            // by thread
};

}  // namespace doorway

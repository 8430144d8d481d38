#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/linearize.h"
#include "reports/run.h"

// Which order is missing, of a finding in a finite execution. Of real threads: what their order in the report is.

namespace doorway {

struct Explanation {
  std::vector<std::string> lines;  // full sentences, in terms of the steps of the linearization
  // Nothing orders these two, and the finding comes of it: its points, or a write and a stale read. kNoEvent: none.
  std::pair<EventId, EventId> missing{kNoEvent, kNoEvent};
  // A write and its reader that would have ordered them, had their memory orders been strong enough.
  std::pair<EventId, EventId> weak{kNoEvent, kNoEvent};
};

// The two points that nothing orders, if the finding says so.
std::pair<EventId, EventId> UnorderedPoints(const Evidence& evidence);

Explanation Explain(const Run& run, const Evidence& evidence, const Linearization& linearization);

}  // namespace doorway

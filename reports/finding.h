#pragma once

#include <string>

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "reports/run.h"

// A finding for a reader who knows nothing of the run: one sentence, the missing order, the trace.

namespace doorway {

// "VIOLATED exclusion: ..." (of an exists claim: "WITNESS parallelism: ..."), the places it speaks of, what does not
// order them, and the execution as a table. Ends with a newline.
std::string RenderFinding(const Run& run, Property::Kind kind, const Evidence& evidence);

// The sentence alone, with its source lines and without a full stop: "thread 0 ... together (a.h:41, a.h:57)".
std::string FindingSentence(const Run& run, const Evidence& evidence);

// The order in which reports show the events of a finding that can be replayed: step n of a report is the n-th of them.
std::vector<EventId> FindingOrder(const Evidence& evidence);

}  // namespace doorway

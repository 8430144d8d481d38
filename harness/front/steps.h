#pragma once

#include <functional>

#include "harness/graph/execution.h"

// An execution as a story: its events in the order of one interleaving, in which each thread goes on as long as it can.

namespace doorway::front {

// `stale`: the event reads a value that another thread had already overwritten in this interleaving.
void ForEachStep(const Execution& execution, const std::function<void(const doorway::Event& event, bool stale)>& visit);

}  // namespace doorway::front

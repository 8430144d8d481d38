#pragma once

#include <ostream>

#include "harness/graph/execution.h"

namespace rl::front {

// The execution as one interleaving, a line a step: "[3] 1: <flag> load, acquire, value=1, in test.cc:12"; then what
// threads wait for, or ended with.
void print_history(const doorway::Execution& execution, std::ostream& out);

}  // namespace rl::front

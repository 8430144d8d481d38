#pragma once

#include <ostream>
#include <string>

#include "harness/graph/execution.h"

namespace doorway::compiled {

// "main", "T1".
std::string ThreadName(int thread);

// Prints what each thread does in the execution, a line a step, and what those that have not ended wait for.
void PrintHistory(const Execution& execution, std::ostream& out);

}  // namespace doorway::compiled

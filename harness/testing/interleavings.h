#pragma once

#include <cstddef>

#include "harness/testing/graphs.h"
#include "harness/testing/program.h"

// The slow, obvious reference for sequential consistency: run the program in every possible order, one operation at a
// time, on one memory, and write down what each operation read and wrote.

namespace doorway::reference {

// Gives up after `max_steps` operations, if that is not 0.
Graphs EnumerateInterleavings(const Program& program, std::size_t max_steps = 0);

}  // namespace doorway::reference

#pragma once

#include <functional>

#include "harness/testing/program.h"

// Makes a failing program small enough to read.

namespace doorway::reference {

// Takes things away from `program` (instructions, threads, endless loops, strong orders, operands) as long as it
// `fails`. Calls it some hundred times. REQUIRES: fails(program).
Program Shrink(Program program, const std::function<bool(const Program&)>& fails);

}  // namespace doorway::reference

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "harness/testing/graphs.h"
#include "harness/testing/program.h"

// The explorer against the references, on one program: the same complete graphs, the same stuck ones, each once; and
// what the report says of them.

namespace doorway::reference {

// A way to explore. All of them must find the same.
struct Mode {
  MemoryModel memory = MemoryModel::kRc11;
  bool in_place_awaits = true;
};
std::vector<Mode> AllModes();
std::string Name(const Mode& mode);  // "rc11", "sc, awaits by blocking"

// By interleavings under SC, else by candidates. Gives up after `max_steps`, if that is not 0.
Graphs ReferenceGraphs(const Program& program, MemoryModel memory, std::size_t max_steps = 0);

// Explores `program` and compares with `expected`: the first differences, or nothing if they agree. An exception is a
// difference. REQUIRES: !expected.gave_up.
std::string CompareExplorer(const Program& program, const Mode& mode, const Graphs& expected);

// Both in one. Also nothing if the reference gave up.
std::string CrossCheck(const Program& program, const Mode& mode, std::size_t max_steps = 0);

}  // namespace doorway::reference

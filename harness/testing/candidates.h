#pragma once

#include <cstddef>

#include "harness/graph/verdict.h"
#include "harness/testing/graphs.h"
#include "harness/testing/program.h"

// The slow, obvious reference for any axiomatic memory model: guess what every read returns, where it reads it from and
// in which order the writes of each location stand; keep what the axioms allow.

namespace doorway::reference {

// Gives up after `max_steps` guesses of rf and mo, if that is not 0, and on programs of too many events (relation.h).
Graphs EnumerateCandidates(const Program& program, MemoryModel memory, std::size_t max_steps = 0);

}  // namespace doorway::reference

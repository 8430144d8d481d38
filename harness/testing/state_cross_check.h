#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "harness/explore/explore_states.h"
#include "harness/graph/verdict.h"
#include "harness/testing/program.h"

// The state explorer against its reference, on one program: the same verdicts on stuck threads, failed checks and
// starvation (by notes::kDoorway and kAdmit, weakly and strongly fair), and no more states than the reference has. It
// may have fewer: it takes states of a thread together that differ in nothing that it will do.

namespace doorway::reference {

struct ExpectedStates {
  std::size_t states = 0;
  std::size_t longest_buffer = 0;  // the explorer's are bounded
  bool check_fails = false;
  bool stuck = false;  // this and the rest: only if no check fails
  bool starves_weakly = false;
  bool starves_strongly = false;
  bool gave_up = false;
};

// What the explorer should find. Gives up at more than `max_states`, if that is not 0.
ExpectedStates ReferenceStates(const Program& program, MemoryModel memory, std::size_t max_states = 0);

// Explores `program` and compares with `expected`: the differences, or nothing if they agree. An exception is a
// difference. REQUIRES: !expected.gave_up.
std::string CompareStateExplorer(const Program& program, MemoryModel memory, const ExpectedStates& expected);

// Explores `program` with and without taking interchangeable threads in one order only, and compares: the same verdicts
// under both fairnesses, and as many states as there can be. `interchangeable`: set if there are such threads.
std::string CompareSymmetry(const Program& program, MemoryModel memory, bool* interchangeable);

// Explores `program` with and without partial-order reduction, with and without symmetry, and compares: the same
// verdicts on checks, stuck threads, starvation under both fairnesses, a claim of safety, and a counted one, and the
// same count; no more states. Adds to `reduced` how many states of it were explored by the steps of one thread alone.
std::string ComparePartialOrder(const Program& program, MemoryModel memory, std::uint64_t* reduced);

// Explores `program` with and without hash compaction, and compares: the same states, and the same verdicts on checks,
// stuck threads, races and a claim of safety, but that none is verified without bounds.
std::string CompareHashCompaction(const Program& program, MemoryModel memory, SymmetryUse symmetry);

// ReferenceStates and CompareStateExplorer in one. Also nothing if the reference gave up.
std::string CrossCheckStates(const Program& program, MemoryModel memory, std::size_t max_states = 0);

}  // namespace doorway::reference

#pragma once

#include <string>
#include <vector>

#include "harness/behaviour/mutation.h"
#include "harness/mutate/source_operations.h"

// The mutants of a program: each is the program with one small fault. A set of claims that does not tell a mutant from
// the program says nothing about what the mutation changed. DeMillo, Lipton and Sayward, "Hints on Test Data
// Selection", 1978.

namespace doorway {

struct Mutant {
  Mutation mutation;
  std::string what;  // "acq_rel -> release", "dropped", "after the next operation", "operand 1 is 4 instead of 3"
};

// Of each atomic operation and fence: each next weaker memory order; a store, fence or write left out, an await that
// does not wait; a store or fence swapped with what follows; constants greater and less by one. Plain data is the
// clients' own: its accesses stay as they are.
std::vector<Mutant> MutantsOf(const std::vector<SourceOperation>& operations);

}  // namespace doorway

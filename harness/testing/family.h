#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "harness/testing/program.h"

// Families of tiny programs, to be tried without exception: every program whose threads have the given lengths and
// whose instructions come from an alphabet.

namespace doorway::reference {

struct Family {
  std::string name;
  std::vector<int> lengths;  // of the threads
  std::vector<Instruction> alphabet;
  std::vector<Location> locations;
  bool distinct_stores = false;  // each store of a constant writes another one: thread * 4 + position + 1

  bool can_block() const;  // some instruction of the alphabet can
};

// Calls `visit` for each program of the family, but one only of those that differ by the order of threads of the same
// length.
void ForEachProgram(const Family& family, const std::function<void(const Program&)>& visit);

// The same program in all ways of making some of its threads endless, none of them included; and with doorway and admit
// tags in two ways: around what is between a thread's first operation and its last; and both on its last one, first the
// admit.
void ForEachEndlessVariant(const Program& program, const std::function<void(const Program&)>& visit);

// What the state explorer is tried on: finitely many states, whichever threads are endless.
std::vector<Family> StateFamilies();

// What the explorer is tried on under `memory`; SC knows no orders.
std::vector<Family> Families(MemoryModel memory);

}  // namespace doorway::reference

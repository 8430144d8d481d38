#pragma once

#include <compare>
#include <cstddef>
#include <set>
#include <vector>

#include "harness/graph/value.h"
#include "harness/testing/canonical.h"

// What a reference finds out about a program: all its graphs.

namespace doorway::reference {

// How a complete execution ended.
struct Outcome {
  std::vector<std::vector<Value>> registers;  // by thread, instruction
  std::vector<Value> memory;                  // by location: the mo-maximal value
  friend auto operator<=>(const Outcome&, const Outcome&) = default;
};

struct Graphs {
  // Every thread finished.
  std::set<CanonicalGraph> complete;
  // Every thread finished or is in an await or a spin that nothing can end, at least one of them the latter: reading
  // the newest value of all that its last iteration reads, it does not succeed. (An await may also miss an older value
  // that would have satisfied it: await(x == 1) against x = 1; x = 0 has a complete graph and a stuck one.)
  std::set<CanonicalGraph> stuck;
  std::set<Outcome> outcomes;  // of the complete ones
  bool check_fails = false;    // in some execution, which is in neither set

  bool races = false;  // candidates only: in some execution, finished or not, two accesses of a Var race

  // How much work it was; and whether it was too much, so that the sets are not to be used.
  std::size_t steps = 0;
  bool gave_up = false;
};

}  // namespace doorway::reference

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"

// What may be wrong with accesses of plain data and of objects whose life begins and ends.

namespace doorway {

struct BadAccess {
  std::string_view claim;  // kNoDataRace or kNoUseAfterFree
  EventId first;
  EventId second;
  std::string sentence;
};

// e, which has its place in rf and mo, against all accesses of its location. A data race: two accesses of different
// threads, one of them plain, one a write, that happens-before (of the orders as written, under every memory model)
// does not order. A use after free: a race with the end of the object's life, or an access of what is left of it.
std::vector<BadAccess> BadAccessesOf(const WorkGraph& g, const Program& program, EventId e);

// Whether BadAccessesOf(g, program, e) is known to be empty, without looking far. REQUIRES: nothing else in g races.
bool SurelyFine(const WorkGraph& g, EventId e);

// What is wrong if e reads data that nobody has given a value; else empty.
std::string ReadsNoValue(const WorkGraph& g, const Program& program, EventId e);

}  // namespace doorway

#pragma once

#include "harness/explore/work_graph.h"
#include "harness/memory/rc11.h"

namespace doorway {

// The graph's relations, for the axioms of harness/memory. Reuses `out`'s memory.
void RelationsOf(const WorkGraph& g, memory::Relations* out);

}  // namespace doorway

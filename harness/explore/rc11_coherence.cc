#include "harness/explore/rc11_coherence.h"

#include <algorithm>

#include "harness/explore/relations_of.h"
#include "harness/memory/rc11.h"

namespace doorway {

// psc, by the text of the axiom. It can only fail where two events are seq_cst.
bool Rc11Coherence::Consistent(const WorkGraph& g) {
  if (!NeedsCheck(g)) return true;
  thread_local memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::PscAcyclic(relations);
}

void Rc11Coherence::Before(const WorkGraph& g, EventId e, std::uint16_t* row) {
  std::copy_n(g.clock(e, WorkGraph::kHb), g.threads.size(), row);
}

bool Rc11Coherence::Allows(const WorkGraph& g) {
  memory::Relations relations;
  RelationsOf(g, &relations);
  return memory::ConsistentRc11(relations);
}

}  // namespace doorway

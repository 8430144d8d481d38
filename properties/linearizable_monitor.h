#pragma once

#include <memory>

#include "harness/graph/monitor.h"
#include "properties/object_states.h"

// The claim `linearizable` (linearizable.h) over single interleavings. Its states are those of the automaton of the
// object's linearizable histories (harness/linearize/history_automaton.h), numbered as they come up: they are as many
// as what the object holds, and who is in the middle of an operation, make them. An object whose states have no end
// makes endless runs have no end either.
//
// An operation begins where its invocation is heard at its latest, and ends where its response is heard at its
// earliest. One that makes no step in between is taken to be where it is heard at its earliest; the claim's graph form
// looks at all places for it.

namespace doorway {

std::unique_ptr<Monitor> MakeLinearizableMonitor(const ObjectKind& kind, int threads);

}  // namespace doorway

#pragma once

#include "harness/explore/state/accesses.h"
#include "harness/explore/state/local_states.h"

// Random runs before the exploration. Who accesses what is learnt in them (accesses.h), and what operations read: that
// keeps the minimisation of local states from taking for alike what only looks alike because little is known: classes
// that are refuted late cost an exploration each. Results do not depend on it.

namespace doorway {

// Goes on until runs bring hardly anything new. Always makes the same runs. Costs a millisecond, or as much as there is
// to learn, at most some tens.
void LearnReads(Program& program, Places& places, Knowledge& known, Accesses& accesses, bool tso);

}  // namespace doorway

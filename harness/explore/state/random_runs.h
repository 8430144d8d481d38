#pragma once

#include "harness/explore/state/local_states.h"

// Random runs before the exploration. What operations read in them keeps the minimisation of local states from taking
// for alike what only looks alike because little is known: classes that are refuted late cost an exploration each.
// Results do not depend on it.

namespace doorway {

// Goes on until runs bring hardly anything new. Always makes the same runs. Costs a millisecond, or as much as there is
// to learn, at most some tens.
void LearnReads(Program& program, Places& places, Knowledge& known, bool tso);

}  // namespace doorway

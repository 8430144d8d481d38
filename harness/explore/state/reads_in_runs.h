#pragma once

#include "harness/explore/state/state_space.h"

// What the runs of an exploration have read.

namespace doorway {

// Of values that local states have read for the first time there: which node of the program has read it, on the way by
// which the exploration came. Also after its local states are refuted: until then they have agreed. Of the last few
// hundred, each at the cost of a run.
void LearnFrom(StateSpace& space, Knowledge& known);

}  // namespace doorway

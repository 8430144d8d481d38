#pragma once

#include "harness/graph/response.h"
#include "harness/testing/fair_cycle.h"
#include "harness/testing/states.h"

// The slow, obvious reference for claims about infinite runs.
//
// A run may go on for ever, or end where nobody can step. Thread T starves in it if at some point `begins` has been
// noted of T, and from there on `ends` is not. A tag counts with its operation, a note as early as it can be, right
// after the operation before it and its tags.
//
// An infinite run is fair (weakly) if
// - a thread that can step from some point on, steps: at a failing await, at an operation that needs the store buffer
//   empty which is not, and at its end, it cannot. A read of a spin iteration is a step;
// - a store buffer that has something in it from some point on, lets go of it;
// - a weak CAS (one place in one thread) that fails spuriously again and again, succeeds again and again.
// It is strongly fair if also
// - a thread that is, again and again, in an await or a spin that would succeed if it ran alone (of a spin: if it began
//   an iteration), leaves it: again and again some await or spin of that thread succeeds.

namespace doorway::reference {

// Whether some thread starves in some fair run. REQUIRES: !space.gave_up && !space.check_fails.
bool Starves(const StateSpace& space, const Response& response, bool strong_fairness);

}  // namespace doorway::reference

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/explore/state/concrete_run.h"
#include "harness/explore/state/fair_cycles.h"
#include "harness/explore/state/state_space.h"
#include "harness/graph/execution.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"

// Runs of a state space as executions, and what to say about them.

namespace doorway {

// The execution of a shortest run to `state` and, if there is one, the step `last` from there. `stuck`: who waits at
// its end waits for ever.
Execution RunTo(StateSpace& space, StateId state, const Transitions::Step* last, bool stuck);

// A step's trouble, at the end of `execution`, which is RunTo(space, from, step): a failed check, a use after free, or
// a data race. `initial`: there is no step; a check failed before any operation.
Finding TroubleOf(StateSpace& space, StateId from, const Transitions::Step& step, bool initial,
                  const Execution& execution);

// A run into `cycle` and once through it.
struct LassoRun {
  Execution execution;
  Lasso lasso;
  std::string others;  // "thread 0, thread 2": who goes on, but for the starved one
};
LassoRun RunInto(StateSpace& space, const Cycle& cycle, int starved);

}  // namespace doorway

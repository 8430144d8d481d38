#pragma once

#include <vector>

#include "harness/explore/state/transitions.h"
#include "harness/graph/execution.h"

// A run of the state explorer as an execution, for properties to judge and reports to show.

namespace doorway {

// The execution in which the threads take `steps` one after another, from the initial state. Under SC its order is (po
// + rf + mo + fr)+, under TSO the order of the steps. Unsuccessful polls are events like others. `stuck`: who waits at
// its end waits for ever. `events_before[i]`: how many events there are before step i, initial writes included; one
// more entry at the end. `operations[i]`: the event that step i is; silent reads that are done with it follow.
Execution ExecutionOf(LocalStates& locals, const std::vector<Transitions::Step>& steps, bool tso, bool stuck,
                      std::vector<EventId>* events_before, std::vector<EventId>* operations = nullptr);

}  // namespace doorway

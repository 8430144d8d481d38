#pragma once

#include <string>

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/execution.h"

// Threads that wait for ever.

namespace doorway {

// Where a thread goes whose await has read a value that does not end it, when awaits are not explored in place: it
// stays there, and only a revisit of the read can free it.
extern const Node kWaiting;

// Whether thread t, which waits at the end of an execution, does so in spite of the newest values: each read of its
// last spin iteration reads the newest write of its location, nothing in the iteration may turn out otherwise with the
// same values (a spurious failure, a choice), and the newest value of what it would read next does not end the wait.
// Looking at that last read alone would give false alarms.
bool IsStuck(const WorkGraph& g, Program& program, ThreadId t);

// "thread 0 waits for ever, in await of 'word' at lock.h:12; thread 1 ...": of the threads of `execution` that are
// kStuck and no daemons.
std::string DescribeStuck(const Execution& execution);

}  // namespace doorway

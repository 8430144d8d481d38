#pragma once

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "harness/native/record.h"

// A native run as an execution, for properties to word their findings and reports to show them.

namespace doorway::native {

// The operations that had begun by `until`, one after another in one of the orders that the clock allows: where it
// leaves a choice, one in which reads read what was written last. That is an explanation, not a recording: on real
// hardware a read may well be older. The order of the execution is that order. The events own nothing of `logs`.
//
// Without events, if a log was full, or there are more events than an execution holds.
Evidence EvidenceOf(const Logs& logs, Nanoseconds until);

}  // namespace doorway::native

#pragma once

#include "harness/graph/execution.h"

// Happens-before of the memory orders as they are written, whatever memory model the execution was explored under: what
// a reader of a report asks about ("which of these two comes first for certain?"), and what decides data races.
//
// hb = (po + sw)+, where sw is that of C++20 (RC11's, Lahav et al., PLDI 2017, with the shorter release sequences): a
// release, or a release fence before an atomic write, synchronizes with an acquire, or an atomic read before an acquire
// fence, that reads from the write or from the end of a chain of updates that starts with it. Initial writes come
// first.

namespace doorway {

// Vector clocks, as Execution::SetOrder takes them. Cost: events x threads. REQUIRES: events are numbered as
// execution.h says. A read whose source is not known (kNoEvent, of real threads) learns nothing.
Execution::Clocks HappensBefore(const Execution& execution);

}  // namespace doorway

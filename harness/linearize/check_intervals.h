#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/linearize/interval.h"
#include "harness/linearize/search.h"
#include "harness/linearize/transition_system.h"

// The search, and what explains its "no". check.h is what users call.

namespace doorway::linearize {

struct IntervalsResult {
  SearchResult search;  // numbers of operations are those of the caller. kYes: `sequence` is a linearization
  // kNo: a linearization of the history up to the misfit's response, without it. Empty and not known if limits ran out.
  std::vector<std::uint32_t> prefix;
  bool prefix_known = false;
};

// classes[i] and intervals[i] are of operation i, in any order. Errors: std::invalid_argument, if an operation responds
// before it is invoked.
IntervalsResult CheckIntervals(TransitionSystem& system, std::span<const OperationClass> classes,
                               std::span<const Interval> intervals, const Limits& limits);

}  // namespace doorway::linearize

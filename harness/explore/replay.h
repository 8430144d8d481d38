#pragma once

#include <stdexcept>
#include <vector>

#include "harness/explore/explore.h"
#include "harness/graph/trace.h"

namespace doorway {

// The trace is not one of the subject: another model, another version of it, or a file that was changed. what() is one
// line: the step, and what is there instead.
class ReplayMismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Runs the one execution that `trace` tells, checks that options.memory allows it, and judges it as Explore does.
// Locations are matched by their first use, so that names need not be the same. Errors: ReplayMismatch, ModelError.
Report ReplayTrace(Subject& subject, const std::vector<Property*>& properties, const Trace& trace,
                   const ExploreOptions& options);

}  // namespace doorway

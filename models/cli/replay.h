#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harness/graph/verdict.h"
#include "reports/counterexample.h"
#include "reports/run.h"

// Replaying an execution from its file.

namespace doorway {

struct Replayed {
  Run run;
  Report report;  // of the one execution
  // The file's claim, if the replayed execution shows it again (violates it, or witnesses it).
  std::optional<std::size_t> claim;

  const ClaimResult& shown() const { return report.claims[*claim]; }  // REQUIRES: claim
};

// Errors: UsageError, if the file's model or configuration is not one of this program's, or if the model no longer does
// what the file says; ModelError.
Replayed Replay(const Counterexample& counterexample);

// The counterexample in a file: a JSON, a zip (of Bazel's test.outputs), or a folder with either. `entry` says which,
// where there are several. Errors: FileError, UsageError, CounterexampleError.
Counterexample LoadCounterexample(const std::string& path, const std::string& entry);

}  // namespace doorway

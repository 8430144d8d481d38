#pragma once

#include <vector>

#include "models/cli/commands.h"
#include "models/cli/expectation.h"
#include "models/cli/run_model.h"

// The runs that a command asks for, all of them judged before the first one starts.

namespace doorway {

// Flags of runs that not every engine takes.
std::vector<std::string> EngineFlags();

// One run a model. Errors: UsageError, on whatever of the options does not fit a model or the engine.
std::vector<RunRequest> RequestsOf(const CheckOptions& options);

struct ExpectedRequest {
  RunRequest request;
  Expected expected;
};

// One run a model and expectation, of those that the options' engine and memory model leave; of all models if none is
// named. Errors: UsageError.
std::vector<ExpectedRequest> ExpectedRequestsOf(const CheckOptions& options);

}  // namespace doorway

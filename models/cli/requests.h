#pragma once

#include <vector>

#include "models/cli/commands.h"
#include "models/cli/run_model.h"

// The runs that a command asks for, all of them judged before the first one starts.

namespace doorway {

// One run a model. Errors: UsageError, on whatever of the options does not fit a model or the engine.
std::vector<RunRequest> RequestsOf(const CheckOptions& options);

// One run a model and expectation, in the default configuration; of all models if none is named. Errors: UsageError.
std::vector<RunRequest> ExpectedRequestsOf(const CheckOptions& options);

}  // namespace doorway

#pragma once

#include <functional>
#include <string>

#include "harness/mutate/checked.h"
#include "harness/mutate/source_operations.h"
#include "models/cli/commands.h"
#include "models/cli/run_model.h"

// A model as harness/mutate takes it: what the commands that change a model's code have in common.

namespace doorway {

// The run of one model that is asked for, on the graph engine. Errors: UsageError, for another engine, or for a flag
// that makes no sense with `command`.
RunRequest GraphRequestOf(const CheckOptions& options, const char* command);

// Keeps a copy of the request.
Checked CheckedOf(const RunRequest& request);

// Operations of files whose path begins so; of all, if it is empty.
std::function<bool(const SourceOperation&)> InFiles(const std::string& beginning);

// Whether the model as it is does not hold; says so.
bool FailsUnchanged(const RunRequest& request, const Report& original);

// The error where nothing was found to change.
std::string NothingToChange(const RunRequest& request, const std::string& beginning);

}  // namespace doorway

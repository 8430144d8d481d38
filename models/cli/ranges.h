#pragma once

#include <string>
#include <vector>

#include "models/cli/selection.h"
#include "models/registry/model.h"

// Ranges of parameters, and the configurations that they span.

namespace doorway {

// "1..4" is 1, 2, 3, 4; "1,2,4" and "1..2,4" are 1, 2, 4: ascending, each once. Errors: UsageError, naming the flag.
std::vector<int> ValuesOf(const std::string& flag, const std::string& text);

// Each of the given values with each of the others, the model's other parameters at their defaults. The smallest
// configurations, by the sum of what was given, come first: a sweep that runs out of time leaves out large ones.
// Errors: UsageError, as ConfigurationOf (selection.h); if there are too many; if nothing is given.
std::vector<Configuration> ConfigurationsOf(const Model& model, const GivenParameters& ranges);

}  // namespace doorway

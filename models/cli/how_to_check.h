#pragma once

#include <string>

#include "models/cli/run_model.h"

namespace doorway {

// The command that does this run alone: "doorway check group/two_state --memory=sc --reds=2".
std::string HowToCheck(const RunRequest& request, const std::string& program);

}  // namespace doorway

#pragma once

#include <string>
#include <vector>

#include "models/cli/exit_code.h"

// The command line as a function: parses, runs, reports errors on stderr, returns how the process should end.

namespace doorway {

ExitCode RunCommandLine(const std::vector<std::string>& arguments);  // the program's name first

}  // namespace doorway

#pragma once

#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/run.h"
#include "reports/text.h"

// The files of findings: for each violated claim, and each witness, a text and a page to read, a JSON to replay, and
// the graph as a drawing (DOT).

namespace doorway {

// The run in names of files: "rc11", "state_sc".
std::string RunInFileNames(const Report& report);

enum class Findings { kAll, kViolations };

// Writes them into `directory`, which is made if need be. `replay_command`, without the file, is what the pages offer.
// Errors: FileError.
std::vector<WrittenFinding> WriteFindings(const Run& run, const Report& report, Findings which,
                                          const std::string& directory, const std::string& replay_command);

}  // namespace doorway

#pragma once

#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/run.h"
#include "reports/text.h"

// The files of findings: for each violated claim, and each witness, a text to read and a JSON to replay.

namespace doorway {

// The run in names of files: "rc11", "state_sc".
std::string RunInFileNames(const Report& report);

enum class Findings { kAll, kViolations };

// Writes them into `directory`, which is made if need be. Errors: FileError.
std::vector<WrittenFinding> WriteFindings(const Run& run, const Report& report, Findings which,
                                          const std::string& directory);

}  // namespace doorway

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/json.h"
#include "reports/run.h"
#include "reports/text.h"

// The files of a run. Of findings: for each violated claim, and each witness, a text and a page to read, a JSON to
// replay, and the graph as a drawing (DOT). And the report of the run as JSON, whatever its verdict: `doorway report`
// makes a page of those in a folder.

namespace doorway {

// The run in names of files: "rc11", "state_sc", and what is not the model's default: "state_sc_strong.rounds-0". So
// the files of one run are not those of another one.
std::string RunInFileNames(const Run& run, const Report& report);

enum class Findings { kAll, kViolations };

// Writes them into `directory`, which is made if need be. `replay_command`, without the file, is what the pages offer.
// Errors: FileError.
std::vector<WrittenFinding> WriteFindings(const Run& run, const Report& report, Findings which,
                                          const std::string& directory, const std::string& replay_command);

// How the name of such a file ends.
inline constexpr char kReportFile[] = ".report.json";

// Writes the report into `directory`, which is made if need be. Errors: FileError.
void WriteReport(const Run& run, const Report& report, const std::vector<WrittenFinding>& written,
                 const std::optional<Judged>& judged, const std::string& directory);

}  // namespace doorway

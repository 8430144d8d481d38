#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/results/result.h"

// The page's tables, as HTML. Each has at most as many rows as it is told, and then says how many are cut. REQUIRES:
// runs are in the order of Reader::Finish, those of a family together.

namespace doorway::results {

// The empty string if there is nothing to show.
std::string FamiliesTable(const std::vector<RunResult>& runs, std::size_t most);  // a row a family
std::string FairnessTable(const std::vector<RunResult>& runs, std::size_t most);
std::string NotRunTable(const std::vector<NotRun>& not_run, std::size_t most);
std::string LooseTable(const std::vector<Loose>& loose, std::size_t most);
std::string OthersTable(const std::vector<Other>& others, std::size_t most);
std::string SkippedList(const std::vector<Skipped>& skipped, std::size_t most);

// What a reader should look at: an expectation that is not met; and, where nothing is expected, a violation, no
// answer, or a claim that was never put to the test.
bool NeedsALook(const RunResult& run);

// A section a family, a row a run. Of more than `most` runs, all in all, those that need a look are kept first, then
// violations, then those without an answer.
std::string RunsByFamily(const std::vector<RunResult>& runs, std::size_t most);

// Those that need a look, with what is found.
std::string ToLookAt(const std::vector<RunResult>& runs, std::size_t most);

}  // namespace doorway::results

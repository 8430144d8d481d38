#pragma once

#include <string>
#include <vector>

#include "reports/finding_view.h"
#include "reports/html/excerpts.h"
#include "reports/run.h"

// The rows of a finding as an HTML table, a column a thread: of use without a script, and on paper.

namespace doorway::html {

// Each event's row has the id "step-N". Of rows there are no more than those of `view`.
std::string RowsTable(const Run& run, const Evidence& evidence, const FindingView& view, const Excerpts& excerpts);

// Each variable with what was written to it, in modification order.
std::string VariablesTable(const Run& run, const Evidence& evidence, const FindingView& view);

// At most about `most` of the rows: the first, the last, and those around the finding's points. What is left out
// becomes a row that says so.
std::vector<TableRow> CutRows(const std::vector<TableRow>& rows, std::size_t most);

}  // namespace doorway::html

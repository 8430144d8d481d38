#pragma once

#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/linearize.h"
#include "reports/run.h"
#include "reports/table.h"

// Infinite runs for a reader: who waits, who goes on, where the cycle begins and ends. REQUIRES, of all:
// evidence.lasso.

namespace doorway {

// The number of the step at which the cycle begins; one more than there are steps, if nobody takes one any more.
int CycleBeginsAtStep(const Evidence& evidence);

// "T0 waits for ever, while T1 goes on: steps 3 to 8 can be repeated without end.", and what makes the run fair.
std::vector<std::string> ExplainLasso(const Run& run, const Evidence& evidence);

// The rows of BuildRows with the cycle marked, and with one row for polls that read the same again and again. Folding
// takes nothing out of the numbering.
std::vector<TableRow> WithCycle(const Evidence& evidence, const Linearization& linearization,
                                const std::vector<TableRow>& rows);

}  // namespace doorway

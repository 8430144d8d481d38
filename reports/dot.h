#pragma once

#include <string>

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "reports/run.h"

// An execution graph for papers and mailing lists, in the language of Graphviz:
//
//   dot -Tsvg group.two_state.rc11.exclusion.dot >execution.svg

namespace doorway {

// A column a thread; po straight down; rf, mo, fr and hb (of the orders as written, between threads) as coloured arrows
// without those that others imply; the finding's points marked, a missing order dashed. Steps have the numbers of the
// other reports.
std::string RenderDot(const Run& run, Property::Kind kind, const Evidence& evidence);

}  // namespace doorway

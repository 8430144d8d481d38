#pragma once

#include <string>

#include "reports/finding_view.h"
#include "reports/run.h"

// What the script of a page works on. Its format is the page's own affair, and may change with it:
//
//   threads    their names
//   locations  each: name, and writes: [[step, value], ...] in modification order, the initial value with step 0
//   steps      each: [thread, location or -1, place in mo that it writes or -1, place that it reads or -1,
//              [[location, place], ...] learned]
//   knowledge  whether the last is filled in: where loads can be stale
//   arrows     rf, mo, fr, hb: [[step, step], ...]
//   points     steps of the finding's points;  cursor: the step to begin with
//   missing, weak   [step, step] or null;  unordered: the former are the points A and B
//   cycle      of a lasso: [first step, last step], else null

namespace doorway::html {

// JSON that may stand in a <script> element.
std::string PageData(const Run& run, const Evidence& evidence, MemoryModel memory, const FindingView& view);

}  // namespace doorway::html

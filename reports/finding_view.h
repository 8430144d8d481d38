#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "reports/linearize.h"
#include "reports/run.h"
#include "reports/table.h"

// A finding in words and rows, for whatever renders it: the text for a terminal, the page for a browser.

namespace doorway {

// A place that the sentence speaks of: "A  T0, step 3: enter (red)".
struct PointView {
  std::string letter;
  std::string where;  // "T0, step 3"; empty if no row shows it
  std::string what;
  int step = 0;  // 0: none
};

struct FindingView {
  const char* word = "";  // "VIOLATED", "WITNESS"
  std::string sentence;   // with its source lines, without a full stop
  std::vector<PointView> points;
  std::vector<std::string> explanation;  // which order is missing; of a lasso, who waits while who goes on
  std::pair<EventId, EventId> missing{kNoEvent, kNoEvent};  // as in Explanation
  std::pair<EventId, EventId> weak{kNoEvent, kNoEvent};
  Linearization linearization;  // step n is the n-th of its events
  std::vector<TableRow> rows;
  std::vector<std::pair<std::string, std::string>> legend;  // signs in the rows, and what they mean
};

FindingView ViewFinding(const Run& run, Property::Kind kind, const Evidence& evidence);

// The order in which reports show the events of a finding: of real threads (Run::by_clock), as they happened.
Linearization InReadingOrder(const Evidence& evidence, bool by_clock = false);

}  // namespace doorway

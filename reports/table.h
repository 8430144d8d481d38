#pragma once

#include <string>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "reports/linearize.h"
#include "reports/run.h"

// An execution as a table: a column a thread, one row an event, in an order that is easy to follow.
//
//          T0                    T1                                      source
//     1    data.write(1)                                                 example.h:12
//     2    flag.store(1, relaxed)                                        example.h:13
//     3                          flag.load(relaxed) = 1 ← T0:2           example.h:17
//  B  4                          data.read() = 0 ← init STALE            example.h:18

namespace doorway {

struct TableRow {
  enum class Kind {
    kEvent,
    kMark,    // beside an event
    kEnd,     // what a thread waits for in the end, or why it goes no further
    kFolded,  // polls that are left out
    kAcross,  // of no thread: a line through all columns
  };

  Kind kind = Kind::kEvent;
  int step = 0;  // number of the event in the order shown, from 1; 0: a mark, or a thread's end
  int thread = 0;
  EventId event = kNoEvent;  // of a mark: the one that it is shown beside
  std::string text;          // "flag.load(relaxed) = 1 ← T0:2"
  std::string from;          // of a read: "T0:2", as in the text
  bool stale = false;        // ... "STALE" is in the text
  bool in_words = false;     // the text is not that of ShowOperation: "joins T0"
  std::string source;        // "example.h:17"
  Site site{};               // the same
  std::string points;        // letters of the finding's points that stand here: "A"
};

// The rows of `execution` in the order of `linearization`: events; marks as rows of their own without a number, where
// the execution lets them float (a "leave" as late as it can, others as early); at the end one row for each thread that
// has not finished, with what it waits for. `finding` may be null.
std::vector<TableRow> BuildRows(const Run& run, const Execution& execution, const Linearization& linearization,
                                const Finding* finding, const Lasso* lasso = nullptr);

// The rows in columns. Columns share about 110 characters; a long row runs into the next column, which is free there.
std::string RenderRows(const Run& run, const Execution& execution, const std::vector<TableRow>& rows);

// "A", "B", ... of the points of a finding.
inline std::string PointLetter(std::size_t point) { return std::string(1, static_cast<char>('A' + point % 26)); }

}  // namespace doorway

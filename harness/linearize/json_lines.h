#pragma once

#include <iosfwd>

#include "harness/linearize/call.h"
#include "harness/linearize/history.h"

// Histories as JSON lines, our own format: an object a line, an event an object, in the order in which they happened.
//
//   {"process": 0, "type": "invoke", "f": "cas", "args": [1, 2], "time": 12}
//   {"process": 1, "type": "invoke", "f": "read"}
//   {"process": 0, "type": "ok", "result": true, "time": 19}
//   {"process": 1, "type": "info"}
//
// | field   | in           |                                                                                    |
// |---------|--------------|------------------------------------------------------------------------------------|
// | process | all          | a whole number or a text; a process does one thing at a time                       |
// | type    | all          | invoke; ok: it returned; fail: it did not happen; info: nobody knows whether it did |
// | f       | invoke       | the operation's name; in others it may be repeated                                 |
// | args    | invoke       | a list of its arguments; may be left out if it takes none                          |
// | result  | ok           | what it returned, if it returns a value; of one that returns a truth: true if none is
// given | | error   | fail, info   | anything; tells a fail that went wrong from one that was refused | | time    | all
// | a whole number, never less than before; looked at for that alone                   |
//
// A fail without error of an operation that returns a truth (cas, try_lock) says that it was refused: it counts, with
// result false. Values are null, true, false, whole numbers of 64 bits, texts, and lists of these. Empty lines are
// skipped.

namespace doorway::linearize {

// Reads line by line. Errors: HistoryError.
History ReadJsonLines(std::istream& in, const Vocabulary& vocabulary);

}  // namespace doorway::linearize

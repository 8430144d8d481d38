#pragma once

#include <iosfwd>
#include <string_view>

#include "harness/linearize/call.h"
#include "harness/linearize/history.h"

// Histories as Jepsen writes them.
//
// EDN, a map an event, one after the other or in one vector:
//
//   {:process 0, :type :invoke, :f :cas, :value [1 2], :time 12}
//   {:process 0, :type :fail, :f :cas, :value [1 2], :time 19}
//
// Text logs, a tab between columns; other lines are skipped, and counted:
//
//   INFO  jepsen.util - 0	:invoke	:cas	[1 2]
//   INFO  jepsen.util - 0	:fail	:cas	[1 2]
//
// `:value` of an invocation is the operation's argument, or a vector of them if it takes several; of an ok it is what
// an operation that returns a value returned. A key-value store's key is `:key`, or comes first in a vector, as
// Jepsen's independent keys do: `:value [key [1 2]]`. A :fail of an operation that returns a truth says that it was
// refused, unless there is an :error (in a log: a keyword instead of the value, or a column more); any other :fail did
// not happen. Processes that are no numbers (:nemesis) are skipped.

namespace doorway::linearize {

// REQUIRES: the text outlives only the call. Errors of both: HistoryError.
History ReadJepsenEdn(std::string_view text, const Vocabulary& vocabulary);
// Reads line by line.
History ReadJepsenLog(std::istream& in, const Vocabulary& vocabulary);

}  // namespace doorway::linearize

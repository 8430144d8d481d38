#pragma once

#include <string>

#include "harness/graph/execution.h"
#include "reports/run.h"

// Operations and values in words, as the columns of a trace show them.

namespace doorway {

// The parts of "lock.word.compare_exchange_weak(Set, acquire): 0 → 1", for who sets them apart. Any may be empty.
struct OperationWords {
  OperationWords(const Execution& execution, const Label& label, Order effective);  // without an outcome
  OperationWords(const Execution& execution, EventId event);                        // REQUIRES: it has a label

  std::string object;     // "lock.word"
  std::string verb;       // "compare_exchange_weak"
  std::string arguments;  // "Set"
  std::string order;      // "acquire"
  std::string outcome;    // ": 0 → 1"

  std::string Joined() const;
};

// "lock.word"; "" where an event has no location.
std::string LocationName(const Execution& execution, LocationId location);

// A value of `location`: signed where its type is, large ones in hex, pointers as "&node[1]" where an object of that
// address is known.
std::string ShowValue(const Execution& execution, LocationId location, Value value);

// "lock.word.fetch_add(acquire): 3 -> 4", "flag.load(relaxed) = 0", "fence(seq_cst)". Not where a value was read from.
std::string ShowOperation(const Execution& execution, EventId event);

// The operation without its outcome: "lock.word.await(IsFree, acquire)".
std::string ShowLabel(const Execution& execution, const Label& label, Order order);

// "IsFree" of a type's mangled name: no namespaces, no template arguments.
std::string FunctionName(const char* mangled);

// "locks/two_state.h:41"; "" if unknown.
std::string ShowSite(const Site& site);

}  // namespace doorway

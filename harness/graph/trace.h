#pragma once

#include <string>
#include <vector>

#include "harness/graph/execution.h"

// An execution as it is written to a file: its events one after another, told by names, source lines and values
// instead of a process's ids and pointers. An engine can replay it in another process, and notices where the
// model has changed since.

namespace doorway {

struct TraceStep {
  static constexpr int kInitialValue = -1;  // reads_from
  static constexpr int kNotARead = -2;      // reads_from
  static constexpr int kNotAWrite = -1;     // mo_position
  static constexpr int kNotAChoice = -1;    // choice

  ThreadId thread = 0;
  std::string operation;  // the label's verb: "load", "fetch_add", "fence", "choose", ...
  std::string location;   // its name; empty for fences and choices
  std::string order;      // as it took effect: a failed compare-exchange has its failure order
  std::string file;
  int line = 0;
  Value read = 0;
  Value written = 0;
  int reads_from = kNotARead;    // index of the step that wrote the value read
  int mo_position = kNotAWrite;  // index in the location's modification order as it ends; the initial write has 0
  bool spurious = false;         // a weak compare-exchange that failed though it need not have
  int choice = kNotAChoice;      // the value of a choice

  friend bool operator==(const TraceStep&, const TraceStep&) = default;
};

// Each step follows its predecessor in po and the step that it reads from.
struct Trace {
  std::vector<TraceStep> steps;

  friend bool operator==(const Trace&, const Trace&) = default;
};

// All events of `execution` but the initial writes, as they are numbered.
Trace ToTrace(const Execution& execution);

// The same in another order. REQUIRES: `order` holds each event but the initial writes once, after its predecessor in
// po and the event it reads from.
Trace ToTrace(const Execution& execution, const std::vector<EventId>& order);

}  // namespace doorway

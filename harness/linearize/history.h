#pragma once

#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/linearize/call.h"
#include "harness/linearize/interval.h"

// A recorded history: what was called, when, and where that stands in its file.

namespace doorway::linearize {

// Where an operation comes from. Lines count from 1.
struct Origin {
  std::uint32_t process = 0;  // its place in History::processes
  std::uint32_t invoke_line = 0;
  std::uint32_t response_line = 0;  // 0: there is none
};

struct History {
  std::vector<Call> calls;  // in the order of their invocations; without those that are known not to have happened
  std::vector<Interval> intervals;  // the unit is events
  std::vector<Origin> origins;
  std::vector<std::string> processes;  // their names
  std::deque<std::string> texts;       // what texts in the calls are of
  std::uint64_t events = 0;
  std::uint64_t other_lines = 0;  // of a log: lines that tell of no operation
};

// A history that makes no sense. what() is "line 7: what is wrong, and how to mend it".
class HistoryError : public std::runtime_error {
 public:
  HistoryError(std::uint64_t line, const std::string& reason)
      : std::runtime_error("line " + std::to_string(line) + ": " + reason), line_(line) {}
  std::uint64_t line() const { return line_; }

 private:
  std::uint64_t line_;
};

}  // namespace doorway::linearize

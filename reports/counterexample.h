#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "harness/graph/property.h"
#include "harness/graph/trace.h"
#include "harness/graph/verdict.h"
#include "reports/run.h"

// The file of a finding: all that it takes to replay the execution in another process, and to read it without
// one. The format is reports/README.md's.

namespace doorway {

inline constexpr char kCounterexampleSchema[] = "doorway.counterexample/1";

// An infinite run, in terms of a trace's steps.
struct TraceLasso {
  std::size_t cycle_begins = 0;  // index of the cycle's first step; the number of steps, if it has none
  int starved = -1;              // as Lasso
  std::vector<int> running;

  friend bool operator==(const TraceLasso&, const TraceLasso&) = default;
};

// A place that the sentence speaks of: a step, from 1; 0 if it is none.
struct TracePoint {
  int step = 0;
  std::string what;

  friend bool operator==(const TracePoint&, const TracePoint&) = default;
};

// What a file holds that a replay needs.
struct Counterexample {
  std::string model;
  std::vector<std::pair<std::string, int>> configuration;
  int forever_rounds = 0;
  bool expand_updates = false;
  MemoryModel memory = MemoryModel::kSc;
  std::string claim;
  Property::Kind kind = Property::Kind::kUniversal;  // kExists: the execution is a witness
  std::string sentence;
  Trace trace;
  std::string fairness{};  // of a lasso: as Run's
  std::vector<TracePoint> points{};
  std::optional<TraceLasso> lasso{};
};

// One line: what is wrong with the file, and what to do.
class CounterexampleError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string CounterexampleJson(const Run& run, MemoryModel memory, Property::Kind kind, const Evidence& evidence);

// Reads what CounterexampleJson wrote. `name` is the file's, for errors. Errors: CounterexampleError, on anything that
// is not such a text from its first byte to its last, or that speaks of threads or steps that it does not have.
Counterexample ParseCounterexample(const std::string& text, const std::string& name);

}  // namespace doorway

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/results/result.h"

// How a search grows with the size of what is searched: runs of one model that differ in their configuration alone.

namespace doorway::results {

struct GrowthPoint {
  std::int64_t size = 0;    // the parameter's value
  std::uint64_t count = 0;  // executions; of the state engine, states
  double seconds = 0;
  bool whole = true;  // the search came to its end; else both numbers are of a part
};

// Runs that differ in the one parameter alone.
struct GrowthLine {
  std::string label;  // what else varies: "blacks=2"; empty: nothing does
  std::vector<GrowthPoint> points;
};

struct Growth {
  std::string model;
  std::string engine;     // "graph rc11"
  std::string others;     // what does not vary: "rounds=1"
  std::string parameter;  // the one that takes the most values: "reds"
  bool states = false;
  std::vector<GrowthLine> lines;
};

// For each model, engine and memory model with runs in configurations in which some parameter takes three values or
// more. Clients without end (rounds=0) are no size beside others, and stand apart. Left out: parts of a search
// (shards), random walks, real threads, Relacy.
std::vector<Growth> GrowthsOf(const std::vector<RunResult>& runs);

}  // namespace doorway::results

#pragma once

#include <cstdint>

#include "harness/graph/estimate.h"

namespace doorway {

// How far a search of the graph explorer has come.
struct Progress {
  std::uint64_t executions = 0;
  std::uint64_t blocked = 0;
  double seconds = 0;
  Estimate estimate;  // of all executions, complete and blocked; without walks while there is none yet
};

}  // namespace doorway

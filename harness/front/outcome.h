#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"

// What the runner says of a test (run.h).

namespace doorway::front {

enum class Fault : std::uint8_t {
  kFailed,     // a check that a thread, or what comes before or after all threads, has made; `code` is the front's
  kInvariant,  // such a check in the invariant
  kDataRace,
  kFreed,          // an object is used whose life has ended
  kUninitialised,  // data is read that has no value
  kDeadlock,       // nobody will end the waits: in operations that block
  kLivelock,       // ... in loops, at least one
  kMemoryLeak,
  kFreedTwice,
};

struct Trouble {
  Fault fault = Fault::kFailed;
  Value code = 0;
  std::string sentence;
};

struct Outcome {
  std::optional<Trouble> trouble;
  std::optional<Evidence> evidence;  // the execution that shows it
  std::string error;                 // the test broke a rule, or uses what there is not; no verdict then
  std::uint64_t executions = 0;      // execution graphs, complete and blocked ones
  std::uint64_t real_runs = 0;       // interleavings of them that really ran
  std::vector<std::string> bounds;   // that were hit; empty: exhaustive
  double seconds = 0;
};

}  // namespace doorway::front

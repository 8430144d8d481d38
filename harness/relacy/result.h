#pragma once

#include <cstdint>
#include <string>

// What is asked of upstream Relacy, and what it answered. No Relacy in this header.

namespace doorway {

// Each search runs within its limits; one that meets them says "nothing found so far".
struct RelacyOptions {
  std::uint64_t full_executions = 200'000;  // of the full search; 0: leave it out. Given up sooner if far from enough
  int context_bound = 2;  // the largest number of preemptions tried, after 0, 1, ...; -1: leave it out
  std::uint64_t bound_executions = 200'000;  // of the context-bound searches, together
  std::uint64_t random_executions = 5'000;   // of the random search
  double seconds = 20;                       // of all searches together: a safety net, too long for a quiet machine
  int forever_rounds = 2;                    // iterations of a Sync::forever loop
  unsigned operations = 2'000;               // of one execution; a longer one is a livelock
};

struct RelacyResult {
  std::string refused;  // not empty: nothing was run, and why

  bool error_found = false;
  std::string what;     // Relacy's own words for the error
  std::string claim;    // the claim it bears on; "no_data_race", "no_stuck_thread", ..., or what the monitor named
  std::string history;  // Relacy's history of the execution that shows it

  std::uint64_t iterations = 0;  // executions, over all searches
  double seconds = 0;
  bool exhaustive = false;  // the full search came to its end, within no bound
  std::string bound;        // else what was searched: "context bound 2, 5000 random executions"
};

}  // namespace doorway

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/graph/verdict.h"

// What was run, beside what came of it (harness/graph/verdict.h).

namespace doorway {

struct Run {
  std::string model;                                       // "group/two_state"
  std::vector<std::pair<std::string, int>> configuration;  // the model's parameters
  int after_thread = -1;                                   // the thread that is after(); -1: there is none
  int forever_rounds = 0;                 // rounds of a Sync::forever loop that were explored; 0: it is endless
  std::string fairness{};                 // of the state engine: "weak", "strong"; else empty
  std::vector<std::string> not_judged{};  // claims of the model that only another engine judges
  std::vector<std::string> only{};        // claims that alone were judged; empty: all
  bool expand_updates = false;            // each update was explored as a compare-exchange loop
  int shard = 0;                          // which part of the search this was, from 1, ...
  int shards = 0;                         // ... of how many; 0: it was all of it
  bool by_clock = false;                  // executions are of real threads: events are numbered as they happened
};

// "T0", or "after".
std::string ThreadName(const Run& run, int thread);

// "sc", "tso", "rc11"; of real threads "hardware".
const char* MemoryName(const Report& report);

// "reds=2 blacks=1, updates expanded"; empty if the model has no parameters and updates are one step.
std::string ShowConfiguration(const Run& run);

}  // namespace doorway

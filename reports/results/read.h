#pragma once

#include <set>
#include <string>

#include "reports/results/result.h"

// Reads what commands leave: reports, comparisons, sweeps, counterexamples, and the JSON of linearize, mutate and
// orders. The formats are reports/README.md's.

namespace doorway::results {

class Reader {
 public:
  // Adds what `text`, the content of the file at `place`, tells. Whatever it holds, this does not throw: what is not of
  // ours, or is broken, is added to Results::skipped. A run that another file has told of is not told of again: `check
  // --out --json` writes a report twice.
  void Add(const Place& place, const std::string& text);

  void Skip(const Place& place, const std::string& why, bool damaged) {
    results_.skipped.push_back({place, why, damaged});
  }

  // Everything, in an order that does not depend on that of the files: by model, engine, memory model, configuration.
  Results Finish();

 private:
  void AddRun(RunResult run);

  Results results_;
  std::set<std::string> known_;
};

}  // namespace doorway::results

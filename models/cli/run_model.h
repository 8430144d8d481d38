#pragma once

#include <cstdint>
#include <string>

#include "harness/graph/verdict.h"
#include "models/registry/model.h"
#include "reports/run.h"

// One run of one model on one engine.

namespace doorway {

struct Limits {
  std::uint64_t max_executions = 0;  // 0: no limit
  double timeout_seconds = 0;        // 0: no limit
  int forever_rounds = 2;
  bool expand_updates = false;
};

struct RunRequest {
  const Model* model = nullptr;
  Configuration configuration;
  MemoryModel memory = MemoryModel::kRc11;
  Limits limits;
  std::string stop_at;  // as ExploreOptions
};

// The request in the reports' terms.
Run RunOf(const RunRequest& request);

// Runs the graph explorer, with a progress line on a terminal, until its end or Ctrl-C. Errors: ModelError.
Report RunGraph(const RunRequest& request);

// Runs upstream Relacy. Its "no error found" is verified_within_bounds, and the bounds say why that is less. Errors:
// UsageError, if the model is not compiled for it.
Report RunRelacy(const RunRequest& request);

}  // namespace doorway

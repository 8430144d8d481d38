#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/explore.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "harness/native/native_run.h"
#include "models/registry/engine.h"
#include "models/registry/model.h"
#include "reports/run.h"

// One run of one model on one engine.

namespace doorway {

// Of the native engine. No copies: as many as there are processors for.
inline NativeOptions DefaultNativeOptions() {
  NativeOptions options;
  options.copies = 0;
  return options;
}

struct Limits {
  double timeout_seconds = 0;        // 0: no limit
  std::uint64_t max_executions = 0;  // of the graph engine; 0: no limit
  int forever_rounds = 2;            // of the graph engine
  std::uint64_t random_walks = 0;    // of the graph engine, instead of every execution; 0: every one
  int priority_depth = 0;            // of random walks; 0: even choices
  std::uint64_t seed = 1;            // of the graph engine's random walks
  int shard = 1;                     // of the graph engine: a part of the search, from 1, ...
  int shards = 0;                    // ... of so many; 0: all of it
  std::string checkpoint;            // of the graph engine: a path to keep the search's state in; empty: none
  std::string resume;                // likewise: a path to go on from; empty: from the beginning
  std::uint64_t max_states = 0;      // of the state engine; 0: no limit
  std::uint64_t max_bytes = 0;       // of the state engine; 0: three quarters of the machine's memory
  int jobs = 1;                      // threads of the state engine, processes of the graph engine
  std::optional<bool> symmetry;      // of the state engine (on, if not set), and of the graph engine (off)
  bool partial_order = false;        // of the state engine
  bool hash_compaction = false;      // of the state engine
  bool expand_updates = false;
  NativeOptions native = DefaultNativeOptions();
};

struct RunRequest {
  const Model* model = nullptr;
  Configuration configuration;
  Engine engine = Engine::kGraph;
  MemoryModel memory = MemoryModel::kRc11;
  Fairness fairness = Fairness::kWeak;  // of the state engine
  Limits limits;
  std::string stop_at;              // as ExploreOptions
  std::vector<std::string> claims;  // to be judged; empty: all
};

// The model's claims that the request wants, under the names that they have with its memory model; responses are none.
std::vector<std::unique_ptr<Property>> WantedClaims(const RunRequest& request);

// "group/two_state rc11", "group/two_state state sc".
std::string NameOf(const RunRequest& request);

// The request in the reports' terms.
Run RunOf(const RunRequest& request);

// Runs the engine of the request. Errors: as below.
Report RunOn(const RunRequest& request);

// The request in the graph explorer's terms.
ExploreOptions ExploreOptionsOf(const RunRequest& request);

// Runs the graph explorer, with a progress line on a terminal, until its end or Ctrl-C. Errors: ModelError; UsageError
// and FileError, of checkpoints.
Report RunGraph(const RunRequest& request);

// The same with the state explorer, which judges the model's claims about infinite runs, too. Errors: ModelError.
Report RunStates(const RunRequest& request);

// Runs upstream Relacy. Its "no error found" is verified_within_bounds, and the bounds say why that is less. Errors:
// UsageError, if the model is not compiled for it.
Report RunRelacy(const RunRequest& request);

// Runs the model on real threads. Errors: UsageError, if it is not compiled for that; ModelError.
Report RunOnThreads(const RunRequest& request);

}  // namespace doorway

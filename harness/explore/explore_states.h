#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/subject.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "harness/graph/verdict.h"

// The facade of the state explorer: every state of a subject that some interleaving reaches, each once, whatever the
// length of its runs. Sync::forever loops are endless here.

namespace doorway {

struct StateProgress {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint64_t depth = 0;
  std::uint64_t frontier = 0;  // states reached whose steps are not explored yet
  std::uint64_t bytes = 0;     // of the table of states
  double seconds = 0;
};

// Which infinite runs count as runs (harness/DESIGN.md).
enum class Fairness : std::uint8_t {
  kWeak,    // a thread that can take a step for ever takes one
  kStrong,  // ... and a wait that could succeed again and again succeeds
};

// Where threads that are found to be interchangeable are explored in one order only.
enum class SymmetryUse : std::uint8_t {
  kOff,          // nowhere
  kWhereItPays,  // not where that makes more states than it saves
  kAlways,       // for tests
};

struct StateOptions {
  MemoryModel memory = MemoryModel::kSc;  // kSc or kTso
  Fairness fairness = Fairness::kWeak;
  std::uint64_t max_states = 0;  // 0: no limit
  std::uint64_t max_bytes = 0;   // of states and of what is kept of each; 0: no limit
  double timeout_seconds = 0;    // 0: no limit
  int jobs = 1;                  // threads that explore, of the processor: what is found does not depend on it
  SymmetryUse symmetry = SymmetryUse::kWhereItPays;
  bool hash_compaction = false;  // of explored states hashes are kept; no claim about infinite runs is judged then
  bool partial_order = false;    // a step that commutes with all that others do is explored alone (harness/DESIGN.md)
  bool races = true;             // false: no_data_race and no_use_after_free are not judged
  bool expand_updates = false;   // as ExploreOptions

  // The search ends at the first violation of this claim (the first of any, if empty); violations
  // of other claims are kept, one each, and the search goes on. "none" never stops.
  std::string stop_at;

  const std::atomic<bool>* interrupted = nullptr;         // polled; set by a signal handler
  std::function<void(const StateProgress&)> on_progress;  // called a few times a second
};

// Explores `subject` and judges it by the monitors of `properties`, by `responses`, and by the built-in claims
// (verdict.h). A property without monitors is reported as unknown, and so is the verdict then.
// Errors: ModelError (model_error.h). One call at a time in a process: objects live at fixed addresses.
Report ExploreStates(Subject& subject, const std::vector<Property*>& properties, const std::vector<Response>& responses,
                     const StateOptions& options);

}  // namespace doorway

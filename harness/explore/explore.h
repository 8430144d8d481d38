#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/mutation.h"
#include "harness/behaviour/subject.h"
#include "harness/explore/exchange.h"
#include "harness/explore/interchangeable.h"
#include "harness/explore/progress.h"
#include "harness/explore/search_state.h"
#include "harness/graph/estimate.h"
#include "harness/graph/execution.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"

// The facade of the graph explorer: every consistent execution graph of a subject, each once.

namespace doorway {

class Program;

struct ExploreOptions {
  MemoryModel memory = MemoryModel::kRc11;
  std::uint64_t max_executions = 0;  // complete and blocked ones together; 0: no limit
  double timeout_seconds = 0;        // 0: no limit
  int forever_rounds = 2;            // iterations of a Sync::forever loop

  // Instead of every execution, so many random walks (estimate.h): executions that come up more than once are judged
  // and counted more than once. A bound, of course. 0: every execution.
  std::uint64_t random_walks = 0;
  // If above 0: by priorities instead of even choices (PCT), to meet what takes so many orderings of operations to
  // happen. Interleavings only, whatever the memory model, and weak operations do not fail.
  int priority_depth = 0;
  std::uint64_t seed = 1;  // of random walks, for the estimate too

  // Each update, try_update and await_update is the compare-exchange loop that it is on hardware without such an
  // instruction, instead of one step.
  bool expand_updates = false;

  // Of executions that differ only in the order of threads that do the same, one is explored (thread_order.h), if all
  // properties take threads alike. Which threads do the same is found out, and said in the report; `represented` counts
  // the executions in all orders.
  bool symmetry = false;
  ThreadClasses interchangeable;         // set by Explore
  std::shared_ptr<Exchanges> exchanges;  // likewise, unless it is set: what is learnt of them (exchange.h)

  // Changes to the code (mutation.h): what is explored is another program. A replay of what is found needs them, too.
  std::vector<Mutation> mutations;

  // A part of the search only: some of the sub-trees that it is split into, which are the same in every process. All
  // shards together are the whole search; one is a bound. 0 <= shard < shards.
  int shard = 0;
  int shards = 1;

  // Processes that explore at the same time: counts, measures and verdicts are those of one. (After a violation that
  // ends the search, counts tell how far it came, and that depends.) With max_executions, random_walks or on_execution
  // it is one process all the same.
  int jobs = 1;

  // How many sub-trees a search in parts is split into, for each of them. Only tests need others.
  std::size_t sub_trees_a_part = 64;

  // How far the search has come, every so many seconds and when it ends; and where to go on from instead of the
  // beginning, by whatever number of jobs: the totals are those of a search that was never interrupted. A search that
  // tells of its state ends between two executions, and splits before it looks at max_executions: a few more than these
  // may be found. After a violation that ends the search, what was found last may be found again.
  std::function<void(const SearchState&)> on_checkpoint;
  double checkpoint_seconds = 2;
  const SearchState* resume = nullptr;

  // Awaits wait in place, without blocked executions for values they would not take. Off only in tests: the
  // results are the same, the blocked executions are more.
  bool in_place_awaits = true;

  // Ends of executions that are determined are not added event by event, where nobody asks for the executions (tail.h).
  // Off only in tests: the results are the same.
  bool skip_tails = true;

  // For tests: aborts if a finished graph's links, lists and clocks are not as they must be.
  bool check_invariants = false;

  // The search ends at the first violation of this claim (the first of any, if empty); violations
  // of other claims are kept, one each, and the search goes on. "none" never stops.
  std::string stop_at;

  const std::atomic<bool>* interrupted = nullptr;      // polled; set by a signal handler
  std::function<void(const Progress&)> on_progress;    // called a few times a second
  std::function<void(const Execution&)> on_execution;  // called for each finished, blocked or stuck graph
  // Called in the end for each operation that threads have come to, but those of after(); for some more than once.
  std::function<void(int thread, const Label&)> on_operation;

  // For executions that really run (rerun.h): told of the program before anything is explored; and of a violation of
  // a built-in claim before it is kept, for the last time that the program can be asked about it.
  std::function<void(Program&)> on_program;
  std::function<void(const Finding&, const Execution&)> on_violation;

  // That no data is read before it has a value is a claim (kNoUninitialisedRead). Else such a read is a ModelError.
  bool claims_initialised = false;
};

// Explores `subject` and judges every execution by `properties` and the built-in claims (verdict.h).
// Errors: ModelError (model_error.h); SearchMismatch, of options.resume. One call at a time in a process: objects live
// at fixed addresses.
Report Explore(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options);

// How many executions Explore would have to go through, by random walks for so many seconds.
// Errors: as Explore.
Estimate EstimateExecutions(Subject& subject, const ExploreOptions& options, double seconds);

}  // namespace doorway

#include "harness/relacy/relacy_run.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>
#include <string_view>

#include "harness/graph/verdict.h"
#include "harness/relacy/execution.h"
#include "harness/relacy/scheduler.h"
#include "harness/relacy/upstream.h"

// Runs Relacy's searches over one model. A search that finds an error stops there; the failing execution is then
// run once more from the search's state, to collect its history (as rl::simulate does).

namespace doorway::relacy_internal {

namespace {

using Clock = std::chrono::steady_clock;

// When a search must stop. Relacy's tree searches know no limit themselves.
struct Budget {
  std::uint64_t executions = 0;
  Clock::time_point deadline;
  std::uint64_t begun = 0;
  bool hopeless = false;  // nobody expects that it suffices

  // Once for each execution: whether it may still run.
  bool Take() {
    if (begun >= executions || hopeless) return false;
    if (begun % 64 == 0 && begun > 0 && Clock::now() > deadline) return false;
    ++begun;
    return true;
  }
};

// What the test suites, which Relacy makes, find.
struct Bench {
  Run* run = nullptr;
  Budget* budget = nullptr;  // nullptr: unlimited
};
thread_local Bench bench;

template <int threads>
class Suite : public rl::test_suite<Suite<threads>, threads> {
 public:
  Suite() : execution_(*bench.run) {
    if (bench.budget != nullptr && !bench.budget->Take()) rl::ctx().rl_until("end of budget", RL_INFO);
    execution_.Construct();
  }
  ~Suite() { execution_.Destroy(); }

  void before() { execution_.Before(); }
  void thread(unsigned index) { execution_.Thread(static_cast<int>(index)); }
  void after() { execution_.After(); }

 private:
  Execution execution_;
};

// Swallows Relacy's progress.
class NullBuffer final : public std::streambuf {
  int overflow(int c) override { return c == EOF ? 0 : c; }
};

// How one search ended.
struct Ending {
  rl::test_result_e result = rl::test_result_success;
  bool cut = false;  // by its budget
};

std::string_view ClaimOf(rl::test_result_e result, const Run& run) {
  switch (result) {
    case rl::test_result_data_race:
      return run.in_destructor ? kNoUseAfterFree : kNoDataRace;
    case rl::test_result_access_to_freed_memory:
    case rl::test_result_double_free:
      return kNoUseAfterFree;
    case rl::test_result_deadlock:
    case rl::test_result_livelock:
      return kNoStuckThread;
    default:
      return run.failed_claim != nullptr ? std::string_view(run.failed_claim) : std::string_view("model_error");
  }
}

// Relacy's output begins with the error, on a line of its own.
std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

// The full search, which looks once how far it has come: if the budget is not expected to suffice, by far, it
// gives up.
template <int threads>
class ProbedFullSearch : public FullSearch<threads> {
 public:
  using FullSearch<threads>::FullSearch;

  rl::thread_id_t iteration_begin(rl::iteration_t iteration) {
    if (bench.budget != nullptr && bench.budget->begun == kProbe) {
      const double expected = static_cast<double>(kProbe) / this->ShareDone();
      bench.budget->hopeless = expected > kHopeless * static_cast<double>(bench.budget->executions);
    }
    return FullSearch<threads>::iteration_begin(iteration);
  }

 private:
  static constexpr std::uint64_t kProbe = 20'000;
  static constexpr double kHopeless = 2;  // subtrees are not all of one size
};

template <int threads>
class Searches {
 public:
  Searches(Run& run, const RelacyOptions& options, RelacyResult& result)
      : run_(run), options_(options), result_(result), deadline_(Clock::now() + Seconds(options.seconds)) {}

  void All() {
    if (options_.full_executions == 0 || !Full()) {
      ContextBounds();
      if (!result_.error_found) Random();
    }
    if (run_.forever_bounded) {
      result_.exhaustive = false;
      AddBound(std::to_string(run_.forever_rounds) + " rounds of forever");
    }
  }

 private:
  static Clock::duration Seconds(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }

  // Whether nothing is left to search for.
  bool Full() {
    rl::test_params params;
    params.search_type = rl::sched_full;
    const Ending ending = Search<ProbedFullSearch<threads>>(params, options_.full_executions);
    result_.exhaustive = !ending.cut && !result_.error_found;
    if (ending.cut) AddBound(std::to_string(result_.iterations) + " executions of the full search");
    return !ending.cut;
  }

  void ContextBounds() {
    std::uint64_t left = options_.bound_executions;
    int completed = -1;
    for (int bound = 0; bound <= options_.context_bound && left > 0; ++bound) {
      rl::test_params params;
      params.search_type = rl::sched_bound;
      params.context_bound = static_cast<unsigned>(bound);
      const std::uint64_t before = result_.iterations;
      const Ending ending = Search<ContextBound<threads>>(params, left);
      if (result_.error_found) {
        AddBound("context bound " + std::to_string(bound));
        return;
      }
      if (ending.cut) break;
      completed = bound;
      left -= std::min(left, result_.iterations - before);
    }
    if (completed >= 0) AddBound("context bound " + std::to_string(completed));
  }

  void Random() {
    if (options_.random_executions == 0) return;
    rl::test_params params;
    params.search_type = rl::sched_random;
    params.iteration_count = options_.random_executions;
    const std::uint64_t before = result_.iterations;
    Search<RandomSearch<threads>>(params, options_.random_executions);
    AddBound(std::to_string(result_.iterations - before) + " random executions");
  }

  // One search. Records an error in the result.
  template <class Scheduler>
  Ending Search(rl::test_params& params, std::uint64_t executions) {
    Budget budget{executions, deadline_};
    Ending ending;
    std::ostringstream state;
    ending.result = RunOnce<Scheduler>(params, state, &budget, nullptr);
    result_.iterations += budget.begun;
    if (ending.result == rl::test_result_until_condition_hit) {
      ending.cut = true;
      ending.result = rl::test_result_success;
    }
    if (ending.result == rl::test_result_success) return ending;

    result_.error_found = true;
    result_.claim = ClaimOf(ending.result, run_);
    params.initial_state = state.str().c_str();
    params.collect_history = true;
    std::ostringstream again;
    RunOnce<Scheduler>(params, again, nullptr, &result_.history);
    result_.what = FirstLine(result_.history);
    return ending;
  }

  template <class Scheduler>
  rl::test_result_e RunOnce(rl::test_params& params, std::ostream& state, Budget* budget, std::string* history) {
    run_.failed_claim = nullptr;
    NullBuffer swallow;
    std::ostream progress(&swallow);
    std::ostringstream output;
    params.progress_stream = &progress;
    params.output_stream = &output;
    params.execution_depth_limit = options_.operations;
    bench = Bench{&run_, budget};
    const rl::test_result_e result = rl::run_test<Suite<threads>, Scheduler>(params, state, history != nullptr);
    bench = Bench{};
    if (history != nullptr) *history = output.str();
    return result;
  }

  void AddBound(const std::string& text) {
    if (!result_.bound.empty()) result_.bound += ", ";
    result_.bound += text;
  }

  Run& run_;
  const RelacyOptions& options_;
  RelacyResult& result_;
  const Clock::time_point deadline_;
};

void SearchAll(int threads, Run& run, const RelacyOptions& options, RelacyResult& result) {
  switch (threads) {
    case 1:
      return Searches<1>(run, options, result).All();
    case 2:
      return Searches<2>(run, options, result).All();
    case 3:
      return Searches<3>(run, options, result).All();
    case 4:
      return Searches<4>(run, options, result).All();
    default:
      result.refused = "thread counts are template parameters in Relacy: 1 to 4 are compiled, and the model has " +
                       std::to_string(threads);
  }
}

}  // namespace

RelacyResult RunModel(RelacyModel& model, int threads, const RelacyOptions& options) {
  const Clock::time_point start = Clock::now();
  const std::unique_ptr<void, void (*)(void*)> memory(std::malloc(model.size()), &std::free);
  Run run{model, threads, options.forever_rounds, memory.get()};
  RelacyResult result;
  SearchAll(run.all_threads(), run, options, result);
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

}  // namespace doorway::relacy_internal

#pragma once

#include "base.hpp"
#include "test_result.hpp"

// How much is explored, and where the result goes.
//
// Here every search type is the same search: all executions, each once. What Relacy's parameters bound is a bound here,
// too, which the output names if it was hit.

namespace rl {

enum scheduler_type_e {
  sched_random,
  sched_bound,
  sched_full,
  sched_count,

  random_scheduler_type = sched_random,
  fair_context_bound_scheduler_type = sched_bound,
  fair_full_search_scheduler_type = sched_full,
  scheduler_type_count
};

inline char const* format(scheduler_type_e type) {
  switch (type) {
    case sched_random:
      return "random scheduler";
    case sched_bound:
      return "context bound scheduler";
    case sched_full:
      return "full search scheduler";
    default:
      throw std::logic_error("no such scheduler type");
  }
}

struct test_params {
  static iteration_t const default_iteration_count = 1000;

  // With sched_random: at most so many executions, unless it is the default, which bounds nothing.
  iteration_t iteration_count = default_iteration_count;
  std::ostream* output_stream = &std::cout;
  std::ostream* progress_stream = &std::cout;
  unsigned progress_output_period = 3;  // seconds
  bool collect_history = false;         // the history of a failure is always there
  bool output_history = false;          // print the history of every execution
  scheduler_type_e search_type = random_scheduler_type;
  unsigned context_bound = 1;             // nothing is left out because of it
  unsigned execution_depth_limit = 2000;  // operations of a thread
  string initial_state;                   // must be empty: what is found is found again by the same search

  // Set by simulate().
  test_result_e test_result = test_result_success;
  iteration_t stop_iteration = 0;  // executions that were explored
  string test_name;
  string final_state;  // stays empty
};

}  // namespace rl

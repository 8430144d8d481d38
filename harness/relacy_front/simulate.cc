// rl::simulate: parameters to bounds, and what was found to a result and a history.

#include "relacy/simulate.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <optional>

#include "harness/front/run.h"
#include "harness/relacy_front/codes.h"
#include "harness/relacy_front/history.h"
#include "harness/relacy_front/results.h"

namespace rl::front {

namespace {

std::string readable(char const* name) {
  int status = 0;
  char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string result = status == 0 ? text : name;
  std::free(text);
  return result;
}

doorway::front::Limits limits_of(test_params const& params, char const* name) {
  doorway::front::Limits limits;
  const bool bounded = params.search_type == sched_random;
  if (bounded && params.iteration_count != test_params::default_iteration_count) {
    limits.max_executions = params.iteration_count;
  }
  limits.max_operations = static_cast<int>(params.execution_depth_limit);
  if (params.output_history) {
    limits.on_execution = [&params](const doorway::Execution& execution) {
      print_history(execution, *params.output_stream);
    };
  }
  if (params.progress_stream != nullptr) {
    limits.on_progress = [&params, name, next = 1.0 * params.progress_output_period,
                          begin = times(nullptr)](std::uint64_t executions) mutable {
      const double seconds = static_cast<double>(times(nullptr) - begin) / static_cast<double>(sysconf(_SC_CLK_TCK));
      if (seconds < next) return;
      next = seconds + params.progress_output_period;
      *params.progress_stream << readable(name) << ": " << executions << " executions, "
                              << static_cast<unsigned>(seconds) << " s" << std::endl;
    };
  }
  return limits;
}

void print_bounds(doorway::front::Outcome const& outcome, std::ostream& out) {
  for (std::string const& bound : outcome.bounds) out << "bound hit: " << bound << "\n";
}

test_result_e conclude(doorway::front::Outcome const& outcome, test_params const& params) {
  std::ostream& out = *params.output_stream;
  std::optional<test_result_e> result = test_result_success;
  if (outcome.trouble) result = result_of(*outcome.trouble);
  if (!outcome.error.empty() || !result) {
    out << "ERROR: "
        << (outcome.error.empty() ? "not supported by Doorway's Relacy front: " + outcome.trouble->sentence
                                  : outcome.error)
        << "\n\n";
    return test_result_inconsistent_test_suite;
  }
  if (*result == test_result_success) {
    out << "iterations: " << outcome.executions << " (every execution"
        << (outcome.bounds.empty() ? "" : " within bounds") << "; " << outcome.real_runs << " really run)\n";
    print_bounds(outcome, out);
    out << "total time: " << static_cast<unsigned>(outcome.seconds * 1000) << "\n\n";
    return *result;
  }
  out << test_result_str(*result) << " (" << outcome.trouble->sentence << ")\n";
  out << "iteration: " << outcome.executions << "\n";
  print_bounds(outcome, out);
  out << "\n";
  if (outcome.evidence) print_history(outcome.evidence->execution, out);
  return *result;
}

}  // namespace

bool simulate(doorway::front::ForeignTest& test, char const* name, test_result_e expected, test_params& params) {
  params.test_name = readable(name);
  *params.output_stream << params.test_name << std::endl;
  if (!params.initial_state.empty()) {
    *params.output_stream
        << "ERROR: not supported by Doorway's Relacy front: test_params::initial_state; what a search "
           "finds, the same search finds again\n\n";
    params.test_result = test_result_inconsistent_test_suite;
    return false;
  }
  const doorway::front::Outcome outcome = RunForeignTest(test, limits_of(params, name));
  params.stop_iteration = outcome.executions;
  params.test_result = conclude(outcome, params);
  // An error is no result, whatever the test expects.
  const bool judged = outcome.error.empty() && (!outcome.trouble || result_of(*outcome.trouble));
  return judged && params.test_result == expected;
}

}  // namespace rl::front

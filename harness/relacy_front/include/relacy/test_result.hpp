#pragma once

#include "base.hpp"

// How a test ends. The names and their order are Relacy's; the comments say what the checker found.

namespace rl {

enum test_result_e {
  test_result_success,              // no execution shows anything
  test_result_until_condition_hit,  // RL_UNTIL
  test_result_inconsistent_test_suite,  // the test breaks a rule of the checker, or uses what it has not: see the output
  test_result_user_assert_failed,       // RL_ASSERT in before(), thread() or after()
  test_result_user_invariant_failed,    // RL_ASSERT in invariant()
  test_result_data_race,                // accesses of a var that happens-before does not order
  test_result_access_to_freed_memory,   // an atomic, var or other object used after, or while, its life ends
  test_result_double_free,
  test_result_memory_leak,
  test_result_resource_leak,  // an object with init and deinit was not deinitialised
  test_result_unitialized_access,
  test_result_deadlock,  // all that wait, wait in operations that block
  test_result_livelock,  // somebody waits in a loop; or no execution ends within the bounds

  test_result_recursion_on_nonrecursive_mutex,
  test_result_unlocking_mutex_wo_ownership,
  test_result_destroying_owned_mutex,
  test_result_double_initialization_of_mutex,
  test_result_usage_of_non_initialized_mutex,
  test_result_mutex_write_to_read_upgrade,
  test_result_mutex_read_to_write_upgrade,

  test_result_double_initialization_of_condvar,
  test_result_usage_of_non_initialized_condvar,

  test_result_double_initialization_of_semaphore,
  test_result_usage_of_non_initialized_semaphore,

  test_result_double_initialization_of_event,
  test_result_usage_of_non_initialized_event,

  test_result_thread_signal,  // a thread's handle is signalled
};

// "DATA RACE", ...
char const* test_result_str(test_result_e result);

}  // namespace rl

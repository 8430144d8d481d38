#pragma once

#include "base.hpp"
#include "test_result.hpp"

namespace rl {

// A test: a class that derives from this has void thread(unsigned index), and whichever it needs of before(), after()
// and invariant().
//
// before() and the constructor make the initial state. Threads share atomics and vars; plain members they may write,
// for after() and invariant() to look at, but what they do must not depend on plain members that other threads write.
template <typename derived_t, thread_id_t static_thread_count_param, test_result_e result = test_result_success>
struct test_suite : nocopy<> {
  static thread_id_t const dynamic_thread_count = 0;

  struct params {
    static thread_id_t const static_thread_count = static_thread_count_param;
    static thread_id_t const dynamic_thread_count = derived_t::dynamic_thread_count;
    static thread_id_t const thread_count = static_thread_count + dynamic_thread_count;
    static test_result_e const expected_result = result;
  };

  void invariant() {}
  void before() {}
  void after() {}
};

}  // namespace rl

// What a search of all executions finds or shows, and samples of them do not; and what simulate() says of it.
#include <relacy/relacy.hpp>

#include "expect.h"

// A write that is later in the modification order than one that comes after it in time.
struct two_plus_two_writes : rl::test_suite<two_plus_two_writes, 2, rl::test_result_user_assert_failed> {
  rl::atomic<int> x, y;
  two_plus_two_writes() : x(0), y(0) {}
  void thread(unsigned index) {
    (index == 0 ? x : y).store(1, rl::memory_order_relaxed);
    (index == 0 ? y : x).store(2, rl::memory_order_relaxed);
  }
  void after() { RL_ASSERT(!(x($) == 1 && y($) == 1)); }
};

// Two writes behind: Relacy's loads outside of random search are one behind at most.
struct two_behind : rl::test_suite<two_behind, 2, rl::test_result_user_assert_failed> {
  rl::atomic<int> data, flag;
  two_behind() : data(0), flag(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      for (int i = 1; i <= 4; ++i) data.store(i, rl::memory_order_relaxed);
      flag.store(1, rl::memory_order_relaxed);
    } else if (flag.load(rl::memory_order_relaxed) == 1) {
      RL_ASSERT(data.load(rl::memory_order_relaxed) != 0);
    }
  }
};

// One interleaving in thousands.
struct needle : rl::test_suite<needle, 3, rl::test_result_user_assert_failed> {
  rl::atomic<int> x;
  needle() : x(0) {}
  void thread(unsigned index) {
    for (int i = 0; i < 4; ++i) {
      int expected = 3 * i + static_cast<int>(index);
      x.compare_exchange_strong(expected, expected + 1, rl::memory_order_relaxed);
    }
  }
  void after() { RL_ASSERT(x($).load() != 12); }
};

struct counted : rl::test_suite<counted, 2> {
  rl::atomic<int> x;
  counted() : x(0) {}
  void thread(unsigned) { x.fetch_add(1, rl::memory_order_relaxed); }
};

template <typename test_t>
bool says(rl::test_params params, bool result, rl::iteration_t executions, char const* said, char const* unsaid) {
  std::ostringstream out;
  params.output_stream = &out;
  bool const got = rl::simulate<test_t>(params);
  bool const right = got == result && params.stop_iteration == executions &&
                     out.str().find(said) != std::string::npos && out.str().find(unsaid) == std::string::npos;
  if (!right) {
    std::cout << "NOT SAID: " << said << ", or said: " << unsaid << " (" << params.stop_iteration << ")\n"
              << out.str() << std::endl;
  }
  return right;
}

int main() {
  int const failed = run_tests<two_plus_two_writes, two_behind, needle>();

  rl::test_params params;
  bool right = says<counted>(params, true, 2, "every execution;", "bound hit");
  params.search_type = rl::fair_full_search_scheduler_type;
  right = says<counted>(params, true, 2, "every execution;", "bound hit") && right;
  params.search_type = rl::fair_context_bound_scheduler_type;
  right = says<counted>(params, true, 2, "every execution;", "bound hit") && right;
  params.search_type = rl::random_scheduler_type;
  params.iteration_count = 1;
  right = says<counted>(params, true, 1, "bound hit: executions: 1", "every execution;") && right;
  params.iteration_count = 1000;
  params.output_history = true;
  right = says<counted>(params, true, 2, "fetch_add, relaxed, prev=1, new=2", "bound hit") && right;
  params.output_history = false;
  right =
      says<needle>(params, true, 0, "USER ASSERT FAILED (after(): assertion: x($).load() != 12", "bound hit") || right;
  return failed != 0 || !right ? 1 : 0;
}

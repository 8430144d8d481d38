#include <relacy/relacy.hpp>

#include "expect.h"

struct excludes : rl::test_suite<excludes, 2> {
  rl::mutex m;
  rl::var<int> data;
  int inside;
  excludes() : data(0), inside(0) {}
  void invariant() { RL_ASSERT(inside <= 1); }
  void thread(unsigned) {
    m.lock($);
    ++inside;
    data($) += 1;
    --inside;
    m.unlock($);
  }
  void after() { RL_ASSERT(data($) == 2); }
};

struct tries : rl::test_suite<tries, 2> {
  rl::mutex m;
  rl::var<int> data;
  tries() : data(0) {}
  void thread(unsigned) {
    if (m.try_lock($)) {
      data($) += 1;
      m.unlock($);
    }
  }
  void after() { RL_ASSERT(data($) <= 2); }
};

struct try_fails_spuriously : rl::test_suite<try_fails_spuriously, 1, rl::test_result_user_assert_failed> {
  rl::mutex m;
  void thread(unsigned) {
    RL_ASSERT(m.try_lock($));
    m.unlock($);
  }
};

struct opposite_orders : rl::test_suite<opposite_orders, 2, rl::test_result_deadlock> {
  rl::mutex a, b;
  void thread(unsigned index) {
    rl::mutex& first = index == 0 ? a : b;
    rl::mutex& second = index == 0 ? b : a;
    first.lock($);
    second.lock($);
    second.unlock($);
    first.unlock($);
  }
};

struct recursion : rl::test_suite<recursion, 1, rl::test_result_recursion_on_nonrecursive_mutex> {
  rl::mutex m;
  void thread(unsigned) {
    m.lock($);
    m.lock($);
  }
};

struct recursive : rl::test_suite<recursive, 2> {
  rl::recursive_mutex m;
  rl::var<int> data;
  recursive() : data(0) {}
  void thread(unsigned) {
    m.lock($);
    m.lock($);
    data($) += 1;
    m.unlock($);
    data($) += 1;
    m.unlock($);
  }
  void after() { RL_ASSERT(data($) == 4); }
};

struct not_owner : rl::test_suite<not_owner, 1, rl::test_result_unlocking_mutex_wo_ownership> {
  rl::mutex m;
  void thread(unsigned) { m.unlock($); }
};

struct still_owned : rl::test_suite<still_owned, 1, rl::test_result_destroying_owned_mutex> {
  rl::mutex m;
  void thread(unsigned) { m.lock($); }
};

struct wrong_before : rl::test_suite<wrong_before, 1, rl::test_result_unlocking_mutex_wo_ownership> {
  rl::mutex m;
  void before() { m.unlock($); }
  void thread(unsigned) {}
};

int main() {
  return run_tests<excludes, tries, try_fails_spuriously, opposite_orders, recursion, recursive, not_owner, still_owned,
                   wrong_before>();
}

#include <relacy/relacy.hpp>

#include "expect.h"

template <typename backoff_t>
struct backs_off : rl::test_suite<backs_off<backoff_t>, 2> {
  rl::atomic<int> flag;
  rl::var<int> data;
  backs_off() : flag(0), data(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      flag.store(1, rl::memory_order_release);
    } else {
      backoff_t pause;
      while (flag.load(rl::memory_order_acquire) == 0) pause.yield($);
      RL_ASSERT(data($) == 1);
    }
  }
};

struct yields : rl::test_suite<yields, 2> {
  rl::atomic<int> flag;
  yields() : flag(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      flag.store(1, rl::memory_order_relaxed);
    } else {
      while (flag.load(rl::memory_order_relaxed) == 0) rl::yield(1, $);
    }
  }
};

// Both must be set, by whichever.
struct two_flags : rl::test_suite<two_flags, 3> {
  rl::atomic<int> flag[2];
  two_flags() {}
  void before() {
    flag[0]($) = 0;
    flag[1]($) = 0;
  }
  void thread(unsigned index) {
    if (index < 2) {
      flag[index].store(1, rl::memory_order_release);
    } else {
      while (flag[0].load(rl::memory_order_acquire) + flag[1].load(rl::memory_order_acquire) < 2) rl::yield(1, $);
    }
  }
};

struct never_set : rl::test_suite<never_set, 2, rl::test_result_livelock> {
  rl::atomic<int> flag;
  never_set() : flag(0) {}
  void thread(unsigned index) {
    if (index == 1) {
      while (flag.load(rl::memory_order_acquire) == 0) rl::yield(1, $);
    }
  }
};

// A lock by exchange: an attempt that fails has written.
struct test_and_set : rl::test_suite<test_and_set, 2> {
  rl::atomic<int> taken;
  rl::var<int> data;
  test_and_set() : taken(0), data(0) {}
  void thread(unsigned) {
    while (taken.exchange(1, rl::memory_order_acquire) == 1) rl::yield(1, $);
    data($) += 1;
    taken.store(0, rl::memory_order_release);
  }
  void after() { RL_ASSERT(data($) == 2); }
};

struct compare_and_swap : rl::test_suite<compare_and_swap, 2> {
  rl::atomic<int> taken;
  rl::var<int> data;
  compare_and_swap() : taken(0), data(0) {}
  void thread(unsigned) {
    for (;;) {
      int expected = 0;
      if (taken.compare_exchange_weak(expected, 1, rl::memory_order_acquire)) break;
      rl::yield(1, $);
    }
    data($) += 1;
    taken.store(0, rl::memory_order_release);
  }
  void after() { RL_ASSERT(data($) == 2); }
};

struct fetch_or_increment : rl::test_suite<fetch_or_increment, 3> {
  rl::atomic<int> x;
  fetch_or_increment() : x(0) {}
  void thread(unsigned) {
    int old = x.load(rl::memory_order_relaxed);
    while (!x.compare_exchange_weak(old, old + 1, rl::memory_order_relaxed)) {
    }
  }
  void after() { RL_ASSERT(x($) == 3); }
};

struct random_ways : rl::test_suite<random_ways, 2, rl::test_result_user_assert_failed> {
  rl::atomic<int> x;
  random_ways() : x(0) {}
  void thread(unsigned) {
    if (rl::rand(3) == 2) x.fetch_add(1, rl::memory_order_relaxed);
  }
  void after() { RL_ASSERT(x($).load() != 2); }
};

int main() {
  return run_tests<backs_off<rl::backoff>, backs_off<rl::linear_backoff>, backs_off<rl::exp_backoff>, yields, two_flags,
                   never_set, test_and_set, compare_and_swap, fetch_or_increment, random_ways>();
}

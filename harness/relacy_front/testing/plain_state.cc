#include <relacy/relacy.hpp>

#include "expect.h"

// A lock by exchange; plain members count who is inside.
template <bool correct>
struct inside
    : rl::test_suite<inside<correct>, 2, correct ? rl::test_result_success : rl::test_result_user_invariant_failed> {
  rl::atomic<int> taken;
  rl::atomic<int> work;
  int count;
  int entered;

  void before() {
    taken($) = 0;
    work($) = 0;
    count = 0;
    entered = 0;
  }
  void invariant() { RL_ASSERT(count <= 1); }
  void thread(unsigned) {
    if (correct) {
      if (taken.exchange(1, rl::memory_order_acquire) != 0) return;
    } else {
      if (taken.load(rl::memory_order_acquire) != 0) return;
      taken.store(1, rl::memory_order_relaxed);
    }
    ++count;
    ++entered;
    work.fetch_add(1, rl::memory_order_relaxed);
    --count;
    taken.store(0, rl::memory_order_release);
  }
  void after() {
    RL_ASSERT(count == 0);
    RL_ASSERT(entered == work($).load());
  }
};

// Peterson's algorithm, in which who is late is told by what it reads.
template <bool fences>
struct peterson
    : rl::test_suite<peterson<fences>, 2, fences ? rl::test_result_success : rl::test_result_user_invariant_failed> {
  rl::atomic<int> flag[2];
  rl::atomic<int> turn;
  rl::atomic<int> work;
  int count;

  void before() {
    flag[0]($) = 0;
    flag[1]($) = 0;
    turn($) = 0;
    work($) = 0;
    count = 0;
  }
  void invariant() { RL_ASSERT(count <= 1); }
  void thread(unsigned index) {
    rl::memory_order const order = fences ? rl::mo_seq_cst : rl::mo_relaxed;
    int const other = 1 - static_cast<int>(index);
    flag[index].store(1, order, $);
    turn.store(other, order, $);
    rl::backoff pause;
    while (flag[other].load(order, $) == 1 && turn.load(order, $) == other) pause.yield($);
    ++count;
    work.load(rl::memory_order_relaxed);
    --count;
    flag[index].store(0, order, $);
  }
};

struct wrong_count : rl::test_suite<wrong_count, 2, rl::test_result_user_assert_failed> {
  rl::atomic<int> x;
  int saw;
  wrong_count() : x(0), saw(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      x($) = 1;
    } else if (x($) == 1) {
      ++saw;
    }
  }
  void after() { RL_ASSERT(saw == 0); }
};

// The last one to write a plain member depends on the interleaving of operations that have nothing to do with each
// other.
struct last_writer : rl::test_suite<last_writer, 2, rl::test_result_user_assert_failed> {
  rl::atomic<int> x[2];
  unsigned last;
  last_writer() : last(7) {}
  void before() {
    x[0]($) = 0;
    x[1]($) = 0;
  }
  void thread(unsigned index) {
    x[index].store(1, rl::memory_order_relaxed);
    last = index;
    x[index].store(2, rl::memory_order_relaxed);
  }
  void after() { RL_ASSERT(last != 0); }
};

// Standard containers as plain members.
struct containers : rl::test_suite<containers, 2> {
  std::vector<int> seen;
  rl::atomic<int> next;
  containers() : next(0) {}
  void before() { seen.reserve(4); }
  void thread(unsigned) { seen.push_back(next.fetch_add(1, rl::memory_order_relaxed)); }
  void after() {
    RL_ASSERT(seen.size() == 2);
    RL_ASSERT(seen[0] + seen[1] == 1);
  }
};

// What an invariant sees of atomics and vars.
struct invariant_reads : rl::test_suite<invariant_reads, 2, rl::test_result_user_invariant_failed> {
  rl::atomic<int> x;
  invariant_reads() : x(0) {}
  void invariant() { RL_ASSERT(x($).load() < 2); }
  void thread(unsigned) { x.fetch_add(1, rl::memory_order_relaxed); }
};

int main() {
  return run_tests<inside<true>, inside<false>, peterson<true>, peterson<false>, wrong_count, last_writer, containers,
                   invariant_reads>();
}

#include <relacy/relacy.hpp>

#include "expect.h"

struct message_passing : rl::test_suite<message_passing, 2> {
  rl::atomic<int> ready;
  rl::var<int> data;

  void before() {
    ready($) = 0;
    data($) = 0;
  }
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      ready.store(1, rl::memory_order_release);
    } else if (ready.load(rl::memory_order_acquire) == 1) {
      RL_ASSERT(data($) == 1);
    }
  }
};

struct relaxed_message_passing : rl::test_suite<relaxed_message_passing, 2, rl::test_result_data_race> {
  rl::atomic<int> ready;
  rl::var<int> data;

  relaxed_message_passing() : ready(0), data(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      ready.store(1, rl::memory_order_relaxed);
    } else if (ready.load(rl::memory_order_relaxed) == 1) {
      data($).load();
    }
  }
};

template <bool with_fences>
struct store_buffering : rl::test_suite<store_buffering<with_fences>, 2,
                                        with_fences ? rl::test_result_success : rl::test_result_user_assert_failed> {
  rl::atomic<int> x, y;
  int read[2];

  void before() {
    x($) = 0;
    y($) = 0;
  }
  void thread(unsigned index) {
    rl::atomic<int>& mine = index == 0 ? x : y;
    rl::atomic<int>& other = index == 0 ? y : x;
    mine.store(1, rl::memory_order_relaxed);
    if (with_fences) rl::atomic_thread_fence(rl::memory_order_seq_cst);
    read[index] = other.load(rl::memory_order_relaxed);
  }
  void after() { RL_ASSERT(read[0] == 1 || read[1] == 1); }
};

struct counters : rl::test_suite<counters, 2> {
  rl::atomic<unsigned> added;
  rl::atomic<short> mixed;
  rl::atomic<int> won;

  void before() {
    added($) = 0;
    mixed($) = 5;
    won($) = 0;
  }
  void thread(unsigned index) {
    added.fetch_add(2, rl::memory_order_relaxed);
    added($)++;
    ++added($);
    mixed($) -= 1;
    int free = 0;
    if (won.compare_exchange_strong(free, static_cast<int>(index) + 1, rl::memory_order_acq_rel)) {
      RL_ASSERT(free == 0);
    } else {
      RL_ASSERT(free == 2 - static_cast<int>(index));
    }
  }
  void after() {
    RL_ASSERT(added($) == 8);
    RL_ASSERT(mixed($).load(rl::mo_relaxed) == 3);
  }
};

struct operators : rl::test_suite<operators, 1> {
  void thread(unsigned) {
    rl::atomic<unsigned char> byte;
    byte($) = 250;
    RL_ASSERT(byte.fetch_add(10, rl::memory_order_seq_cst) == 250);
    RL_ASSERT(byte($) == 4);
    RL_ASSERT((byte($) |= 3) == 7);
    RL_ASSERT((byte($) &= 5) == 5);
    RL_ASSERT((byte($) ^= 1) == 4);
    RL_ASSERT(byte($).exchange(9) == 4);
    RL_ASSERT(byte($)-- == 9 && --byte($) == 7);

    int array[4] = {};
    rl::atomic<int*> pointer(array);
    RL_ASSERT(pointer.fetch_add(2, rl::memory_order_relaxed) == array);
    RL_ASSERT(pointer($) == array + 2);
    RL_ASSERT(pointer($)-- == array + 2);

    rl::atomic<bool> flag(false);
    RL_ASSERT(!flag($).exchange(true) && flag($));

    rl::atomic<long long> wide(-1);
    long long expected = 0;
    RL_ASSERT(!wide($).compare_exchange_strong(expected, 1, rl::mo_seq_cst, rl::mo_relaxed) && expected == -1);
    while (!wide.compare_exchange_weak(expected, 1, rl::memory_order_acq_rel, rl::memory_order_acquire)) {
    }
    RL_ASSERT(wide($) == 1);
  }
};

struct fails_spuriously : rl::test_suite<fails_spuriously, 1, rl::test_result_user_assert_failed> {
  rl::atomic<int> x;
  fails_spuriously() : x(0) {}
  void thread(unsigned) {
    int expected = 0;
    RL_ASSERT(x.compare_exchange_weak(expected, 1, rl::memory_order_seq_cst));
  }
};

struct until : rl::test_suite<until, 2, rl::test_result_until_condition_hit> {
  rl::atomic<int> x;
  until() : x(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      x($) = 1;
    } else {
      RL_UNTIL(x($) == 1);
    }
  }
};

struct uninitialised : rl::test_suite<uninitialised, 1, rl::test_result_unitialized_access> {
  rl::atomic<int> x;
  void thread(unsigned) { x.load(rl::memory_order_relaxed); }
};

struct coherence : rl::test_suite<coherence, 2> {
  rl::atomic<int> x;
  coherence() : x(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      x.store(1, rl::memory_order_relaxed);
      x.store(2, rl::memory_order_relaxed);
    } else {
      int const first = x.load(rl::memory_order_relaxed);
      int const second = x.load(rl::memory_order_relaxed);
      RL_ASSERT(first <= second);
    }
  }
};

int main() {
  return run_tests<message_passing, relaxed_message_passing, store_buffering<true>, store_buffering<false>, counters,
                   operators, fails_spuriously, until, uninitialised, coherence>();
}

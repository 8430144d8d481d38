#include <relacy/relacy.hpp>

#include "expect.h"

struct shared {
  rl::atomic<int> sum;
  rl::var<int> plain;
  shared() : sum(0), plain(0) {}
};

void* adds(void* arg) {
  static_cast<shared*>(arg)->sum.fetch_add(1, rl::memory_order_relaxed);
  return 0;
}

void* writes(void* arg) {
  static_cast<shared*>(arg)->plain($) = 1;
  return 0;
}

struct starts_and_joins : rl::test_suite<starts_and_joins, 1> {
  static rl::thread_id_t const dynamic_thread_count = 2;
  void thread(unsigned) {
    shared* s = new shared;
    rl::dyn_thread a, b;
    a.start(&adds, s);
    b.start(&adds, s);
    a.join();
    b.join();
    RL_ASSERT(s->sum($) == 2);
    delete s;
  }
};

struct join_orders : rl::test_suite<join_orders, 1> {
  static rl::thread_id_t const dynamic_thread_count = 1;
  void thread(unsigned) {
    shared* s = new shared;
    rl::dyn_thread a;
    s->plain($) = 5;
    a.start(&writes, s);
    a.join();
    RL_ASSERT(s->plain($) == 1);
    delete s;
  }
};

struct unjoined_races : rl::test_suite<unjoined_races, 1, rl::test_result_data_race> {
  static rl::thread_id_t const dynamic_thread_count = 1;
  shared s;
  void thread(unsigned) {
    rl::dyn_thread a;
    a.start(&writes, &s);
    s.plain($) = 2;
    a.join();
  }
};

struct local_values : rl::test_suite<local_values, 2> {
  TLS_T(int) mine;
  rl::atomic<int> sum;
  local_values() : sum(0) {}
  void thread(unsigned index) {
    RL_ASSERT(mine($) == 0);
    mine($) = static_cast<int>(index) + 1;
    sum.fetch_add(mine($), rl::memory_order_relaxed);
    RL_ASSERT(mine.get($) == static_cast<int>(index) + 1);
  }
  void after() { RL_ASSERT(sum($) == 3); }
};

void main_thread() {
  shared* s = new shared;
  pthread_t other;
  void* result = 0;
  pthread_create(&other, 0, &adds, s);
  s->sum.fetch_add(1, rl::memory_order_relaxed);
  pthread_join(other, &result);
  RL_ASSERT(s->sum($) == 2);
  delete s;
}

int main() {
  int const failed = run_tests<starts_and_joins, join_orders, unjoined_races, local_values>();
  return failed != 0 || !rl::execute<&main_thread, 1>() ? 1 : 0;
}

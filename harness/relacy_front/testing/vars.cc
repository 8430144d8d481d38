#include <relacy/relacy.hpp>

#include "expect.h"

struct all_operators : rl::test_suite<all_operators, 1> {
  VAR_T(int) number;
  VAR_T(int*) pointer;

  void before() {
    VAR(number) = 1;
    VAR(pointer) = 0;
  }
  void thread(unsigned) {
    VAR(number)++;  // (its value is the new one in upstream, the old one here)
    RL_ASSERT(++VAR(number) == 3);
    RL_ASSERT((number($) += 2) == 5);
    RL_ASSERT((number($) &= 4) == 4);
    RL_ASSERT((number($) |= 1) == 5);
    RL_ASSERT((number($) ^= 1) == 4);
    RL_ASSERT((number($) -= 1) == 3);
    rl::var<int> copy(number);
    rl::var<long> wider(0);
    wider($) = copy($);
    RL_ASSERT(wider($) == 3);
    int local = 7;
    pointer($) = &local;
    RL_ASSERT(*pointer($) == 7);
  }
  void after() { RL_ASSERT(number($) == 3); }
};

struct race : rl::test_suite<race, 2, rl::test_result_data_race> {
  rl::var<int> x;
  race() : x(0) {}
  void thread(unsigned) { x($) = 1; }
};

struct reads_do_not_race : rl::test_suite<reads_do_not_race, 2> {
  rl::var<int> x;
  reads_do_not_race() : x(3) {}
  void thread(unsigned) { RL_ASSERT(x($) == 3); }
};

struct uninitialised : rl::test_suite<uninitialised, 1, rl::test_result_unitialized_access> {
  rl::var<int> x;
  void thread(unsigned) { x($).load(); }
};

struct node {
  rl::var<int> value;
  rl::atomic<node*> next;
};

// The node of the one thread is read by the other through its pointer.
struct published : rl::test_suite<published, 2> {
  rl::atomic<node*> head;
  published() : head(static_cast<node*>(0)) {}
  void thread(unsigned index) {
    if (index == 0) {
      node* made = new node;
      made->value($) = 42;
      made->next($) = 0;
      head.store(made, rl::memory_order_release);
    } else if (node* found = head.load(rl::memory_order_acquire)) {
      RL_ASSERT(found->value($) == 42);
      RL_ASSERT(found->next($).load() == 0);
    }
  }
  void after() { delete head($).load(); }
};

int main() { return run_tests<all_operators, race, reads_do_not_race, uninitialised, published>(); }

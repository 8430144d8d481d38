// Whole algorithms, in the shape that tests for Relacy have.
#include <relacy/relacy.hpp>

#include "expect.h"

struct node {
  rl::atomic<node*> next;
  rl::var<int> value;
};

template <bool correct>
class stack {
 public:
  stack() : head_(static_cast<node*>(0)) {}

  void push(node* n) {
    node* old = head_.load(rl::memory_order_relaxed);
    do {
      n->next.store(old, rl::memory_order_relaxed);
    } while (!head_.compare_exchange_weak(old, n, correct ? rl::mo_release : rl::mo_relaxed, $));
  }

  // Nodes are not given back, so none comes twice.
  node* pop() {
    node* old = head_.load(rl::memory_order_acquire);
    while (old != 0) {
      node* const next = old->next.load(rl::memory_order_relaxed);
      if (head_.compare_exchange_weak(old, next, rl::memory_order_acquire)) break;
    }
    return old;
  }

 private:
  rl::atomic<node*> head_;
};

template <bool correct>
struct stack_test
    : rl::test_suite<stack_test<correct>, 3, correct ? rl::test_result_success : rl::test_result_data_race> {
  stack<correct> s;
  node* nodes[3];
  int pushed;
  int popped;

  void before() {
    for (int i = 0; i < 3; ++i) {
      nodes[i] = new node;
      nodes[i]->next($) = 0;
    }
    pushed = 0;
    popped = 0;
  }
  void thread(unsigned index) {
    if (index < 2) {
      nodes[index]->value($) = static_cast<int>(index) + 1;
      s.push(nodes[index]);
      pushed += static_cast<int>(index) + 1;
    } else if (node* n = s.pop()) {
      popped += n->value($);
    }
  }
  void after() {
    while (node* n = s.pop()) popped += n->value($);
    RL_ASSERT(pushed == popped);
    for (int i = 0; i < 3; ++i) delete nodes[i];
  }
};

// Michael and Scott's queue, without giving nodes back.
class queue {
 public:
  queue() {
    node* dummy = new node;
    dummy->next($) = 0;
    head_($) = dummy;
    tail_($) = dummy;
    first_ = dummy;
  }
  ~queue() {
    for (node* n = first_; n != 0;) {
      node* next = n->next($).load(rl::mo_relaxed);
      delete n;
      n = next;
    }
  }

  void enqueue(int value) {
    node* n = new node;
    n->next.store(0, rl::memory_order_relaxed);
    n->value($) = value;
    for (;;) {
      node* tail = tail_.load(rl::memory_order_acquire);
      node* next = tail->next.load(rl::memory_order_acquire);
      if (next != 0) {
        tail_.compare_exchange_strong(tail, next, rl::memory_order_release);
        continue;
      }
      if (tail->next.compare_exchange_strong(next, n, rl::memory_order_release)) {
        tail_.compare_exchange_strong(tail, n, rl::memory_order_release);
        return;
      }
    }
  }

  int dequeue() {
    for (;;) {
      node* head = head_.load(rl::memory_order_acquire);
      node* next = head->next.load(rl::memory_order_acquire);
      if (next == 0) return 0;
      if (head_.compare_exchange_strong(head, next, rl::memory_order_release)) return next->value($);
    }
  }

 private:
  rl::atomic<node*> head_;
  rl::atomic<node*> tail_;
  node* first_;
};

struct queue_test : rl::test_suite<queue_test, 3> {
  queue q;
  int got[2];

  void before() { got[0] = got[1] = 0; }
  void thread(unsigned index) {
    if (index == 0) {
      q.enqueue(1);
      q.enqueue(2);
    } else {
      got[index - 1] = q.dequeue();
    }
  }
  void after() {
    RL_ASSERT(got[0] != got[1] || got[0] == 0);
    int rest = 0;
    while (int value = q.dequeue()) rest += value;
    RL_ASSERT(got[0] + got[1] + rest == 3);
  }
};

int main() { return run_tests<stack_test<true>, stack_test<false>, queue_test>(); }

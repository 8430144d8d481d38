#include <relacy/relacy.hpp>

#include "expect.h"

struct hands_over : rl::test_suite<hands_over, 2> {
  rl::mutex m;
  rl::condition_variable cv;
  rl::var<int> data;
  hands_over() : data(0) {}
  void thread(unsigned index) {
    m.lock($);
    if (index == 0) {
      data($) = 1;
      cv.notify_one($);
    } else {
      while (data($) == 0) cv.wait(m, $);
    }
    m.unlock($);
  }
};

// The condition is looked at without the mutex.
struct lost_wakeup : rl::test_suite<lost_wakeup, 2, rl::test_result_deadlock> {
  rl::mutex m;
  rl::condition_variable cv;
  rl::atomic<int> ready;
  lost_wakeup() : ready(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      ready.store(1, rl::memory_order_seq_cst);
      cv.notify_one($);
    } else {
      while (ready.load(rl::memory_order_seq_cst) == 0) {
        m.lock($);
        cv.wait(m, $);
        m.unlock($);
      }
    }
  }
};

struct one_is_not_enough : rl::test_suite<one_is_not_enough, 3, rl::test_result_deadlock> {
  rl::mutex m;
  rl::condition_variable_any cv;
  rl::var<int> data;
  one_is_not_enough() : data(0) {}
  void thread(unsigned index) {
    m.lock($);
    if (index == 0) {
      data($) = 1;
      cv.notify_one($);
    } else {
      while (data($) == 0) cv.wait(m, $);
    }
    m.unlock($);
  }
};

struct notify_all : rl::test_suite<notify_all, 3> {
  rl::mutex m;
  rl::condition_variable cv;
  rl::var<int> data;
  notify_all() : data(0) {}
  void thread(unsigned index) {
    m.lock($);
    if (index == 0) {
      data($) = 1;
      cv.notify_all($);
    } else {
      while (data($) == 0) cv.wait(m, $);
    }
    m.unlock($);
  }
};

// Nobody notifies, but time passes.
struct in_time : rl::test_suite<in_time, 1> {
  rl::mutex m;
  rl::condition_variable cv;
  void thread(unsigned) {
    m.lock($);
    cv.wait_for(m, 10, $);
    m.unlock($);
  }
};

int main() { return run_tests<hands_over, lost_wakeup, one_is_not_enough, notify_all, in_time>(); }

// The names of namespace std, in C++20: upstream's header gets in the way of the standard library's own there.
#include <relacy/relacy_std.hpp>

#include "expect.h"

struct names : rl::test_suite<names, 2> {
  std::atomic<int> ready;
  std::atomic_uint other;
  std::mutex m;
  std::recursive_mutex r;
  std::condition_variable cv;
  VAR_T(int) data;

  void before() {
    std::atomic<int>& same = ready;
    same.store(0, std::memory_order_relaxed);
    other($) = 0;
    data($) = 0;
  }
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      std::atomic_thread_fence(std::memory_order_release);
      ready.store(1, std::memory_order_relaxed);
    } else if (ready.load(std::memory_order_relaxed) == 1) {
      std::atomic_thread_fence(std::memory_order_acquire);
      RL_ASSERT(data($) == 1);
    }
    m.lock($);
    cv.notify_all($);
    m.unlock($);
    r.lock($);
    r.unlock($);
    std::memory_order const order = std::mo_relaxed;
    other.fetch_add(1, order, $);
  }
  void after() { RL_ASSERT(other($) == 2); }
};

int main() { return run_tests<names>(); }

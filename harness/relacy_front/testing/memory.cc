#include <relacy/relacy.hpp>

#include "expect.h"

struct object {
  rl::var<int> value;
  object() : value(0) {}
};

struct balanced : rl::test_suite<balanced, 2> {
  std::string text;
  void before() { text = "a string that is too long to be kept in place"; }
  void thread(unsigned) {
    object* one = new object;
    one->value($) = 1;
    delete one;
    object* many = new object[3];
    many[2].value($) = 2;
    delete[] many;
    int* raw = (int*)malloc(sizeof(int));
    *raw = 3;
#ifdef DOORWAY_RELACY  // upstream's realloc does not compile
    raw = (int*)realloc(raw, 2 * sizeof(int));
    RL_ASSERT(*raw == 3);
#endif
    free(raw);
    void* zeros = calloc(2, 8);
    RL_ASSERT(*(char*)zeros == 0);
    free(zeros);
  }
};

struct leak : rl::test_suite<leak, 1, rl::test_result_memory_leak> {
  void thread(unsigned) { new object; }
};

struct leak_of_one_order : rl::test_suite<leak_of_one_order, 2, rl::test_result_memory_leak> {
  rl::atomic<void*> slot;
  leak_of_one_order() : slot(static_cast<void*>(0)) {}
  void thread(unsigned index) {
    if (index == 0) {
      slot.store(malloc(8), rl::memory_order_release);
    } else {
      free(slot.exchange(0, rl::memory_order_acq_rel));
    }
  }
};

struct freed_twice : rl::test_suite<freed_twice, 2, rl::test_result_double_free> {
  void* block;
  void before() { block = malloc(8); }
  void thread(unsigned) { free(block); }
};

struct used_after_free : rl::test_suite<used_after_free, 1, rl::test_result_access_to_freed_memory> {
  void thread(unsigned) {
    object* one = new object;
    delete one;
    one->value($) = 1;
  }
};

struct freed_under_a_reader : rl::test_suite<freed_under_a_reader, 2, rl::test_result_access_to_freed_memory> {
  struct counter {
    rl::atomic<int> value;
    counter() : value(0) {}
  };
  rl::atomic<counter*> shared;
  freed_under_a_reader() : shared(static_cast<counter*>(0)) {}
  void before() { shared($) = new counter; }
  void thread(unsigned index) {
    if (index == 0) {
      if (counter* mine = shared.load(rl::memory_order_acquire)) mine->value.load(rl::memory_order_relaxed);
    } else {
      delete shared.exchange(0, rl::memory_order_acq_rel);
    }
  }
};

int main() {
  return run_tests<balanced, leak, leak_of_one_order, freed_twice, used_after_free, freed_under_a_reader>();
}

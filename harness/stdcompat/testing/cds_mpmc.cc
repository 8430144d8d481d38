// In the manner of CDSChecker's benchmarks: a bounded queue of one slot, with user_main, plain data by librace.h.
#include <stdatomic.h>
#include <threads.h>

#include "librace.h"
#include "model-assert.h"

static uint32_t slot;
static atomic_int state(0);  // 0: empty, 1: full

static void producer(void*) {
  store_32(&slot, 7);
  state.store(1, std::memory_order_release);
}

static void consumer(void*) {
  while (state.load(std::memory_order_acquire) != 1) thrd_yield();
  MODEL_ASSERT(load_32(&slot) == 7);
}

int user_main(int, char**) {
  thrd_t a, b;
  thrd_create(&a, (thrd_start_t)&producer, nullptr);
  thrd_create(&b, (thrd_start_t)&consumer, nullptr);
  thrd_join(a);
  thrd_join(b);
  return 0;
}

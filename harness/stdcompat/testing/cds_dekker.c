/* Dekker's mutual exclusion with seq_cst fences, in C, for CDSChecker. */
#include <stdatomic.h>
#include <threads.h>

#include "librace.h"
#include "model-assert.h"

static atomic_int flag[2];
static uint32_t inside;

static void enter(void *arg) {
  int self = arg != 0;
  atomic_store_explicit(&flag[self], 1, memory_order_relaxed);
#ifndef NO_FENCE
  atomic_thread_fence(memory_order_seq_cst);
#endif
  if (atomic_load_explicit(&flag[!self], memory_order_acquire) == 0) {
    MODEL_ASSERT(load_32(&inside) == 0);
    store_32(&inside, 1);
    store_32(&inside, 0);
  }
  atomic_store_explicit(&flag[self], 0, memory_order_release);
}

int user_main(int argc, char **argv) {
  thrd_t a, b;
  thrd_create(&a, enter, 0);
  thrd_create(&b, enter, (void *)1);
  thrd_join(a);
  thrd_join(b);
  return 0;
}

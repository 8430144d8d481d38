/* Choices: each is explored. */
#include <assert.h>
#include <stdatomic.h>
#include <threads.h>

#include "harness/compiled/doorway.h"

static atomic_int seen;

static int chooser(void *unused) {
  atomic_fetch_or(&seen, 1 << doorway_choose(3));
  return 0;
}

int main(void) {
  thrd_t a;
  thrd_create(&a, chooser, 0);
  const int mine = doorway_choose(2);
  thrd_join(a, 0);
  assert(mine == 0 || atomic_load(&seen) != 4 || MAY_BE_BOTH);
  return 0;
}

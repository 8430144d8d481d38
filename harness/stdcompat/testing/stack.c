/* Treiber's stack, in C11. */
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <threads.h>

struct node {
  int value;
  struct node *next;
};

static _Atomic(struct node *) top;

static void push(int value) {
  struct node *n = malloc(sizeof(*n));
  n->value = value;
  n->next = atomic_load_explicit(&top, memory_order_relaxed);
  while (!atomic_compare_exchange_weak_explicit(&top, &n->next, n, memory_order_release, memory_order_relaxed))
    ;
}

static int pop(void) {
  struct node *n = atomic_load_explicit(&top, memory_order_acquire);
  while (n && !atomic_compare_exchange_weak_explicit(&top, &n, n->next, memory_order_acquire, memory_order_acquire))
    ;
  return n ? n->value : 0;
}

static int pusher(void *arg) {
  push((int)(long)arg);
  return 0;
}

static int popper(void *arg) { return pop(); }

int main(void) {
  thrd_t a, b, c;
  int got;
  thrd_create(&a, pusher, (void *)1);
  thrd_create(&b, pusher, (void *)2);
  thrd_create(&c, popper, 0);
  thrd_join(a, 0);
  thrd_join(b, 0);
  thrd_join(c, &got);
  int left = pop() + pop() + pop();
  assert(got + left == 3);
  return 0;
}

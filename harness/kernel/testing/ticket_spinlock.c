/* A ticket spinlock, as an architecture would have it, and its users. */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/kthread.h>

struct ticket_lock {
  atomic_t next;
  int owner;
};

static struct ticket_lock lock;
static int inside, sum;

static void ticket_lock(struct ticket_lock *l) {
  int ticket = atomic_fetch_add_relaxed(1, &l->next);

  smp_cond_load_acquire(&l->owner, VAL == ticket);
}

static void ticket_unlock(struct ticket_lock *l) {
#ifdef BROKEN
  WRITE_ONCE(l->owner, READ_ONCE(l->owner) + 1);
#else
  smp_store_release(&l->owner, l->owner + 1);
#endif
}

static int user(void *data) {
  ticket_lock(&lock);
  BUG_ON(inside++);
  sum++;
  inside--;
  ticket_unlock(&lock);
  return 0;
}

int main(void) {
  struct task_struct *a = kthread_run(user, NULL, "user"), *b = kthread_run(user, NULL, "user");

  kthread_stop(a);
  kthread_stop(b);
  BUG_ON(sum != 2);
  return 0;
}

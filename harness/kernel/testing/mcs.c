/* A queued lock with a node for each CPU. */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/kthread.h>
#include <linux/percpu.h>

struct mcs_node {
  struct mcs_node *next;
  int locked;
};

static DEFINE_PER_CPU(struct mcs_node, node);
static struct mcs_node *tail;
static int sum;

static void mcs_lock(struct mcs_node **lock, struct mcs_node *mine) {
  struct mcs_node *prev;

  mine->next = NULL;
  mine->locked = 0;
  prev = xchg(lock, mine);
  if (!prev) return;
  WRITE_ONCE(prev->next, mine);
  smp_cond_load_acquire(&mine->locked, VAL);
}

static void mcs_unlock(struct mcs_node **lock, struct mcs_node *mine) {
  struct mcs_node *next = READ_ONCE(mine->next);

  if (!next) {
    if (cmpxchg_release(lock, mine, NULL) == mine) return;
    while (!(next = READ_ONCE(mine->next))) cpu_relax();
  }
  smp_store_release(&next->locked, 1);
}

static int user(void *data) {
  struct mcs_node *mine = this_cpu_ptr(&node);

  mcs_lock(&tail, mine);
  sum++;
  mcs_unlock(&tail, mine);
  return 0;
}

int main(void) {
  struct task_struct *a = kthread_run(user, NULL, "user"), *b = kthread_run(user, NULL, "user");

  kthread_stop(a);
  kthread_stop(b);
  BUG_ON(sum != 2);
  return 0;
}

/* A list that is read under RCU while an entry is taken out and freed. */
#include <linux/bug.h>
#include <linux/kthread.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct item {
  int key, value;
  struct list_head list;
  struct rcu_head rcu;
};

static LIST_HEAD(items);
static DEFINE_SPINLOCK(lock);

static void add(int key) {
  struct item *item = kmalloc(sizeof(*item), GFP_KERNEL);

  item->key = key;
  item->value = 10 * key;
  list_add_rcu(&item->list, &items);
}

static int reader(void *data) {
  struct item *item;

  rcu_read_lock();
  list_for_each_entry_rcu(item, &items, list) BUG_ON(item->value != 10 * item->key);
  rcu_read_unlock();
  return 0;
}

static int remover(void *data) {
  struct item *item;

  spin_lock(&lock);
  item = list_first_entry(&items, struct item, list);
  list_del_rcu(&item->list);
  spin_unlock(&lock);
#ifdef TOO_EARLY
  kfree(item);
#else
  synchronize_rcu();
  kfree(item);
#endif
  return 0;
}

static int deferring(void *data) {
  struct item *item;

  spin_lock(&lock);
  item = list_first_entry(&items, struct item, list);
  list_del_rcu(&item->list);
  spin_unlock(&lock);
  kfree_rcu(item, rcu);
  return 0;
}

int main(int argc, char **argv) {
  struct task_struct *a, *b;

  add(1);
  add(2);
  a = kthread_run(reader, NULL, "reader");
  b = kthread_run(argc > 1 ? deferring : remover, NULL, "remover");
  if (argc > 1) rcu_barrier();
  kthread_stop(a);
  kthread_stop(b);
  return 0;
}

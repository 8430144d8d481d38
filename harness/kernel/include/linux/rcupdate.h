#ifndef DOORWAY_KERNEL_LINUX_RCUPDATE_H
#define DOORWAY_KERNEL_LINUX_RCUPDATE_H

#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <stdlib.h>

/* A grace period waits for the sections that had begun before it, and for no others. Sections nest up to three deep. */
void doorway_rcu_read_lock(void);
void doorway_rcu_read_unlock(void);
void doorway_synchronize_rcu(void);

#define rcu_read_lock() doorway_rcu_read_lock()
#define rcu_read_unlock() doorway_rcu_read_unlock()
#define rcu_read_lock_bh() doorway_rcu_read_lock()
#define rcu_read_unlock_bh() doorway_rcu_read_unlock()
#define rcu_read_lock_sched() doorway_rcu_read_lock()
#define rcu_read_unlock_sched() doorway_rcu_read_unlock()
#define synchronize_rcu() doorway_synchronize_rcu()
#define synchronize_rcu_expedited() doorway_synchronize_rcu()
#define rcu_read_lock_held() 1

/* An acquire: what is read through the pointer comes after it. The kernel's is a relaxed one, and has that of the
   address alone. */
#define rcu_dereference(p) smp_load_acquire(&(p))
#define rcu_dereference_raw(p) rcu_dereference(p)
#define rcu_dereference_check(p, condition) rcu_dereference(p)
#define rcu_dereference_protected(p, condition) (p)
#define rcu_access_pointer(p) READ_ONCE(p)
#define rcu_assign_pointer(p, value) smp_store_release(&(p), value)
#define RCU_INIT_POINTER(p, value) WRITE_ONCE(p, value)
#define rcu_replace_pointer(p, value, condition) \
  ({                                             \
    __typeof__(p) doorway_was = (p);             \
    rcu_assign_pointer(p, value);                \
    doorway_was;                                 \
  })

/* Callbacks wait for rcu_barrier(), which somebody must call (a thread of its own, or main() in the end): it waits for
   a grace period, and runs those that had been given before it. */
struct rcu_head* doorway_callbacks __attribute__((weak));
static inline void call_rcu(struct rcu_head* head, void (*function)(struct rcu_head* head)) {
  struct rcu_head* first = __atomic_load_n(&doorway_callbacks, __ATOMIC_RELAXED);
  head->func = function;
  do head->next = first;
  while (!__atomic_compare_exchange_n(&doorway_callbacks, &first, head, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
}
static inline void rcu_barrier(void) {
  struct rcu_head* head = __atomic_exchange_n(&doorway_callbacks, (struct rcu_head*)0, __ATOMIC_ACQUIRE);
  if (head) synchronize_rcu();
  while (head) {
    struct rcu_head* next = head->next;
    /* Of kfree_rcu: where in the object the head is. */
    const unsigned long offset = (unsigned long)head->func;
    if (offset < 4096)
      free((char*)head - offset);
    else
      head->func(head);
    head = next;
  }
}
#define kfree_rcu(p, member) call_rcu(&(p)->member, (void (*)(struct rcu_head*))offsetof(__typeof__(*(p)), member))

#endif

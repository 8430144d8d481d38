#ifndef DOORWAY_KERNEL_LINUX_WAIT_H
#define DOORWAY_KERNEL_LINUX_WAIT_H

#include <linux/atomic.h>
#include <linux/errno.h>
#include <pthread.h>

/* Those that wait look at their condition with the queue locked. As in the kernel, they are in the queue, with a full
   barrier behind, before they look: who has made the condition true, and then finds the queue empty after a full
   barrier, need not wake anybody. */
typedef struct wait_queue_head {
  int waiting;
  pthread_mutex_t lock;
  pthread_cond_t wake;
} wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) \
  { 0, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER }
#define DECLARE_WAIT_QUEUE_HEAD(name) wait_queue_head_t name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
static inline void init_waitqueue_head(wait_queue_head_t* q) { WRITE_ONCE(q->waiting, 0); }

static inline int waitqueue_active(wait_queue_head_t* q) { return READ_ONCE(q->waiting) != 0; }
static inline bool wq_has_sleeper(wait_queue_head_t* q) {
  smp_mb();
  return waitqueue_active(q);
}

#define wait_event(q, condition)                                  \
  do {                                                            \
    pthread_mutex_lock(&(q).lock);                                \
    __atomic_fetch_add(&(q).waiting, 1, __ATOMIC_RELAXED);        \
    smp_mb();                                                     \
    while (!(condition)) pthread_cond_wait(&(q).wake, &(q).lock); \
    __atomic_fetch_sub(&(q).waiting, 1, __ATOMIC_RELAXED);        \
    pthread_mutex_unlock(&(q).lock);                              \
  } while (0)
/* No signal ever comes. */
#define wait_event_interruptible(q, condition) \
  ({                                           \
    wait_event(q, condition);                  \
    0;                                         \
  })
#define wait_event_killable(q, condition) wait_event_interruptible(q, condition)

static inline void doorway_wake(wait_queue_head_t* q, int all) {
  pthread_mutex_lock(&q->lock);
  if (all)
    pthread_cond_broadcast(&q->wake);
  else
    pthread_cond_signal(&q->wake);
  pthread_mutex_unlock(&q->lock);
}
#define wake_up(q) doorway_wake(q, 0)
#define wake_up_all(q) doorway_wake(q, 1)
#define wake_up_interruptible(q) doorway_wake(q, 0)
#define wake_up_interruptible_all(q) doorway_wake(q, 1)

#endif

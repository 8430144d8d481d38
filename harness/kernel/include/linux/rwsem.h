#ifndef DOORWAY_KERNEL_LINUX_RWSEM_H
#define DOORWAY_KERNEL_LINUX_RWSEM_H

#include <linux/kernel.h>
#include <pthread.h>

/* No order among those that wait, none between readers and writers. There is no downgrade. */
struct rw_semaphore {
  pthread_rwlock_t lock;
};

#define __RWSEM_INITIALIZER(name) \
  { PTHREAD_RWLOCK_INITIALIZER }
#define DECLARE_RWSEM(name) struct rw_semaphore name = __RWSEM_INITIALIZER(name)

static inline void init_rwsem(struct rw_semaphore* s) { (void)s; }
static inline void down_read(struct rw_semaphore* s) { pthread_rwlock_rdlock(&s->lock); }
static inline int down_read_trylock(struct rw_semaphore* s) { return pthread_rwlock_tryrdlock(&s->lock) == 0; }
static inline int down_read_killable(struct rw_semaphore* s) { return down_read(s), 0; }
static inline void up_read(struct rw_semaphore* s) { pthread_rwlock_unlock(&s->lock); }
static inline void down_write(struct rw_semaphore* s) { pthread_rwlock_wrlock(&s->lock); }
static inline int down_write_trylock(struct rw_semaphore* s) { return pthread_rwlock_trywrlock(&s->lock) == 0; }
static inline int down_write_killable(struct rw_semaphore* s) { return down_write(s), 0; }
static inline void up_write(struct rw_semaphore* s) { pthread_rwlock_unlock(&s->lock); }

#endif

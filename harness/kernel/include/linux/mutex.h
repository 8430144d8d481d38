#ifndef DOORWAY_KERNEL_LINUX_MUTEX_H
#define DOORWAY_KERNEL_LINUX_MUTEX_H

#include <linux/errno.h>
#include <linux/kernel.h>
#include <pthread.h>

struct mutex {
  pthread_mutex_t lock;
};

#define __MUTEX_INITIALIZER(name) \
  { PTHREAD_MUTEX_INITIALIZER }
#define DEFINE_MUTEX(name) struct mutex name = __MUTEX_INITIALIZER(name)

static inline void mutex_init(struct mutex* m) { pthread_mutex_init(&m->lock, 0); }
static inline void mutex_destroy(struct mutex* m) { (void)m; }
static inline void mutex_lock(struct mutex* m) { pthread_mutex_lock(&m->lock); }
static inline int mutex_trylock(struct mutex* m) { return pthread_mutex_trylock(&m->lock) == 0; }
static inline void mutex_unlock(struct mutex* m) { pthread_mutex_unlock(&m->lock); }
#define mutex_lock_nested(m, subclass) mutex_lock(m)

/* No signal ever comes. */
static inline int mutex_lock_interruptible(struct mutex* m) { return mutex_lock(m), 0; }
static inline int mutex_lock_killable(struct mutex* m) { return mutex_lock(m), 0; }

#endif

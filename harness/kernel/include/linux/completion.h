#ifndef DOORWAY_KERNEL_LINUX_COMPLETION_H
#define DOORWAY_KERNEL_LINUX_COMPLETION_H

#include <pthread.h>

struct completion {
  unsigned done;
  pthread_mutex_t lock;
  pthread_cond_t completed;
};

#define COMPLETION_INITIALIZER(name) \
  { 0, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER }
#define DECLARE_COMPLETION(name) struct completion name = COMPLETION_INITIALIZER(name)
#define DECLARE_COMPLETION_ONSTACK DECLARE_COMPLETION
#define DOORWAY_FOR_ALL (~0u >> 1)

static inline void init_completion(struct completion* c) { c->done = 0; }
static inline void reinit_completion(struct completion* c) { c->done = 0; }
static inline void complete(struct completion* c) {
  pthread_mutex_lock(&c->lock);
  if (c->done != DOORWAY_FOR_ALL) ++c->done;
  pthread_cond_signal(&c->completed);
  pthread_mutex_unlock(&c->lock);
}
static inline void complete_all(struct completion* c) {
  pthread_mutex_lock(&c->lock);
  c->done = DOORWAY_FOR_ALL;
  pthread_cond_broadcast(&c->completed);
  pthread_mutex_unlock(&c->lock);
}
static inline void wait_for_completion(struct completion* c) {
  pthread_mutex_lock(&c->lock);
  while (!c->done) pthread_cond_wait(&c->completed, &c->lock);
  if (c->done != DOORWAY_FOR_ALL) --c->done;
  pthread_mutex_unlock(&c->lock);
}

#endif

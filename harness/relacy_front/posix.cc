// POSIX threads and futexes, over the objects of stdlib/*.hpp.

#include "harness/behaviour/runtime.h"
#include "harness/front/condition.h"
#include "harness/front/operations.h"
#include "relacy/stdlib/pthread.hpp"

namespace rl {

namespace {

int with_errno(sema_wakeup_reason reason) {
  if (reason == sema_wakeup_reason_success) return 0;
  set_errno(reason == sema_wakeup_reason_failed ? RL_EAGAIN : RL_EINTR);
  return -1;
}

int as_error(sema_wakeup_reason reason) {
  switch (reason) {
    case sema_wakeup_reason_success:
      return 0;
    case sema_wakeup_reason_timeout:
      return RL_ETIMEDOUT;
    case sema_wakeup_reason_spurious:
      return RL_EINTR;
    default:
      return RL_EINVAL;
  }
}

doorway::front::Condition queue_of(atomic<int>* futex, debug_info_param info) {
  doorway::runtime::Object queue;
  queue.address = futex->futex_queue();
  queue.width = 8;
  queue.initial = doorway::front::Condition::Initialised();
  queue.name = "futex queue";
  queue.site = front::to_site(info);
  doorway::runtime::Declare(queue);
  return doorway::front::Condition(queue.address);
}

}  // namespace

int rl_sem_init(rl_sem_t* sema, int /*pshared*/, unsigned int initial_count, debug_info_param info) {
  sema->init(true, initial_count, INT_MAX, info);
  return 0;
}
int rl_sem_destroy(rl_sem_t* sema, debug_info_param info) {
  sema->deinit(info);
  return 0;
}
int rl_sem_wait(rl_sem_t* sema, debug_info_param info) { return with_errno(sema->wait(false, false, info)); }
int rl_sem_trywait(rl_sem_t* sema, debug_info_param info) { return with_errno(sema->wait(true, false, info)); }
int rl_sem_post(rl_sem_t* sema, debug_info_param info) { return sema->post(1, info) ? 0 : -1; }
int rl_sem_getvalue(rl_sem_t* sema, int* value, debug_info_param info) {
  if (value != nullptr) *value = sema->get_value(info);
  return 0;
}

int rl_pthread_mutexattr_init(rl_pthread_mutexattr_t* attr, debug_info_param) {
  if (attr == nullptr) return RL_EINVAL;
  attr->is_recursive_ = false;
  return 0;
}
int rl_pthread_mutexattr_destroy(rl_pthread_mutexattr_t* attr, debug_info_param) {
  return attr == nullptr ? RL_EINVAL : 0;
}
int rl_pthread_mutexattr_settype(rl_pthread_mutexattr_t* attr, int type, debug_info_param) {
  if (attr == nullptr) return RL_EINVAL;
  attr->is_recursive_ = type == RL_PTHREAD_MUTEX_RECURSIVE;
  return 0;
}

int rl_pthread_mutex_init(rl_pthread_mutex_t* m, rl_pthread_mutexattr_t const* attr, debug_info_param info) {
  m->init(false, attr != nullptr && attr->is_recursive_, false, false, info);
  return 0;
}
int rl_pthread_mutex_destroy(rl_pthread_mutex_t* m, debug_info_param info) {
  m->deinit(info);
  return 0;
}
int rl_pthread_mutex_lock(rl_pthread_mutex_t* m, debug_info_param info) {
  m->lock_exclusive(info);
  return 0;
}
int rl_pthread_mutex_timedlock(rl_pthread_mutex_t* m, const void* /*abs_timeout*/, debug_info_param info) {
  return m->lock_exclusive_timed(info) ? 0 : RL_ETIMEDOUT;
}
int rl_pthread_mutex_try_lock(rl_pthread_mutex_t* m, debug_info_param info) {
  return m->try_lock_exclusive(info) ? 0 : 1;
}
int rl_pthread_mutex_unlock(rl_pthread_mutex_t* m, debug_info_param info) {
  m->unlock_exclusive(info);
  return 0;
}

int rl_pthread_rwlock_init(rl_pthread_rwlock_t* lock, void const* /*attr*/, debug_info_param info) {
  lock->init(true, false, true, false, info);
  return 0;
}
int rl_pthread_rwlock_destroy(rl_pthread_rwlock_t* lock, debug_info_param info) {
  lock->deinit(info);
  return 0;
}
int rl_pthread_rwlock_rdlock(rl_pthread_rwlock_t* lock, debug_info_param info) {
  lock->lock_shared(info);
  return 0;
}
int rl_pthread_rwlock_tryrdlock(rl_pthread_rwlock_t* lock, debug_info_param info) {
  return lock->try_lock_shared(info) ? 0 : RL_EBUSY;
}
int rl_pthread_rwlock_wrlock(rl_pthread_rwlock_t* lock, debug_info_param info) {
  lock->lock_exclusive(info);
  return 0;
}
int rl_pthread_rwlock_trywrlock(rl_pthread_rwlock_t* lock, debug_info_param info) {
  return lock->try_lock_exclusive(info) ? 0 : RL_EBUSY;
}
int rl_pthread_rwlock_unlock(rl_pthread_rwlock_t* lock, debug_info_param info) {
  lock->unlock_exclusive_or_shared(info);
  return 0;
}

int rl_pthread_cond_init(rl_pthread_cond_t* cv, rl_pthread_condattr_t* /*attr*/, debug_info_param info) {
  cv->init(true, info);
  return 0;
}
int rl_pthread_cond_destroy(rl_pthread_cond_t* cv, debug_info_param info) {
  cv->deinit(info);
  return 0;
}
int rl_pthread_cond_broadcast(rl_pthread_cond_t* cv, debug_info_param info) {
  cv->notify_all(info);
  return 0;
}
int rl_pthread_cond_signal(rl_pthread_cond_t* cv, debug_info_param info) {
  cv->notify_one(info);
  return 0;
}
int rl_pthread_cond_timedwait(rl_pthread_cond_t* cv, rl_pthread_mutex_t* m, void const* /*timespec*/,
                              debug_info_param info) {
  return as_error(cv->wait(*m, true, info));
}
int rl_pthread_cond_wait(rl_pthread_cond_t* cv, rl_pthread_mutex_t* m, debug_info_param info) {
  return as_error(cv->wait(*m, false, info));
}

// A waiter joins the queue before it compares. A waker that has changed the value finds it there, or was early enough
// for the comparison to fail: the updates of the queue synchronize by the fences. So do a wake and the return of the
// wait that it ends.
int rl_futex(atomic<int>* uaddr, int op, int val, struct timespec const* timeout, atomic<int>* /*uaddr2*/, int /*val3*/,
             debug_info_param info) {
  const doorway::Site site = front::to_site(info);
  if (op == RL_FUTEX_WAKE) {
    if (val <= 0) return 0;
    doorway::front::Fence(doorway::Order::kSeqCst, site);
    return queue_of(uaddr, info).Notify(static_cast<unsigned>(val), site);
  }
  if (op != RL_FUTEX_WAIT) return RL_EINVAL;
  doorway::front::Condition queue = queue_of(uaddr, info);
  queue.Join(site);
  doorway::front::Fence(doorway::Order::kSeqCst, site);
  if (uaddr->load(mo_acquire, info) != val) {
    queue.Leave(site);
    return RL_EWOULDBLOCK;
  }
  switch (queue.Wait(timeout != nullptr, true, site)) {
    case doorway::front::Woken::kSpuriously:
      return RL_EINTR;
    case doorway::front::Woken::kTimedOut:
      return RL_ETIMEDOUT;
    case doorway::front::Woken::kNotified:
      doorway::front::Fence(doorway::Order::kAcquire, site);
      break;
  }
  return 0;
}

}  // namespace rl

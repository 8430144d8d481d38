// POSIX threads and futexes, over the objects of stdlib/*.hpp.

#include "harness/front/futex.h"
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

int rl_futex(atomic<int>* uaddr, int op, int val, struct timespec const* timeout, atomic<int>* /*uaddr2*/, int /*val3*/,
             debug_info_param info) {
  const doorway::Site site = front::to_site(info);
  void const* const queue = uaddr->futex_queue();
  if (op == RL_FUTEX_WAKE) return val <= 0 ? 0 : doorway::front::FutexWake(queue, static_cast<unsigned>(val), site);
  if (op != RL_FUTEX_WAIT) return RL_EINVAL;
  const doorway::Value expected = static_cast<unsigned>(val);
  switch (doorway::front::FutexWait({uaddr, sizeof(int)}, queue, expected, timeout != nullptr, site)) {
    case doorway::front::FutexResult::kChanged:
      return RL_EWOULDBLOCK;
    case doorway::front::FutexResult::kInterrupted:
      return RL_EINTR;
    case doorway::front::FutexResult::kTimedOut:
      return RL_ETIMEDOUT;
    case doorway::front::FutexResult::kWoken:
      break;
  }
  return 0;
}

}  // namespace rl

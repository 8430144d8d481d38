#pragma once

#include "../atomic.hpp"
#include "../base.hpp"
#include "../dyn_thread.hpp"
#include "condition_variable.hpp"
#include "mutex.hpp"
#include "semaphore.hpp"

// The subset of POSIX threads that Relacy offers, and Linux' futex.
//
// sem_wait and pthread_cond_wait may return RL_EINTR, once in each thread and object; a timed wait may time out at any
// time. futex: enqueuing and comparing are one step for a waker, and both have a seq_cst fence.

namespace rl {

enum RL_POSIX_ERROR_CODE { RL_SUCCESS, RL_EINVAL, RL_ETIMEDOUT, RL_EBUSY, RL_EINTR, RL_EAGAIN, RL_EWOULDBLOCK };

inline void rl_sched_yield(debug_info_param info) { yield(1, info); }

typedef win_object* rl_pthread_t;
typedef void* rl_pthread_attr_t;

inline int rl_pthread_create(rl_pthread_t* th, rl_pthread_attr_t*, void* (*func)(void*), void* arg,
                             debug_info_param info) {
  th[0] = front::start_thread(func, arg, info);
  return 0;
}
inline int rl_pthread_join(rl_pthread_t th, void** res, debug_info_param info) {
  if (res != nullptr) res[0] = nullptr;  // what the thread returns is not kept
  front::join_thread(th, info);
  return 0;
}

struct sem_tag_pthread;
typedef semaphore<sem_tag_pthread, true> rl_sem_t;

int rl_sem_init(rl_sem_t* sema, int pshared, unsigned int initial_count, debug_info_param info);
int rl_sem_destroy(rl_sem_t* sema, debug_info_param info);
int rl_sem_wait(rl_sem_t* sema, debug_info_param info);
int rl_sem_trywait(rl_sem_t* sema, debug_info_param info);
int rl_sem_post(rl_sem_t* sema, debug_info_param info);
int rl_sem_getvalue(rl_sem_t* sema, int* value, debug_info_param info);

struct mutex_tag_pthread_mtx;
typedef generic_mutex<mutex_tag_pthread_mtx> rl_pthread_mutex_t;
struct rl_pthread_mutexattr_t {
  bool is_recursive_;
};
enum RL_PTHREAD_MUTEX_TYPE {
  RL_PTHREAD_MUTEX_NORMAL,
  RL_PTHREAD_MUTEX_ERRORCHECK,
  RL_PTHREAD_MUTEX_RECURSIVE,
  RL_PTHREAD_MUTEX_DEFAULT,
};

int rl_pthread_mutexattr_init(rl_pthread_mutexattr_t* attr, debug_info_param info);
int rl_pthread_mutexattr_destroy(rl_pthread_mutexattr_t* attr, debug_info_param info);
int rl_pthread_mutexattr_settype(rl_pthread_mutexattr_t* attr, int type, debug_info_param info);
int rl_pthread_mutex_init(rl_pthread_mutex_t* m, rl_pthread_mutexattr_t const* attr, debug_info_param info);
int rl_pthread_mutex_destroy(rl_pthread_mutex_t* m, debug_info_param info);
int rl_pthread_mutex_lock(rl_pthread_mutex_t* m, debug_info_param info);
int rl_pthread_mutex_timedlock(rl_pthread_mutex_t* m, const void* abs_timeout, debug_info_param info);
int rl_pthread_mutex_try_lock(rl_pthread_mutex_t* m, debug_info_param info);
int rl_pthread_mutex_unlock(rl_pthread_mutex_t* m, debug_info_param info);

struct mutex_tag_pthread_rwlock;
typedef generic_mutex<mutex_tag_pthread_rwlock> rl_pthread_rwlock_t;

int rl_pthread_rwlock_init(rl_pthread_rwlock_t* lock, void const* attr, debug_info_param info);
int rl_pthread_rwlock_destroy(rl_pthread_rwlock_t* lock, debug_info_param info);
int rl_pthread_rwlock_rdlock(rl_pthread_rwlock_t* lock, debug_info_param info);
int rl_pthread_rwlock_tryrdlock(rl_pthread_rwlock_t* lock, debug_info_param info);
int rl_pthread_rwlock_wrlock(rl_pthread_rwlock_t* lock, debug_info_param info);
int rl_pthread_rwlock_trywrlock(rl_pthread_rwlock_t* lock, debug_info_param info);
int rl_pthread_rwlock_unlock(rl_pthread_rwlock_t* lock, debug_info_param info);

struct condvar_tag_pthread;
typedef condvar<condvar_tag_pthread> rl_pthread_cond_t;
typedef int rl_pthread_condattr_t;

int rl_pthread_cond_init(rl_pthread_cond_t* cv, rl_pthread_condattr_t* attr, debug_info_param info);
int rl_pthread_cond_destroy(rl_pthread_cond_t* cv, debug_info_param info);
int rl_pthread_cond_broadcast(rl_pthread_cond_t* cv, debug_info_param info);
int rl_pthread_cond_signal(rl_pthread_cond_t* cv, debug_info_param info);
int rl_pthread_cond_timedwait(rl_pthread_cond_t* cv, rl_pthread_mutex_t* m, void const* timespec,
                              debug_info_param info);
int rl_pthread_cond_wait(rl_pthread_cond_t* cv, rl_pthread_mutex_t* m, debug_info_param info);

enum RL_FUTEX_OP { RL_FUTEX_WAIT, RL_FUTEX_WAKE };

// RL_FUTEX_WAIT and RL_FUTEX_WAKE; others return RL_EINVAL.
int rl_futex(atomic<int>* uaddr, int op, int val, struct timespec const* timeout, atomic<int>* uaddr2, int val3,
             debug_info_param info);

}  // namespace rl

#include "pthread_macros.hpp"

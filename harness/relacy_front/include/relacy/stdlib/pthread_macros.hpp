#pragma once

// The names of POSIX, for a test's code: each call takes its place in the source along. (No other header of the system's
// threads can be read after this one.)

#undef EINVAL
#define EINVAL ::rl::RL_EINVAL
#undef ETIMEDOUT
#define ETIMEDOUT ::rl::RL_ETIMEDOUT
#undef EBUSY
#define EBUSY ::rl::RL_EBUSY
#undef EINTR
#define EINTR ::rl::RL_EINTR
#undef EAGAIN
#define EAGAIN ::rl::RL_EAGAIN
#undef EWOULDBLOCK
#define EWOULDBLOCK ::rl::RL_EWOULDBLOCK
#undef PTHREAD_MUTEX_NORMAL
#define PTHREAD_MUTEX_NORMAL ::rl::RL_PTHREAD_MUTEX_NORMAL
#undef PTHREAD_MUTEX_ERRORCHECK
#define PTHREAD_MUTEX_ERRORCHECK ::rl::RL_PTHREAD_MUTEX_ERRORCHECK
#undef PTHREAD_MUTEX_RECURSIVE
#define PTHREAD_MUTEX_RECURSIVE ::rl::RL_PTHREAD_MUTEX_RECURSIVE
#undef PTHREAD_MUTEX_DEFAULT
#define PTHREAD_MUTEX_DEFAULT ::rl::RL_PTHREAD_MUTEX_DEFAULT
#undef FUTEX_WAIT
#define FUTEX_WAIT ::rl::RL_FUTEX_WAIT
#undef FUTEX_WAKE
#define FUTEX_WAKE ::rl::RL_FUTEX_WAKE

#define pthread_t ::rl::rl_pthread_t
#define pthread_attr_t ::rl::rl_pthread_attr_t
#define sem_t ::rl::rl_sem_t
#define pthread_mutex_t ::rl::rl_pthread_mutex_t
#define pthread_mutexattr_t ::rl::rl_pthread_mutexattr_t
#define pthread_rwlock_t ::rl::rl_pthread_rwlock_t
#define pthread_cond_t ::rl::rl_pthread_cond_t
#define pthread_condattr_t ::rl::rl_pthread_condattr_t

#define sched_yield() ::rl::rl_sched_yield($)
#define pthread_yield() ::rl::rl_sched_yield($)
#define pthread_create(th, attr, func, arg) ::rl::rl_pthread_create(th, attr, func, arg, $)
#define pthread_join(th, res) ::rl::rl_pthread_join(th, res, $)
#define sem_init(sema, pshared, initial_count) ::rl::rl_sem_init(sema, pshared, initial_count, $)
#define sem_destroy(sema) ::rl::rl_sem_destroy(sema, $)
#define sem_wait(sema) ::rl::rl_sem_wait(sema, $)
#define sem_trywait(sema) ::rl::rl_sem_trywait(sema, $)
#define sem_post(sema) ::rl::rl_sem_post(sema, $)
#define sem_getvalue(sema, pvalue) ::rl::rl_sem_getvalue(sema, pvalue, $)
#define pthread_mutexattr_init(attr) ::rl::rl_pthread_mutexattr_init(attr, $)
#define pthread_mutexattr_destroy(attr) ::rl::rl_pthread_mutexattr_destroy(attr, $)
#define pthread_mutexattr_settype(attr, type) ::rl::rl_pthread_mutexattr_settype(attr, type, $)
#define pthread_mutex_init(m, attr) ::rl::rl_pthread_mutex_init(m, attr, $)
#define pthread_mutex_destroy(m) ::rl::rl_pthread_mutex_destroy(m, $)
#define pthread_mutex_lock(m) ::rl::rl_pthread_mutex_lock(m, $)
#define pthread_mutex_timedlock(m, abs_timeout) ::rl::rl_pthread_mutex_timedlock(m, abs_timeout, $)
#define pthread_mutex_try_lock(m) ::rl::rl_pthread_mutex_try_lock(m, $)
#define pthread_mutex_unlock(m) ::rl::rl_pthread_mutex_unlock(m, $)
#define pthread_rwlock_init(lock, attr) ::rl::rl_pthread_rwlock_init(lock, attr, $)
#define pthread_rwlock_destroy(lock) ::rl::rl_pthread_rwlock_destroy(lock, $)
#define pthread_rwlock_rdlock(lock) ::rl::rl_pthread_rwlock_rdlock(lock, $)
#define pthread_rwlock_tryrdlock(lock) ::rl::rl_pthread_rwlock_tryrdlock(lock, $)
#define pthread_rwlock_wrlock(lock) ::rl::rl_pthread_rwlock_wrlock(lock, $)
#define pthread_rwlock_trywrlock(lock) ::rl::rl_pthread_rwlock_trywrlock(lock, $)
#define pthread_rwlock_unlock(lock) ::rl::rl_pthread_rwlock_unlock(lock, $)
#define pthread_cond_init(cv, condattr) ::rl::rl_pthread_cond_init(cv, condattr, $)
#define pthread_cond_destroy(cv) ::rl::rl_pthread_cond_destroy(cv, $)
#define pthread_cond_broadcast(cv) ::rl::rl_pthread_cond_broadcast(cv, $)
#define pthread_cond_signal(cv) ::rl::rl_pthread_cond_signal(cv, $)
#define pthread_cond_timedwait(cv, m, timespec) ::rl::rl_pthread_cond_timedwait(cv, m, timespec, $)
#define pthread_cond_wait(cv, m) ::rl::rl_pthread_cond_wait(cv, m, $)
#define futex(uaddr, op, val, timeout, uaddr2, val3) ::rl::rl_futex(uaddr, op, val, timeout, uaddr2, val3, $)

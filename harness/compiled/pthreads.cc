// POSIX threads and semaphores, and what the C++ library makes of them in its headers: std::mutex, std::shared_mutex,
// std::call_once. Called as in pthread.h, from where redirect.h sends them; where no thread's code runs, they are the
// C library's.

#include <pthread.h>
#include <semaphore.h>

#include <cerrno>
#include <climits>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"
#include "harness/front/semaphore.h"

namespace doorway::compiled {
namespace {

// One call from the code of a thread, which is busy until it returns. REQUIRES: Running().
struct Call {
  explicit Call(const void* from) : thread(*Running()), busy(thread), site((Finish(thread), SiteOf(thread, from))) {}

  ThreadState& thread;
  Busy busy;
  Site site;
};

front::Mutex At(const Call& call, pthread_mutex_t* mutex) {
  // What kind it is stands in the object, as the initialiser has left it.
  const bool recursive = (mutex->__data.__kind & 3) == PTHREAD_MUTEX_RECURSIVE;
  return MutexAt(call.thread, mutex, recursive, call.site);
}
front::Mutex At(const Call& call, pthread_rwlock_t* lock) { return MutexAt(call.thread, lock, false, call.site); }
front::Mutex At(const Call& call, pthread_spinlock_t* lock) {
  return MutexAt(call.thread, const_cast<const int*>(lock), false, call.site);
}
front::Condition At(const Call& call, pthread_cond_t* condition) {
  return ConditionAt(call.thread, condition, call.site);
}
front::Semaphore At(const Call& call, sem_t* semaphore) {
  const Value initial = front::Semaphore::NotInitialised();
  return front::Semaphore(
      WordAt(call.thread, semaphore, WordKind::kSemaphore, initial, "semaphore", call.site).address);
}

template <class T>
int LockAt(T* mutex, bool shared, Way way, const void* from) {
  const Call call(from);
  return Lock(At(call, mutex), shared, way, call.site);
}

template <class T>
int UnlockAt(T* mutex, const void* from) {
  const Call call(from);
  Unlock(At(call, mutex), call.site);
  return 0;
}

int WaitAt(pthread_cond_t* condition, pthread_mutex_t* mutex, bool in_time, const void* from) {
  const Call call(from);
  return WaitFor(At(call, condition), At(call, mutex), in_time, call.site) ? 0 : ETIMEDOUT;
}

int NotifyAt(pthread_cond_t* condition, unsigned count, const void* from) {
  const Call call(from);
  At(call, condition).Notify(count, call.site);
  return 0;
}

int SemaphoreDone(front::SemaphoreResult result, int error, Site site) {
  if (result == front::SemaphoreResult::kDone) return 0;
  if (result == front::SemaphoreResult::kNotInitialised) {
    runtime::Fail("a semaphore is used that is not initialised", 0, site);
  }
  errno = result == front::SemaphoreResult::kSpuriously ? EINTR : error;
  return -1;
}

}  // namespace
}  // namespace doorway::compiled

using namespace doorway::compiled;  // NOLINT: all that follows is its face

extern "C" {

int doorway_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*code)(void*), void* argument) {
  if (Running() == nullptr) return pthread_create(thread, attributes, code, argument);
  const Call call(DOORWAY_CALLER);
  // As the standard has it: the thread's number may be there only after the thread has begun.
  const int number = StartThread(call.thread, code, argument, call.site);
  WillWrite(call.thread, thread, sizeof(*thread), DOORWAY_CALLER);
  *thread = static_cast<pthread_t>(number) + 1;
  return 0;
}
int doorway_pthread_join(pthread_t thread, void** result) {
  if (Running() == nullptr) return pthread_join(thread, result);
  const Call call(DOORWAY_CALLER);
  JoinThread(call.thread, static_cast<int>(thread) - 1, result, call.site);
  return 0;
}
// What has been begun by an exception is not done.
int doorway_pthread_once(pthread_once_t* control, void (*code)()) {
  if (Running() == nullptr) return pthread_once(control, code);
  RunOnce(*Running(), control, sizeof(*control), code, DOORWAY_CALLER);
  return 0;
}
int doorway_pthread_detach(pthread_t) { return 0; }
pthread_t doorway_pthread_self() {
  return Running() == nullptr ? pthread_self() : static_cast<pthread_t>(doorway::runtime::Self()) + 1;
}
[[noreturn]] void doorway_pthread_exit(void* result) { ExitThread(MustRun("pthread_exit"), result); }

int doorway_pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
  Writes(mutex, sizeof(*mutex), DOORWAY_CALLER);
  return pthread_mutex_init(mutex, attributes);
}
int doorway_pthread_mutex_destroy(pthread_mutex_t*) { return 0; }
int doorway_pthread_mutex_lock(pthread_mutex_t* m) {
  if (Running() == nullptr) return pthread_mutex_lock(m);
  return LockAt(m, false, Way::kWait, DOORWAY_CALLER);
}
int doorway_pthread_mutex_trylock(pthread_mutex_t* m) {
  if (Running() == nullptr) return pthread_mutex_trylock(m);
  return LockAt(m, false, Way::kTry, DOORWAY_CALLER);
}
int doorway_pthread_mutex_timedlock(pthread_mutex_t* m, const timespec* time) {
  if (Running() == nullptr) return pthread_mutex_timedlock(m, time);
  return LockAt(m, false, Way::kInTime, DOORWAY_CALLER);
}
int doorway_pthread_mutex_clocklock(pthread_mutex_t* m, clockid_t clock, const timespec* time) {
  if (Running() == nullptr) return pthread_mutex_clocklock(m, clock, time);
  return LockAt(m, false, Way::kInTime, DOORWAY_CALLER);
}
int doorway_pthread_mutex_unlock(pthread_mutex_t* m) {
  if (Running() == nullptr) return pthread_mutex_unlock(m);
  return UnlockAt(m, DOORWAY_CALLER);
}

int doorway_pthread_rwlock_init(pthread_rwlock_t*, const pthread_rwlockattr_t*) { return 0; }
int doorway_pthread_rwlock_destroy(pthread_rwlock_t*) { return 0; }
int doorway_pthread_rwlock_rdlock(pthread_rwlock_t* l) {
  if (Running() == nullptr) return pthread_rwlock_rdlock(l);
  return LockAt(l, true, Way::kWait, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_tryrdlock(pthread_rwlock_t* l) {
  if (Running() == nullptr) return pthread_rwlock_tryrdlock(l);
  return LockAt(l, true, Way::kTry, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_timedrdlock(pthread_rwlock_t* l, const timespec* time) {
  if (Running() == nullptr) return pthread_rwlock_timedrdlock(l, time);
  return LockAt(l, true, Way::kInTime, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_clockrdlock(pthread_rwlock_t* l, clockid_t clock, const timespec* time) {
  if (Running() == nullptr) return pthread_rwlock_clockrdlock(l, clock, time);
  return LockAt(l, true, Way::kInTime, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_wrlock(pthread_rwlock_t* l) {
  if (Running() == nullptr) return pthread_rwlock_wrlock(l);
  return LockAt(l, false, Way::kWait, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_trywrlock(pthread_rwlock_t* l) {
  if (Running() == nullptr) return pthread_rwlock_trywrlock(l);
  return LockAt(l, false, Way::kTry, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_timedwrlock(pthread_rwlock_t* l, const timespec* time) {
  if (Running() == nullptr) return pthread_rwlock_timedwrlock(l, time);
  return LockAt(l, false, Way::kInTime, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_clockwrlock(pthread_rwlock_t* l, clockid_t clock, const timespec* time) {
  if (Running() == nullptr) return pthread_rwlock_clockwrlock(l, clock, time);
  return LockAt(l, false, Way::kInTime, DOORWAY_CALLER);
}
int doorway_pthread_rwlock_unlock(pthread_rwlock_t* l) {
  if (Running() == nullptr) return pthread_rwlock_unlock(l);
  return UnlockAt(l, DOORWAY_CALLER);
}

int doorway_pthread_spin_init(pthread_spinlock_t*, int) { return 0; }
int doorway_pthread_spin_destroy(pthread_spinlock_t*) { return 0; }
int doorway_pthread_spin_lock(pthread_spinlock_t* l) {
  if (Running() == nullptr) return pthread_spin_lock(l);
  return LockAt(l, false, Way::kWait, DOORWAY_CALLER);
}
int doorway_pthread_spin_trylock(pthread_spinlock_t* l) {
  if (Running() == nullptr) return pthread_spin_trylock(l);
  return LockAt(l, false, Way::kTry, DOORWAY_CALLER);
}
int doorway_pthread_spin_unlock(pthread_spinlock_t* l) {
  if (Running() == nullptr) return pthread_spin_unlock(l);
  return UnlockAt(l, DOORWAY_CALLER);
}

int doorway_pthread_cond_init(pthread_cond_t*, const pthread_condattr_t*) { return 0; }
int doorway_pthread_cond_destroy(pthread_cond_t*) { return 0; }
int doorway_pthread_cond_wait(pthread_cond_t* c, pthread_mutex_t* m) {
  if (Running() == nullptr) return pthread_cond_wait(c, m);
  return WaitAt(c, m, false, DOORWAY_CALLER);
}
int doorway_pthread_cond_timedwait(pthread_cond_t* c, pthread_mutex_t* m, const timespec* time) {
  if (Running() == nullptr) return pthread_cond_timedwait(c, m, time);
  return WaitAt(c, m, true, DOORWAY_CALLER);
}
int doorway_pthread_cond_clockwait(pthread_cond_t* c, pthread_mutex_t* m, clockid_t clock, const timespec* time) {
  if (Running() == nullptr) return pthread_cond_clockwait(c, m, clock, time);
  return WaitAt(c, m, true, DOORWAY_CALLER);
}
int doorway_pthread_cond_signal(pthread_cond_t* c) {
  if (Running() == nullptr) return pthread_cond_signal(c);
  return NotifyAt(c, 1, DOORWAY_CALLER);
}
int doorway_pthread_cond_broadcast(pthread_cond_t* c) {
  if (Running() == nullptr) return pthread_cond_broadcast(c);
  return NotifyAt(c, UINT_MAX, DOORWAY_CALLER);
}

int doorway_sem_init(sem_t* semaphore, int shared, unsigned count) {
  if (Running() == nullptr) return sem_init(semaphore, shared, count);
  const Call call(DOORWAY_CALLER);
  At(call, semaphore).Init(count, doorway::front::Semaphore::kMax, call.site);
  return 0;
}
int doorway_sem_destroy(sem_t* semaphore) {
  if (Running() == nullptr) return sem_destroy(semaphore);
  const Call call(DOORWAY_CALLER);
  return SemaphoreDone(At(call, semaphore).Deinit(call.site), EINVAL, call.site);
}
int doorway_sem_wait(sem_t* semaphore) {
  if (Running() == nullptr) return sem_wait(semaphore);
  const Call call(DOORWAY_CALLER);
  return SemaphoreDone(At(call, semaphore).Wait(true, call.site), EINVAL, call.site);
}
int doorway_sem_trywait(sem_t* semaphore) {
  if (Running() == nullptr) return sem_trywait(semaphore);
  const Call call(DOORWAY_CALLER);
  return SemaphoreDone(At(call, semaphore).Try(call.site), EAGAIN, call.site);
}
int doorway_sem_timedwait(sem_t* semaphore, const timespec* time) {
  if (Running() == nullptr) return sem_timedwait(semaphore, time);
  const Call call(DOORWAY_CALLER);
  return SemaphoreDone(At(call, semaphore).WaitInTime(call.site), ETIMEDOUT, call.site);
}
int doorway_sem_post(sem_t* semaphore) {
  if (Running() == nullptr) return sem_post(semaphore);
  const Call call(DOORWAY_CALLER);
  return SemaphoreDone(At(call, semaphore).Post(1, nullptr, call.site), EOVERFLOW, call.site);
}
int doorway_sem_getvalue(sem_t* semaphore, int* value) {
  if (Running() == nullptr) return sem_getvalue(semaphore, value);
  const Call call(DOORWAY_CALLER);
  const int count = static_cast<int>(At(call, semaphore).Count(call.site));
  WillWrite(call.thread, value, sizeof(*value), DOORWAY_CALLER);
  *value = count;
  return 0;
}

}  // extern "C"

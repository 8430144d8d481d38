// C11's threads.h, over the same objects as POSIX threads.

#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <climits>
#include <cstdint>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"

using namespace doorway::compiled;  // NOLINT: all that follows is its face

namespace {

int AsC11(int error) {
  if (error == 0) return thrd_success;
  return error == ETIMEDOUT ? thrd_timedout : thrd_busy;
}

// What kind a mutex is stands in its first word, as mtx_init has left it.
doorway::front::Mutex At(ThreadState& thread, mtx_t* mutex, doorway::Site site) {
  const bool recursive = (*reinterpret_cast<const unsigned*>(mutex) & mtx_recursive) != 0;
  return MutexAt(thread, mutex, recursive, site);
}

int LockC11(mtx_t* mutex, Way way, const void* from) {
  ThreadState& thread = MustRun("mtx_lock");
  const Busy busy(thread);
  Finish(thread);
  const doorway::Site site = SiteOf(thread, from);
  return AsC11(Lock(At(thread, mutex, site), false, way, site));
}

int WaitC11(cnd_t* condition, mtx_t* mutex, bool in_time, const void* from) {
  ThreadState& thread = MustRun("cnd_wait");
  const Busy busy(thread);
  Finish(thread);
  const doorway::Site site = SiteOf(thread, from);
  const auto waits = ConditionAt(thread, condition, site);
  return WaitFor(waits, At(thread, mutex, site), in_time, site) ? thrd_success : thrd_timedout;
}

int NotifyC11(cnd_t* condition, unsigned count, const void* from) {
  ThreadState& thread = MustRun("cnd_signal");
  const Busy busy(thread);
  Finish(thread);
  const doorway::Site site = SiteOf(thread, from);
  ConditionAt(thread, condition, site).Notify(count, site);
  return thrd_success;
}

}  // namespace

extern "C" {

int doorway_thrd_create(thrd_t* thread, thrd_start_t code, void* argument) {
  ThreadState& self = MustRun("thrd_create");
  const Busy busy(self);
  const int number = StartThread(self, code, argument, SiteOf(self, DOORWAY_CALLER));
  WillWrite(self, thread, sizeof(*thread), DOORWAY_CALLER);
  *thread = static_cast<thrd_t>(number) + 1;
  return thrd_success;
}
int doorway_thrd_join(thrd_t thread, int* result) {
  ThreadState& self = MustRun("thrd_join");
  const Busy busy(self);
  const doorway::Site site = SiteOf(self, DOORWAY_CALLER);
  void* returned = nullptr;
  JoinThread(self, static_cast<int>(thread) - 1, result == nullptr ? nullptr : &returned, site);
  if (result == nullptr) return thrd_success;
  WillWrite(self, result, sizeof(*result), DOORWAY_CALLER);
  *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
  return thrd_success;
}
int doorway_thrd_detach(thrd_t) { return thrd_success; }
int doorway_thrd_equal(thrd_t a, thrd_t b) { return a == b ? 1 : 0; }
void doorway_thrd_yield() {}

int doorway_mtx_init(mtx_t* mutex, int kind) {
  ThreadState* const thread = Running();
  if (thread == nullptr) return mtx_init(mutex, kind);
  const Busy busy(*thread);
  WillWrite(*thread, mutex, sizeof(*mutex), DOORWAY_CALLER);
  *mutex = {};
  *reinterpret_cast<unsigned*>(mutex) = static_cast<unsigned>(kind);
  return thrd_success;
}
void doorway_mtx_destroy(mtx_t*) {}
int doorway_mtx_lock(mtx_t* mutex) { return LockC11(mutex, Way::kWait, DOORWAY_CALLER); }
int doorway_mtx_trylock(mtx_t* mutex) { return LockC11(mutex, Way::kTry, DOORWAY_CALLER); }
int doorway_mtx_timedlock(mtx_t* mutex, const timespec*) { return LockC11(mutex, Way::kInTime, DOORWAY_CALLER); }
int doorway_mtx_unlock(mtx_t* mutex) {
  ThreadState& thread = MustRun("mtx_unlock");
  const Busy busy(thread);
  Finish(thread);
  const doorway::Site site = SiteOf(thread, DOORWAY_CALLER);
  Unlock(At(thread, mutex, site), site);
  return thrd_success;
}

int doorway_cnd_init(cnd_t*) { return thrd_success; }
void doorway_cnd_destroy(cnd_t*) {}
int doorway_cnd_wait(cnd_t* c, mtx_t* m) { return WaitC11(c, m, false, DOORWAY_CALLER); }
int doorway_cnd_timedwait(cnd_t* c, mtx_t* m, const timespec*) { return WaitC11(c, m, true, DOORWAY_CALLER); }
int doorway_cnd_signal(cnd_t* c) { return NotifyC11(c, 1, DOORWAY_CALLER); }
int doorway_cnd_broadcast(cnd_t* c) { return NotifyC11(c, UINT_MAX, DOORWAY_CALLER); }

void doorway_call_once(once_flag* flag, void (*code)()) {
  RunOnce(MustRun("call_once"), flag, sizeof(*flag), code, DOORWAY_CALLER);
}

}  // extern "C"

// Win32, over the objects of stdlib/*.hpp.

#include <new>

#include "harness/behaviour/runtime.h"
#include "harness/relacy_front/handle.h"
#include "relacy/stdlib/windows.hpp"

namespace rl {

namespace {

using front::Kind;
using front::kind_of;

struct sem_tag_win;
typedef semaphore<sem_tag_win> win_semaphore;
struct mutex_tag_win_mutex;
typedef generic_mutex<mutex_tag_win_mutex> win_mutex;

template <typename T>
T* as(rl_HANDLE handle, Kind kind, debug_info_param info) {
  if (kind_of(handle) != kind) front::unsupported("a handle of another kind than the function needs", info);
  return static_cast<T*>(front::object_of(handle));
}

template <typename T>
T* make() {
  return ::new (::operator new(sizeof(T))) T();
}

template <typename T>
rl_HANDLE handle_of(T* object, Kind kind) {
  return front::make_handle(kind, reinterpret_cast<std::uintptr_t>(object));
}

template <typename T>
void close(T* object, debug_info_param info) {
  object->deinit(info);
  object->~T();
  ::operator delete(object);
}

sema_wakeup_reason wait(rl_HANDLE obj, bool try_wait, bool is_timed, debug_info_param info) {
  switch (kind_of(obj)) {
    case Kind::kSemaphore:
      return as<win_semaphore>(obj, Kind::kSemaphore, info)->wait(try_wait, is_timed, info);
    case Kind::kEvent:
      return as<generic_event>(obj, Kind::kEvent, info)->wait(try_wait, is_timed, info);
    case Kind::kMutex: {
      win_mutex* const mutex = as<win_mutex>(obj, Kind::kMutex, info);
      if (try_wait) return mutex->try_lock_exclusive(info) ? sema_wakeup_reason_success : sema_wakeup_reason_failed;
      if (is_timed) return mutex->lock_exclusive_timed(info) ? sema_wakeup_reason_success : sema_wakeup_reason_timeout;
      mutex->lock_exclusive(info);
      return sema_wakeup_reason_success;
    }
    case Kind::kThread:
      if (try_wait || is_timed) front::unsupported("a wait for a thread with a timeout", info);
      front::join_thread(obj, info);
      return sema_wakeup_reason_success;
    case Kind::kNone:
      break;
  }
  front::unsupported("a wait for what is no handle", info);
}

// Polls them in turn, as one operation that blocks; or, timed, that may give up at any time.
struct Any {
  unsigned long count;
  rl_HANDLE* objects;
  bool is_timed;
  debug_info const& info;
  unsigned long result;
};

bool poll(void* closure) {
  Any& any = *static_cast<Any*>(closure);
  if (any.is_timed && rand(2, front::to_site(any.info)) == 1) return false;
  for (unsigned long i = 0; i < any.count; ++i) {
    if (wait(any.objects[i], true, false, any.info) != sema_wakeup_reason_success) continue;
    any.result = rl_WAIT_OBJECT_0 + i;
    return false;
  }
  return true;
}

}  // namespace

unsigned long rl_WaitForSingleObjectEx(rl_HANDLE obj, unsigned long timeout, int alertable, debug_info_param info) {
  if (alertable) front::unsupported("an alertable wait", info);
  const sema_wakeup_reason reason = wait(obj, timeout == 0, timeout != 0 && timeout != rl_INFINITE, info);
  return reason == sema_wakeup_reason_success ? rl_WAIT_OBJECT_0 : rl_WAIT_TIMEOUT;
}

unsigned long rl_WaitForMultipleObjectsEx(unsigned long count, rl_HANDLE* objects, int wait_all, unsigned long timeout,
                                          int alertable, debug_info_param info) {
  if (alertable) front::unsupported("an alertable wait", info);
  if (count == 1) return rl_WaitForSingleObject(objects[0], timeout, info);
  if (wait_all) front::unsupported("WaitForMultipleObjects that waits for all (only for any)", info);
  Any any{count, objects, timeout != 0 && timeout != rl_INFINITE, info, rl_WAIT_TIMEOUT};
  if (timeout == 0) {
    poll(&any);
  } else {
    doorway::runtime::Spin(&poll, &any, front::to_site(info));
  }
  return any.result;
}

unsigned long rl_SignalObjectAndWait(rl_HANDLE to_signal, rl_HANDLE to_wait, unsigned long timeout, int alertable,
                                     debug_info_param info) {
  switch (kind_of(to_signal)) {
    case Kind::kSemaphore:
      if (!as<win_semaphore>(to_signal, Kind::kSemaphore, info)->signal(info)) return 0;
      break;
    case Kind::kEvent:
      as<generic_event>(to_signal, Kind::kEvent, info)->set(info);
      break;
    case Kind::kMutex:
      as<win_mutex>(to_signal, Kind::kMutex, info)->unlock_exclusive(info);
      break;
    default:
      front::fail(test_result_thread_signal, "a thread is signalled", info);
  }
  return rl_WaitForSingleObjectEx(to_wait, timeout, alertable, info);
}

int rl_CloseHandle(rl_HANDLE h, debug_info_param info) {
  if (kind_of(h) == Kind::kSemaphore) close(as<win_semaphore>(h, Kind::kSemaphore, info), info);
  if (kind_of(h) == Kind::kEvent) close(as<generic_event>(h, Kind::kEvent, info), info);
  if (kind_of(h) == Kind::kMutex) close(as<win_mutex>(h, Kind::kMutex, info), info);
  return 1;
}

rl_HANDLE front_create_semaphore(long initial_count, long max_count, debug_info_param info) {
  win_semaphore* const made = make<win_semaphore>();
  made->init(false, static_cast<unsigned>(initial_count), static_cast<unsigned>(max_count), info);
  return handle_of(made, Kind::kSemaphore);
}
rl_HANDLE front_create_event(int manual_reset, int initial_state, debug_info_param info) {
  generic_event* const made = make<generic_event>();
  made->init(manual_reset != 0, initial_state != 0, info);
  return handle_of(made, Kind::kEvent);
}
rl_HANDLE front_create_mutex(int initial_owner, debug_info_param info) {
  win_mutex* const made = make<win_mutex>();
  made->init(false, true, false, false, info);
  if (initial_owner) made->lock_exclusive(info);
  return handle_of(made, Kind::kMutex);
}

int rl_ReleaseSemaphore(rl_HANDLE sema, long count, long* prev_count, debug_info_param info) {
  win_semaphore* const semaphore = as<win_semaphore>(sema, Kind::kSemaphore, info);
  if (prev_count == nullptr) return semaphore->post(static_cast<unsigned>(count), info) ? 1 : 0;
  unsigned before = 0;
  const bool posted = semaphore->post(static_cast<unsigned>(count), before, info);
  *prev_count = static_cast<long>(before);
  return posted ? 1 : 0;
}
int rl_SetEvent(rl_HANDLE ev, debug_info_param info) {
  as<generic_event>(ev, Kind::kEvent, info)->set(info);
  return 1;
}
int rl_ResetEvent(rl_HANDLE ev, debug_info_param info) {
  as<generic_event>(ev, Kind::kEvent, info)->reset(info);
  return 1;
}
int rl_PulseEvent(rl_HANDLE ev, debug_info_param info) {
  as<generic_event>(ev, Kind::kEvent, info)->pulse(info);
  return 1;
}
int rl_ReleaseMutex(rl_HANDLE mtx, debug_info_param info) {
  as<win_mutex>(mtx, Kind::kMutex, info)->unlock_exclusive(info);
  return 1;
}

int rl_SleepConditionVariableCS(rl_CONDITION_VARIABLE* cv, rl_CRITICAL_SECTION* cs, unsigned long ms,
                                debug_info_param info) {
  cv->wait(*cs, ms != rl_INFINITE, info);
  return 0;
}
int rl_SleepConditionVariableSRW(rl_CONDITION_VARIABLE* cv, rl_SRWLOCK* lock, unsigned long ms, unsigned long flags,
                                 debug_info_param info) {
  if (flags == 0) {
    cv->wait(*lock, ms != rl_INFINITE, info);
    return 0;
  }
  struct Shared {
    rl_SRWLOCK& lock_;
    void lock(debug_info_param at) { lock_.lock_shared(at); }
    void unlock(debug_info_param at) { lock_.unlock_shared(at); }
  } shared{*lock};
  cv->wait(shared, ms != rl_INFINITE, info);
  return 0;
}

rl_HANDLE rl_CreateThread(void*, unsigned, rl_WIN_START_ROUTINE fn, void* param, unsigned long, unsigned long*,
                          debug_info_param info) {
  return front::start_win32_thread(fn, param, info);
}
uintptr_t rl_beginthreadex(void*, unsigned, rl_MSVCR_THREAD_ROUTINE fn, void* param, unsigned, unsigned*,
                           debug_info_param info) {
  return reinterpret_cast<uintptr_t>(front::start_crt_thread(fn, param, info));
}

}  // namespace rl

#pragma once

#include "../base.hpp"
#include "../dyn_thread.hpp"
#include "../thread_local.hpp"
#include "condition_variable.hpp"
#include "event.hpp"
#include "mutex.hpp"
#include "semaphore.hpp"

// The subset of Win32 that Relacy offers. A HANDLE tells by its lowest bits what it is of.
//
// Not supported, each an error that names it when it is called: PulseEvent, WaitForMultipleObjects that waits for all,
// waits for a thread with a timeout, SuspendThread, ResumeThread, FlushProcessWriteBuffers, alertable waits.

namespace rl {

typedef win_object* rl_HANDLE;
unsigned long const rl_INFINITE = (unsigned long)-1;
unsigned long const rl_WAIT_FAILED = (unsigned long)-1;
unsigned long const rl_WAIT_OBJECT_0 = 100;
unsigned long const rl_WAIT_TIMEOUT = 1;
unsigned long const rl_WAIT_IO_COMPLETION = 2;
unsigned long const rl_MAXIMUM_WAIT_OBJECTS = wfmo_max_objects;

inline int rl_SwitchToThread(debug_info_param info) {
  yield(1, info);
  return 1;
}
inline void rl_Sleep(unsigned long, debug_info_param info) { yield(1, info); }

unsigned long rl_WaitForSingleObjectEx(rl_HANDLE obj, unsigned long timeout, int alertable, debug_info_param info);
unsigned long rl_WaitForMultipleObjectsEx(unsigned long count, rl_HANDLE* objects, int wait_all, unsigned long timeout,
                                          int alertable, debug_info_param info);
unsigned long rl_SignalObjectAndWait(rl_HANDLE to_signal, rl_HANDLE to_wait, unsigned long timeout, int alertable,
                                     debug_info_param info);
inline unsigned long rl_WaitForSingleObject(rl_HANDLE obj, unsigned long timeout, debug_info_param info) {
  return rl_WaitForSingleObjectEx(obj, timeout, 0, info);
}
inline unsigned long rl_WaitForMultipleObjects(unsigned long count, rl_HANDLE* objects, int wait_all,
                                               unsigned long timeout, debug_info_param info) {
  return rl_WaitForMultipleObjectsEx(count, objects, wait_all, timeout, 0, info);
}
int rl_CloseHandle(rl_HANDLE h, debug_info_param info);

rl_HANDLE front_create_semaphore(long initial_count, long max_count, debug_info_param info);
rl_HANDLE front_create_event(int manual_reset, int initial_state, debug_info_param info);
rl_HANDLE front_create_mutex(int initial_owner, debug_info_param info);
int rl_ReleaseSemaphore(rl_HANDLE sema, long count, long* prev_count, debug_info_param info);
int rl_SetEvent(rl_HANDLE ev, debug_info_param info);
int rl_ResetEvent(rl_HANDLE ev, debug_info_param info);
int rl_PulseEvent(rl_HANDLE ev, debug_info_param info);
int rl_ReleaseMutex(rl_HANDLE mtx, debug_info_param info);

struct mutex_tag_win_cs;
typedef generic_mutex<mutex_tag_win_cs> rl_CRITICAL_SECTION;
inline void rl_InitializeCriticalSection(rl_CRITICAL_SECTION* m, debug_info_param info) {
  m->init(false, true, false, false, info);
}
inline int rl_InitializeCriticalSectionAndSpinCount(rl_CRITICAL_SECTION* m, unsigned long, debug_info_param info) {
  m->init(false, true, false, false, info);
  return 1;
}
inline int rl_InitializeCriticalSectionEx(rl_CRITICAL_SECTION* m, unsigned long, unsigned long,
                                          debug_info_param info) {
  m->init(false, true, false, false, info);
  return 1;
}
inline void rl_DeleteCriticalSection(rl_CRITICAL_SECTION* m, debug_info_param info) { m->deinit(info); }
inline void rl_EnterCriticalSection(rl_CRITICAL_SECTION* m, debug_info_param info) { m->lock_exclusive(info); }
inline int rl_TryEnterCriticalSection(rl_CRITICAL_SECTION* m, debug_info_param info) {
  return m->try_lock_exclusive(info) ? 1 : 0;
}
inline void rl_LeaveCriticalSection(rl_CRITICAL_SECTION* m, debug_info_param info) { m->unlock_exclusive(info); }

struct mutex_tag_win_srwl;
typedef generic_mutex<mutex_tag_win_srwl> rl_SRWLOCK;
inline void rl_InitializeSRWLock(rl_SRWLOCK* lock, debug_info_param info) {
  lock->init(true, false, false, false, info);
}
inline void rl_AcquireSRWLockExclusive(rl_SRWLOCK* lock, debug_info_param info) { lock->lock_exclusive(info); }
inline void rl_AcquireSRWLockShared(rl_SRWLOCK* lock, debug_info_param info) { lock->lock_shared(info); }
inline void rl_ReleaseSRWLockExclusive(rl_SRWLOCK* lock, debug_info_param info) { lock->unlock_exclusive(info); }
inline void rl_ReleaseSRWLockShared(rl_SRWLOCK* lock, debug_info_param info) { lock->unlock_shared(info); }
inline void rl_DeleteSRWLock(rl_SRWLOCK* lock, debug_info_param info) { lock->deinit(info); }

struct condvar_tag_win;
typedef condvar<condvar_tag_win, false> rl_CONDITION_VARIABLE;
unsigned long const rl_CONDITION_VARIABLE_LOCKMODE_SHARED = 1;
inline void rl_InitializeConditionVariable(rl_CONDITION_VARIABLE* cv, debug_info_param info) { cv->init(false, info); }
// Both return 0, as Relacy's do, however the wait ended.
int rl_SleepConditionVariableCS(rl_CONDITION_VARIABLE* cv, rl_CRITICAL_SECTION* cs, unsigned long ms,
                                debug_info_param info);
int rl_SleepConditionVariableSRW(rl_CONDITION_VARIABLE* cv, rl_SRWLOCK* lock, unsigned long ms, unsigned long flags,
                                 debug_info_param info);
inline void rl_WakeAllConditionVariable(rl_CONDITION_VARIABLE* cv, debug_info_param info) { cv->notify_all(info); }
inline void rl_WakeConditionVariable(rl_CONDITION_VARIABLE* cv, debug_info_param info) { cv->notify_one(info); }
inline void rl_DeleteConditionVariable(rl_CONDITION_VARIABLE* cv, debug_info_param info) { cv->deinit(info); }

typedef unsigned long(RL_STDCALL* rl_WIN_START_ROUTINE)(void* param);
typedef unsigned(RL_STDCALL* rl_MSVCR_THREAD_ROUTINE)(void* param);

rl_HANDLE rl_CreateThread(void* security, unsigned stack_size, rl_WIN_START_ROUTINE fn, void* param,
                          unsigned long creation_flags, unsigned long* thread_id, debug_info_param info);
uintptr_t rl_beginthreadex(void* security, unsigned stack_size, rl_MSVCR_THREAD_ROUTINE fn, void* param,
                           unsigned initflag, unsigned* thrdaddr, debug_info_param info);
inline unsigned long rl_SetThreadAffinityMask(rl_HANDLE, unsigned long, debug_info_param) { return 0; }
inline int rl_SuspendThread(rl_HANDLE, debug_info_param info) { front::unsupported("SuspendThread", info); }
inline int rl_ResumeThread(rl_HANDLE, debug_info_param info) { front::unsupported("ResumeThread", info); }
inline void rl_FlushProcessWriteBuffers(debug_info_param info) {
  front::unsupported("FlushProcessWriteBuffers (RC11 has no fence of all threads)", info);
}
inline unsigned long GetLastError() { return (unsigned long)get_errno(); }
inline void SetLastError(unsigned long value) { set_errno((int)value); }

}  // namespace rl

#include "windows_macros.hpp"

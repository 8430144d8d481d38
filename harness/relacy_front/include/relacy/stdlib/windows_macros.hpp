#pragma once

// The names of Win32, for a test's code: each call takes its place in the source along.

#undef HANDLE
#define HANDLE ::rl::rl_HANDLE
#undef INFINITE
#define INFINITE ::rl::rl_INFINITE
#undef WAIT_FAILED
#define WAIT_FAILED ::rl::rl_WAIT_FAILED
#undef WAIT_OBJECT_0
#define WAIT_OBJECT_0 ::rl::rl_WAIT_OBJECT_0
#undef WAIT_TIMEOUT
#define WAIT_TIMEOUT ::rl::rl_WAIT_TIMEOUT
#undef WAIT_IO_COMPLETION
#define WAIT_IO_COMPLETION ::rl::rl_WAIT_IO_COMPLETION
#undef MAXIMUM_WAIT_OBJECTS
#define MAXIMUM_WAIT_OBJECTS ::rl::rl_MAXIMUM_WAIT_OBJECTS
#undef CRITICAL_SECTION
#define CRITICAL_SECTION ::rl::rl_CRITICAL_SECTION
#undef SRWLOCK
#define SRWLOCK ::rl::rl_SRWLOCK
#undef CONDITION_VARIABLE
#define CONDITION_VARIABLE ::rl::rl_CONDITION_VARIABLE
#undef CONDITION_VARIABLE_LOCKMODE_SHARED
#define CONDITION_VARIABLE_LOCKMODE_SHARED ::rl::rl_CONDITION_VARIABLE_LOCKMODE_SHARED

#define CreateSemaphore(security, initial_count, max_count, name) ::rl::front_create_semaphore(initial_count, max_count, $)
#define CreateSemaphoreA(security, initial_count, max_count, name) ::rl::front_create_semaphore(initial_count, max_count, $)
#define CreateSemaphoreW(security, initial_count, max_count, name) ::rl::front_create_semaphore(initial_count, max_count, $)
#define CreateEvent(security, manual_reset, initial_state, name) ::rl::front_create_event(manual_reset, initial_state, $)
#define CreateEventA(security, manual_reset, initial_state, name) ::rl::front_create_event(manual_reset, initial_state, $)
#define CreateEventW(security, manual_reset, initial_state, name) ::rl::front_create_event(manual_reset, initial_state, $)
#define CreateMutex(security, initial_owner, name) ::rl::front_create_mutex(initial_owner, $)
#define CreateMutexA(security, initial_owner, name) ::rl::front_create_mutex(initial_owner, $)
#define CreateMutexW(security, initial_owner, name) ::rl::front_create_mutex(initial_owner, $)

#define SwitchToThread() ::rl::rl_SwitchToThread($)
#define Sleep(milliseconds) ::rl::rl_Sleep(milliseconds, $)
#define CloseHandle(obj) ::rl::rl_CloseHandle(obj, $)
#define WaitForSingleObject(obj, timeout) ::rl::rl_WaitForSingleObject(obj, timeout, $)
#define WaitForSingleObjectEx(obj, timeout, alertable) ::rl::rl_WaitForSingleObjectEx(obj, timeout, alertable, $)
#define WaitForMultipleObjects(count, objects, wait_all, timeout) ::rl::rl_WaitForMultipleObjects(count, objects, wait_all, timeout, $)
#define WaitForMultipleObjectsEx(count, objects, wait_all, timeout, alertable) ::rl::rl_WaitForMultipleObjectsEx(count, objects, wait_all, timeout, alertable, $)
#define SignalObjectAndWait(obj_to_signal, obj_to_wait, timeout, alertable) ::rl::rl_SignalObjectAndWait(obj_to_signal, obj_to_wait, timeout, alertable, $)
#define ReleaseSemaphore(sema, count, prev_count) ::rl::rl_ReleaseSemaphore(sema, count, prev_count, $)
#define SetEvent(ev) ::rl::rl_SetEvent(ev, $)
#define ResetEvent(ev) ::rl::rl_ResetEvent(ev, $)
#define PulseEvent(ev) ::rl::rl_PulseEvent(ev, $)
#define ReleaseMutex(mtx) ::rl::rl_ReleaseMutex(mtx, $)
#define InitializeCriticalSection(cs) ::rl::rl_InitializeCriticalSection(cs, $)
#define InitializeCriticalSectionAndSpinCount(cs, spin) ::rl::rl_InitializeCriticalSectionAndSpinCount(cs, spin, $)
#define InitializeCriticalSectionEx(cs, spin, flags) ::rl::rl_InitializeCriticalSectionEx(cs, spin, flags, $)
#define DeleteCriticalSection(cs) ::rl::rl_DeleteCriticalSection(cs, $)
#define EnterCriticalSection(cs) ::rl::rl_EnterCriticalSection(cs, $)
#define TryEnterCriticalSection(cs) ::rl::rl_TryEnterCriticalSection(cs, $)
#define LeaveCriticalSection(cs) ::rl::rl_LeaveCriticalSection(cs, $)
#define InitializeSRWLock(lock) ::rl::rl_InitializeSRWLock(lock, $)
#define AcquireSRWLockExclusive(lock) ::rl::rl_AcquireSRWLockExclusive(lock, $)
#define AcquireSRWLockShared(lock) ::rl::rl_AcquireSRWLockShared(lock, $)
#define ReleaseSRWLockExclusive(lock) ::rl::rl_ReleaseSRWLockExclusive(lock, $)
#define ReleaseSRWLockShared(lock) ::rl::rl_ReleaseSRWLockShared(lock, $)
#define DeleteSRWLock(lock) ::rl::rl_DeleteSRWLock(lock, $)
#define InitializeConditionVariable(cv) ::rl::rl_InitializeConditionVariable(cv, $)
#define SleepConditionVariableCS(cv, cs, ms) ::rl::rl_SleepConditionVariableCS(cv, cs, ms, $)
#define SleepConditionVariableSRW(cv, lock, ms, flags) ::rl::rl_SleepConditionVariableSRW(cv, lock, ms, flags, $)
#define WakeAllConditionVariable(cv) ::rl::rl_WakeAllConditionVariable(cv, $)
#define WakeConditionVariable(cv) ::rl::rl_WakeConditionVariable(cv, $)
#define DeleteConditionVariable(cv) ::rl::rl_DeleteConditionVariable(cv, $)
#define CreateThread(security, stack_size, fn, param, creation_flags, thread_id) ::rl::rl_CreateThread(security, stack_size, fn, param, creation_flags, thread_id, $)
#define SetThreadAffinityMask(th, affinity_mask) ::rl::rl_SetThreadAffinityMask(th, affinity_mask, $)
#define SuspendThread(th) ::rl::rl_SuspendThread(th, $)
#define ResumeThread(th) ::rl::rl_ResumeThread(th, $)
#define FlushProcessWriteBuffers() ::rl::rl_FlushProcessWriteBuffers($)
#define _beginthreadex(security, stack_size, start_address, arglist, initflag, thrdaddr) ::rl::rl_beginthreadex(security, stack_size, start_address, arglist, initflag, thrdaddr, $)

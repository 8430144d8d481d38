#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "harness/compiled/thread_state.h"
#include "harness/front/condition.h"
#include "harness/front/mutex.h"
#include "harness/graph/site.h"

// Objects on which threads block, at the addresses where the program has them. Their lives are not looked at: they are
// ready to use wherever they are used.

namespace doorway::compiled {

// The running thread, in whose code `function` was called. Ends the process if there is none: the function was called
// before main() or after it, where nothing is explored.
ThreadState& MustRun(const char* function);

front::Mutex MutexAt(ThreadState& thread, const void* address, bool recursive, Site site);
front::Condition ConditionAt(ThreadState& thread, const void* address, Site site);

enum class Way : std::uint8_t { kWait, kTry, kInTime };

// 0, EBUSY or ETIMEDOUT; misuse ends the run.
int Lock(front::Mutex mutex, bool shared, Way way, Site site);
void Unlock(front::Mutex mutex, Site site);

// Waits, without the mutex. Whether it has not timed out. The mutex is locked by the running thread before and after.
bool WaitFor(front::Condition condition, front::Mutex mutex, bool in_time, Site site);

// Threads, by numbers from 1; main()'s is 0.
using PosixThread = void* (*)(void* argument);
using C11Thread = int (*)(void* argument);
using VoidThread = void (*)(void* argument);
int StartThread(ThreadState& thread, PosixThread code, void* argument, Site site);
int StartThread(ThreadState& thread, C11Thread code, void* argument, Site site);
int StartThread(ThreadState& thread, VoidThread code, void* argument, Site site);
void JoinThread(ThreadState& thread, int joined, void** result, Site site);
// main(), which may end so, too.
int RunMain(const std::function<int()>& code);
// Ends the running thread's code, from wherever it is.
[[noreturn]] void ExitThread(ThreadState& thread, void* result);

// What is done once for all threads that come with the same `control`, which is not 0 if it was done before any thread
// was spawned. Whether the caller is to do it, and then say so.
bool BeginOnce(ThreadState& thread, const void* control, std::size_t size, Site site);
void EndOnce(ThreadState& thread, const void* control, std::size_t size, bool done, Site site);
void RunOnce(ThreadState& thread, void* control, std::size_t size, void (*code)(), const void* from);

}  // namespace doorway::compiled

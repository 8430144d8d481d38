// The C++ library's own functions behind std::thread, std::condition_variable and local static variables: those of
// libstdc++ that are not in its headers. The program's calls are resolved to these instead of the library's, whose are
// called where no thread's code runs.

#include <climits>
#include <cstddef>
#include <cstdint>
#include <thread>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"

namespace doorway::compiled {
namespace {

// What std::thread runs.
using StdThreadState = std::thread::_State;

void* RunState(void* argument) {
  auto* const state = static_cast<StdThreadState*>(argument);
  if (ThreadState* const thread = Running(); thread != nullptr) {  // its table of virtual functions
    const Busy busy(*thread);
    WillRead(*thread, state, sizeof(void*), nullptr);
    Finish(*thread);
  }
  state->_M_run();
  if (ThreadState* const thread = Running(); thread != nullptr) {
    const Busy busy(*thread);
    WillRead(*thread, state, sizeof(void*), nullptr);
  }
  delete state;
  return nullptr;
}

// An object that is used as a whole by the functions here.
template <class T>
T Get(ThreadState& thread, const T* object, const void* from) {
  WillRead(thread, object, sizeof(T), from);
  return *object;
}
template <class T>
void Set(ThreadState& thread, T* object, T value, const void* from) {
  WillWrite(thread, object, sizeof(T), from);
  *object = value;
}

int WaitOn(void* condition, void* mutex, bool in_time, const void* from) {
  ThreadState& thread = MustRun("wait");
  const Busy busy(thread);
  const doorway::Site site = SiteOf(thread, from);
  const front::Condition waits = ConditionAt(thread, condition, site);
  return WaitFor(waits, MutexAt(thread, mutex, false, site), in_time, site) ? 0 : 1;
}

void NotifyOn(void* condition, unsigned count, const void* from) {
  ThreadState& thread = MustRun("notify");
  const Busy busy(thread);
  const doorway::Site site = SiteOf(thread, from);
  ConditionAt(thread, condition, site).Notify(count, site);
}

// What std::unique_lock<std::mutex> has in it.
struct UniqueLock {
  void* mutex;
  bool owns;
};

}  // namespace
}  // namespace doorway::compiled

using namespace doorway::compiled;  // NOLINT: all that follows is its face

#define DOORWAY_SYMBOL(name) __asm__(name)

extern "C" {

// std::terminate()
[[noreturn]] void StdTerminate() DOORWAY_SYMBOL("_ZSt9terminatev");
void StdTerminate() {
  ThreadState* const thread = Running();
  if (thread == nullptr) {
    FromLibrary<void()>("_ZSt9terminatev")();
    __builtin_unreachable();
  }
  const Busy busy(*thread);
  Finish(*thread);
  doorway::runtime::Fail("std::terminate() is called: a std::thread ends that is still joinable?", 0,
                         SiteOf(*thread, DOORWAY_CALLER));
}

// std::thread::_M_start_thread(std::unique_ptr<_State>, void (*)()). The pointer is passed by reference.
void StdThreadStart(std::uint64_t* id, StdThreadState** state, void (*)())
    DOORWAY_SYMBOL("_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE");
void StdThreadStart(std::uint64_t* id, StdThreadState** state, void (*)()) {
  ThreadState& thread = MustRun("std::thread's constructor");
  const Busy busy(thread);
  const doorway::Site site = SiteOf(thread, DOORWAY_CALLER);
  StdThreadState* const what = Get(thread, state, DOORWAY_CALLER);
  Set<StdThreadState*>(thread, state, nullptr, DOORWAY_CALLER);
  Finish(thread);
  const int number = StartThread(thread, &RunState, what, site);
  Set<std::uint64_t>(thread, id, static_cast<std::uint64_t>(number) + 1, DOORWAY_CALLER);
}

void StdThreadJoin(std::uint64_t* id) DOORWAY_SYMBOL("_ZNSt6thread4joinEv");
void StdThreadJoin(std::uint64_t* id) {
  if (Running() == nullptr) return FromLibrary<void(std::uint64_t*)>("_ZNSt6thread4joinEv")(id);
  ThreadState& thread = *Running();
  const Busy busy(thread);
  const doorway::Site site = SiteOf(thread, DOORWAY_CALLER);
  const std::uint64_t joined = Get(thread, id, DOORWAY_CALLER);
  if (joined == 0) doorway::runtime::Fail("join() of a std::thread that is not joinable", 0, site);
  JoinThread(thread, static_cast<int>(joined) - 1, nullptr, site);
  Set<std::uint64_t>(thread, id, 0, DOORWAY_CALLER);
}

void StdThreadDetach(std::uint64_t* id) DOORWAY_SYMBOL("_ZNSt6thread6detachEv");
void StdThreadDetach(std::uint64_t* id) {
  if (Running() == nullptr) return FromLibrary<void(std::uint64_t*)>("_ZNSt6thread6detachEv")(id);
  ThreadState& thread = *Running();
  const Busy busy(thread);
  Set<std::uint64_t>(thread, id, 0, DOORWAY_CALLER);
}

// The object is all zeros before and after; its life is not looked at.
void StdConditionMake(void* condition) DOORWAY_SYMBOL("_ZNSt18condition_variableC1Ev");
void StdConditionMake(void*) {}
void StdConditionEnd(void* condition) DOORWAY_SYMBOL("_ZNSt18condition_variableD1Ev");
void StdConditionEnd(void*) {}
void StdConditionWait(void* condition, UniqueLock* lock)
    DOORWAY_SYMBOL("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE");
void StdConditionWait(void* condition, UniqueLock* lock) { WaitOn(condition, lock->mutex, false, DOORWAY_CALLER); }
void StdConditionNotifyOne(void* condition) DOORWAY_SYMBOL("_ZNSt18condition_variable10notify_oneEv");
void StdConditionNotifyOne(void* condition) {
  if (Running() != nullptr) NotifyOn(condition, 1, DOORWAY_CALLER);
}
void StdConditionNotifyAll(void* condition) DOORWAY_SYMBOL("_ZNSt18condition_variable10notify_allEv");
void StdConditionNotifyAll(void* condition) {
  if (Running() != nullptr) NotifyOn(condition, UINT_MAX, DOORWAY_CALLER);
}

// Local static variables: the guard's first byte says whether they have been initialised.
int GuardAcquire(std::uint8_t* guard) DOORWAY_SYMBOL("__cxa_guard_acquire");
int GuardAcquire(std::uint8_t* guard) {
  ThreadState* const thread = Running();
  if (thread == nullptr) return FromLibrary<int(std::uint8_t*)>("__cxa_guard_acquire")(guard);
  const Busy busy(*thread);
  return BeginOnce(*thread, guard, 1, SiteOf(*thread, DOORWAY_CALLER)) ? 1 : 0;
}
void GuardRelease(std::uint8_t* guard) DOORWAY_SYMBOL("__cxa_guard_release");
void GuardRelease(std::uint8_t* guard) {
  ThreadState* const thread = Running();
  if (thread == nullptr) return FromLibrary<void(std::uint8_t*)>("__cxa_guard_release")(guard);
  const Busy busy(*thread);
  const doorway::Site site = SiteOf(*thread, DOORWAY_CALLER);
  if (IsAlone(*thread)) return Set<std::uint8_t>(*thread, guard, 1, DOORWAY_CALLER);
  doorway::front::Store(AtomicAt(*thread, guard, 1, site), 1, doorway::Order::kRelease, site);
  EndOnce(*thread, guard, 1, true, site);
}
void GuardAbort(std::uint8_t* guard) DOORWAY_SYMBOL("__cxa_guard_abort");
void GuardAbort(std::uint8_t* guard) {
  ThreadState* const thread = Running();
  if (thread == nullptr) return FromLibrary<void(std::uint8_t*)>("__cxa_guard_abort")(guard);
  const Busy busy(*thread);
  if (!IsAlone(*thread)) EndOnce(*thread, guard, 1, false, SiteOf(*thread, DOORWAY_CALLER));
}

}  // extern "C"

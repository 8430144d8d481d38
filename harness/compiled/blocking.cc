#include "harness/compiled/blocking.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/front/once.h"

namespace doorway::compiled {
namespace {

[[noreturn]] void Misuse(const char* what, Site site) { runtime::Fail(what, 0, site); }

// 0, EBUSY or ETIMEDOUT.
int Judge(front::MutexResult result, Site site) {
  switch (result) {
    case front::MutexResult::kDone:
      return 0;
    case front::MutexResult::kBusy:
      return EBUSY;
    case front::MutexResult::kTimedOut:
      return ETIMEDOUT;
    case front::MutexResult::kRecursion:
      Misuse("a thread locks a mutex that it has locked already", site);
    case front::MutexResult::kReadToWrite:
      Misuse("a thread locks a mutex exclusively that it has locked shared", site);
    case front::MutexResult::kWriteToRead:
      Misuse("a thread locks a mutex shared that it has locked exclusively", site);
    case front::MutexResult::kNotOwner:
      Misuse("a thread unlocks a mutex that it has not locked", site);
    default:
      Misuse("a mutex is used where there is none", site);
  }
}

// What threads have returned, for those that join them.
std::array<Value, 32> results;

front::Object ResultOf(int thread) {
  runtime::Object result;
  result.address = &results[static_cast<std::size_t>(thread)];
  result.width = 8;
  result.name = "result of thread";
  result.index = thread;
  runtime::Declare(result);
  return {result.address, 8};
}

struct ThreadExit {
  void* result;
};

[[noreturn]] void Uncaught() {
  ThreadState& thread = *Running();
  const Busy busy(thread);
  Finish(thread);
  runtime::Fail("an exception leaves the thread's code", 0, Site{});
}

enum class Returns : Value { kPointer, kInt, kNothing };

Value Run(const Operands& operands) {
  void* const argument = reinterpret_cast<void*>(operands[1]);
  const Value code = operands[0];
  try {
    switch (static_cast<Returns>(operands[2])) {
      case Returns::kPointer:
        return reinterpret_cast<Value>(reinterpret_cast<PosixThread>(code)(argument));
      case Returns::kInt:
        return static_cast<unsigned>(reinterpret_cast<C11Thread>(code)(argument));
      case Returns::kNothing:
        reinterpret_cast<VoidThread>(code)(argument);
    }
    return 0;
  } catch (const ThreadExit& exit) {
    return reinterpret_cast<Value>(exit.result);
  } catch (...) {
    Uncaught();
  }
}

void RunThread(const Operands& operands) {
  const ThreadStateScope scope;
  const Value result = Run(operands);
  ThreadState& thread = *Running();
  const Busy busy(thread);
  Finish(thread);
  if (result != 0) front::Store(ResultOf(runtime::Self()), result, Order::kRelaxed, Site{});
}

int Start(ThreadState& thread, Value code, void* argument, Returns returns, Site site) {
  return Spawn(thread, &RunThread, {code, reinterpret_cast<Value>(argument), static_cast<Value>(returns)}, site);
}

front::Once OnceOf(ThreadState& thread, const void* control, bool done, Site site) {
  const Value initial = done ? front::Once::Done() : front::Once::NotDone();
  return front::Once(WordAt(thread, control, WordKind::kOnce, initial, "once", site).address);
}

}  // namespace

ThreadState& MustRun(const char* function) {
  ThreadState* const thread = Running();
  if (thread != nullptr) return *thread;
  std::fprintf(stderr, "doorway: %s is called before main() or after it, which is not explored\n", function);
  std::abort();
}

front::Mutex MutexAt(ThreadState& thread, const void* address, bool recursive, Site site) {
  const Value initial = front::Mutex::Initialised({recursive, true});
  return front::Mutex(WordAt(thread, address, WordKind::kMutex, initial, "mutex", site).address);
}

front::Condition ConditionAt(ThreadState& thread, const void* address, Site site) {
  const Value initial = front::Condition::Initialised();
  return front::Condition(WordAt(thread, address, WordKind::kCondition, initial, "condition variable", site).address);
}

int Lock(front::Mutex mutex, bool shared, Way way, Site site) {
  switch (way) {
    case Way::kWait:
      return Judge(mutex.Lock(shared, site), site);
    case Way::kTry:
      return Judge(mutex.TryLock(shared, false, site), site);
    case Way::kInTime:
      return Judge(mutex.LockInTime(shared, site), site);
  }
  return 0;
}

void Unlock(front::Mutex mutex, Site site) { Judge(mutex.UnlockEither(site), site); }

bool WaitFor(front::Condition condition, front::Mutex mutex, bool in_time, Site site) {
  condition.Join(site);
  Judge(mutex.Unlock(false, site), site);
  const front::Woken woken = condition.Wait(in_time, true, site);
  Judge(mutex.Lock(false, site), site);
  return woken != front::Woken::kTimedOut;
}

int StartThread(ThreadState& thread, PosixThread code, void* argument, Site site) {
  return Start(thread, reinterpret_cast<Value>(code), argument, Returns::kPointer, site);
}
int StartThread(ThreadState& thread, C11Thread code, void* argument, Site site) {
  return Start(thread, reinterpret_cast<Value>(code), argument, Returns::kInt, site);
}
int StartThread(ThreadState& thread, VoidThread code, void* argument, Site site) {
  return Start(thread, reinterpret_cast<Value>(code), argument, Returns::kNothing, site);
}

void JoinThread(ThreadState& thread, int joined, void** result, Site site) {
  Finish(thread);
  runtime::Join(joined, site);
  if (result == nullptr) return;
  const Value value = front::Load(ResultOf(joined), Order::kRelaxed, site);
  WillWrite(thread, result, sizeof(*result), nullptr);
  *result = reinterpret_cast<void*>(value);
}

int RunMain(const std::function<int()>& code) {
  try {
    return code();
  } catch (const ThreadExit&) {
    return 0;
  } catch (...) {
    Uncaught();
  }
}

void ExitThread(ThreadState& thread, void* result) {
  Finish(thread);
  thread.busy = false;
  throw ThreadExit{result};
}

bool BeginOnce(ThreadState& thread, const void* control, std::size_t size, Site site) {
  Finish(thread);
  if (IsAlone(thread)) return BytesAt(control, size) == 0;
  return OnceOf(thread, control, InitialAt(control, size) != 0, site).Begin(site);
}

void RunOnce(ThreadState& thread, void* control, std::size_t size, void (*code)(), const void* from) {
  Site site;
  const bool alone = IsAlone(thread);
  {
    const Busy busy(thread);
    site = SiteOf(thread, from);
    if (!BeginOnce(thread, control, size, site)) return;
  }
  const auto finish = [&](bool done) {
    const Busy busy(thread);
    Finish(thread);
    if (!alone) return EndOnce(thread, control, size, done, site);
    WillWrite(thread, control, size, from);
    std::memset(control, done ? 1 : 0, size);
  };
  try {
    code();
  } catch (...) {
    finish(false);
    throw;
  }
  finish(true);
}

void EndOnce(ThreadState& thread, const void* control, std::size_t size, bool done, Site site) {
  OnceOf(thread, control, InitialAt(control, size) != 0, site).Finish(done, site);
}

}  // namespace doorway::compiled

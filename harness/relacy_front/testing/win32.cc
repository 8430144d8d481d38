#include <relacy/relacy.hpp>

#include "expect.h"

struct critical_section : rl::test_suite<critical_section, 2> {
  CRITICAL_SECTION cs;
  CONDITION_VARIABLE cv;
  rl::var<int> data;
  critical_section() : data(0) {}
  void before() {
    InitializeCriticalSection(&cs);
    InitializeConditionVariable(&cv);
  }
  void thread(unsigned index) {
    EnterCriticalSection(&cs);
    if (index == 0) {
      data($) = 1;
      WakeAllConditionVariable(&cv);
    } else {
      while (data($) == 0) SleepConditionVariableCS(&cv, &cs, INFINITE);
    }
    LeaveCriticalSection(&cs);
  }
  void after() {
    DeleteCriticalSection(&cs);
    DeleteConditionVariable(&cv);
  }
};

struct slim_lock : rl::test_suite<slim_lock, 2> {
  SRWLOCK lock;
  rl::var<int> data;
  slim_lock() : data(0) {}
  void before() { InitializeSRWLock(&lock); }
  void thread(unsigned index) {
    if (index == 0) {
      AcquireSRWLockExclusive(&lock);
      data($) = 1;
      ReleaseSRWLockExclusive(&lock);
    } else {
      AcquireSRWLockShared(&lock);
      RL_ASSERT(data($) <= 1);
      ReleaseSRWLockShared(&lock);
    }
  }
  void after() { DeleteSRWLock(&lock); }
};

template <int manual_reset>
struct event : rl::test_suite<event<manual_reset>, 2> {
  HANDLE ready;
  rl::var<int> data;
  event() : data(0) {}
  void before() { ready = CreateEvent(0, manual_reset, 0, 0); }
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      SetEvent(ready);
    } else {
      RL_ASSERT(WaitForSingleObject(ready, INFINITE) == WAIT_OBJECT_0);
      RL_ASSERT(data($) == 1);
      RL_ASSERT(WaitForSingleObject(ready, 0) == (manual_reset ? WAIT_OBJECT_0 : WAIT_TIMEOUT));
    }
  }
  void after() { CloseHandle(ready); }
};

struct one_for_two : rl::test_suite<one_for_two, 3, rl::test_result_deadlock> {
  HANDLE ready;
  void before() { ready = CreateEvent(0, 0, 0, 0); }
  void thread(unsigned index) {
    if (index == 0) {
      SetEvent(ready);
    } else {
      WaitForSingleObject(ready, INFINITE);
    }
  }
  void after() { CloseHandle(ready); }
};

struct counted : rl::test_suite<counted, 2> {
  HANDLE items;
  HANDLE mutex;
  rl::var<int> taken;
  counted() : taken(0) {}
  void before() {
    items = CreateSemaphore(0, 1, 2, 0);
    mutex = CreateMutex(0, 0, 0);
  }
  void thread(unsigned index) {
    if (index == 0) {
      long before = -1;
      RL_ASSERT(ReleaseSemaphore(items, 1, &before) == 1 && (before == 1 || before == 0));
    } else {
      WaitForSingleObject(items, INFINITE);
      WaitForSingleObject(items, INFINITE);
      RL_ASSERT(WaitForSingleObject(items, 0) == WAIT_TIMEOUT);
    }
    WaitForSingleObject(mutex, INFINITE);
    taken($) += 1;
    ReleaseMutex(mutex);
  }
  void after() {
    RL_ASSERT(taken($) == 2);
    CloseHandle(items);
    CloseHandle(mutex);
  }
};

struct any_of_two : rl::test_suite<any_of_two, 3> {
  HANDLE events[2];
  void before() {
    events[0] = CreateEvent(0, 0, 0, 0);
    events[1] = CreateEvent(0, 0, 0, 0);
  }
  void thread(unsigned index) {
    if (index < 2) {
      SetEvent(events[index]);
    } else {
      unsigned long const first = WaitForMultipleObjects(2, events, 0, INFINITE);
      unsigned long const second = WaitForMultipleObjects(2, events, 0, INFINITE);
      RL_ASSERT(first + second == 2 * WAIT_OBJECT_0 + 1);
    }
  }
  void after() {
    CloseHandle(events[0]);
    CloseHandle(events[1]);
  }
};

unsigned long RL_STDCALL increments(void* arg) {
  static_cast<rl::atomic<int>*>(arg)->fetch_add(1, rl::memory_order_relaxed);
  return 0;
}

struct starts_thread : rl::test_suite<starts_thread, 1> {
  static rl::thread_id_t const dynamic_thread_count = 1;
  rl::atomic<int> x;
  starts_thread() : x(0) {}
  void thread(unsigned) {
    unsigned long slot = TlsAlloc();
    TlsSetValue(slot, this);
    HANDLE other = CreateThread(0, 0, &increments, &x, 0, 0);
    WaitForSingleObject(other, INFINITE);
    RL_ASSERT(x($) == 1);
    RL_ASSERT(TlsGetValue(slot) == this);
    TlsFree(slot);
  }
};

int main() {
  return run_tests<critical_section, slim_lock, event<0>, event<1>, one_for_two, counted, any_of_two, starts_thread>();
}

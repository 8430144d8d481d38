#include "harness/front/futex.h"

#include "harness/behaviour/runtime.h"
#include "harness/front/condition.h"

namespace doorway::front {
namespace {

Condition QueueAt(const void* address, Site site) {
  runtime::Object queue;
  queue.address = address;
  queue.width = 8;
  queue.initial = Condition::Initialised();
  queue.name = "futex queue";
  queue.site = site;
  runtime::Declare(queue);
  return Condition(address);
}

}  // namespace

// A waiter joins the queue before it compares. A waker that has changed the value finds it there, or was early enough
// for the comparison to fail: the updates of the queue synchronize by the fences. So do a wake and the return of the
// wait that it ends.
FutexResult FutexWait(Object word, const void* queue, Value expected, bool in_time, Site site) {
  Condition waiters = QueueAt(queue, site);
  waiters.Join(site);
  Fence(Order::kSeqCst, site);
  if (Load(word, Order::kAcquire, site) != expected) {
    waiters.Leave(site);
    return FutexResult::kChanged;
  }
  switch (waiters.Wait(in_time, true, site)) {
    case Woken::kSpuriously:
      return FutexResult::kInterrupted;
    case Woken::kTimedOut:
      return FutexResult::kTimedOut;
    case Woken::kNotified:
      break;
  }
  Fence(Order::kAcquire, site);
  return FutexResult::kWoken;
}

int FutexWake(const void* queue, unsigned n, Site site) {
  Fence(Order::kSeqCst, site);
  return QueueAt(queue, site).Notify(n, site);
}

}  // namespace doorway::front

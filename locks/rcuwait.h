#pragma once

#include <atomic>

#include "harness/sync/operands.h"

// One thread that waits for a condition, and others that may bring it: a place for the one that waits, without a queue
// and without a lock. The condition is the caller's.
//
//   wait.prepare();                             condition = true (relaxed will do);
//   for (;;) {                                  wait.wake();
//     wait.start_sleep();
//     if (condition) break;
//     wait.sleep();
//   }
//   wait.finish();
//
// Contract: one thread at a time waits. Any number of threads wake.
// Fairness: there is nobody to be fair to. A wake-up is not lost: either the waker finds the waiter asleep, or the
// waiter, about to sleep, finds the condition true.
// Cost: a fence and a load to wake nobody. Space: a pointer; the state of the thread is its own.
//
// Source: Linux, kernel/exit.c (rcuwait_wake_up) and include/linux/rcuwait.h. What keeps the waiter's memory while it
// is being woken, RCU, has no part here.

namespace doorway {

template <class Sync>
class RcuWait {
 public:
  // Memory ordering: relaxed, the place: the fence of start_sleep orders it before the test.
  void prepare() { waiter_.store(true, std::memory_order_relaxed); }
  // Memory ordering: relaxed, the state; seq_cst, the fence, before the test of the condition: pairs with wake's, after
  // the change: one of the two sees the other.
  void start_sleep() {
    fall_asleep();
    Sync::fence(std::memory_order_seq_cst);
  }
  // Memory ordering: relaxed; the fence of the next start_sleep orders what comes after it.
  void sleep() { asleep_.await(IsAwake{}, unseen, with(), std::memory_order_relaxed); }
  // Memory ordering: relaxed, both; nothing is published.
  void finish() {
    asleep_.store(false, std::memory_order_relaxed);
    waiter_.store(false, std::memory_order_relaxed);
  }

  // Memory ordering: seq_cst, the fence, as above; relaxed, the waking: it comes after that fence, so that who
  // is woken, and fences in its turn, sees what the waker did.
  void wake() {
    Sync::fence(std::memory_order_seq_cst);
    wake_if_there();
  }

 protected:
  void fall_asleep() { asleep_.store(true, std::memory_order_relaxed); }
  void wake_if_there() {
    if (waiter_.load(std::memory_order_relaxed)) asleep_.exchange(false, unseen, std::memory_order_relaxed);
  }

  struct IsAwake {
    constexpr bool operator()(bool asleep) const { return !asleep; }
  };

  typename Sync::template Atomic<bool> waiter_{false, "waiter"};
  typename Sync::template Atomic<bool> asleep_{false, "asleep"};
};

}  // namespace doorway

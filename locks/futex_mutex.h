#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/mutex.h"
#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "harness/sync/wait_queue.h"

// A mutex of three values, which sleeps in the kernel when it has to: 0 free, 1 held, 2 held and perhaps waited for.
// Uncontended, neither lock nor unlock calls the kernel.
//
// Contract: at most one owner; not reentrant; at most ten threads sleep.
// Fairness: none. Whoever finds it free takes it; a thread that is woken may find it taken again, for ever.
// Cost: one compare-exchange to lock, one exchange to unlock, if nobody waits. Space: a word; what sleeps is the
// kernel's.
//
// Source: Drepper, "Futexes are tricky", 2011, the mutex of section "mutex, take 2"; Franke, Russell and Kirkwood,
// "Fuss, futexes and furwocks", OLS 2002.

namespace doorway {

// What the kernel keeps for one word: sleepers, under the lock of their bucket.
template <class Sync>
class Futex {
 public:
  // Sleeps, if `word` is `expected`. Who changes the word and then wakes is not missed: it takes the bucket's lock
  // before, and the look at the word sees the change, or after, and finds the sleeper.
  // Memory ordering: relaxed, the look; the bucket's lock orders it.
  void wait(typename Sync::template Atomic<std::uint32_t>& word, std::uint32_t expected) {
    bucket_.lock();
    if (word.load(std::memory_order_relaxed) != expected) {
      bucket_.unlock();
      return;
    }
    sleepers_.prepare_to_wait();
    bucket_.unlock();
    sleepers_.sleep();
  }
  // Sleeps whatever the word is: the mistake that the first argument of wait is there for.
  void wait_unconditionally() {
    bucket_.lock();
    sleepers_.prepare_to_wait();
    bucket_.unlock();
    sleepers_.sleep();
  }

  // Wakes the one that has slept longest.
  void wake_one() {
    bucket_.lock();
    sleepers_.wake_one();
    bucket_.unlock();
  }

 private:
  Mutex<Sync> bucket_{"bucket"};
  WaitQueue<Sync> sleepers_{"sleepers"};
};

template <class Sync>
class FutexMutex {
 public:
  // Waits until this thread is the owner.
  // Memory ordering: acquire, the steps that may take it: they pair with unlock's release.
  void lock() {
    if (take_uncontended()) return;
    while (!take_contended()) futex_.wait(word_, kContended);
  }

  // Memory ordering: release; pairs with lock's acquires. Whoever looks at the word before it sleeps sees this one or a
  // later value, by the bucket's lock.
  void unlock() {
    if (release() == kContended) futex_.wake_one();
  }

 protected:
  static constexpr std::uint32_t kFree = 0, kHeld = 1, kContended = 2;

  bool take_uncontended() {
    std::uint32_t free = kFree;
    const bool taken = word_.compare_exchange_strong(free, kHeld, std::memory_order_acquire, std::memory_order_relaxed);
    Sync::tag(notes::kDoorway, Sync::self());
    if (taken) Sync::tag(notes::kAdmit, Sync::self());
    return taken;
  }
  // Who has waited takes it as contended: others may still sleep.
  bool take_contended() {
    const bool taken = word_.exchange(kContended, std::memory_order_acquire) == kFree;
    if (taken) Sync::tag(notes::kAdmit, Sync::self());
    return taken;
  }
  std::uint32_t release(std::memory_order order = std::memory_order_release) { return word_.exchange(kFree, order); }

  typename Sync::template Atomic<std::uint32_t> word_{kFree, "word"};
  Futex<Sync> futex_;
};

}  // namespace doorway

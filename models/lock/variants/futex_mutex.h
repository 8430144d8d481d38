#pragma once

#include <atomic>

#include "locks/futex_mutex.h"

// Futex mutexes with one thing wrong.

namespace doorway::lock {

// Sleeps without asking whether the word still says that it must: an unlock in between is missed.
template <class Sync>
class FutexWaitsUnconditionally : public FutexMutex<Sync> {
 public:
  void lock() {
    if (this->take_uncontended()) return;
    while (!this->take_contended()) this->futex_.wait_unconditionally();
  }
};

// A thread that was woken takes the mutex as one that nobody waits for: those that still sleep are forgotten.
template <class Sync>
class FutexForgetsSleepers : public FutexMutex<Sync> {
  using Base = FutexMutex<Sync>;

 public:
  void lock() {
    if (this->take_uncontended()) return;
    while (!this->take_contended()) {
      this->futex_.wait(this->word_, Base::kContended);
      std::uint32_t free = Base::kFree;
      if (this->word_.compare_exchange_strong(free, Base::kHeld, std::memory_order_acquire,
                                              std::memory_order_relaxed)) {
        Sync::tag(notes::kAdmit, Sync::self());
        return;
      }
    }
  }
};

// Wakes before it lets go: the sleeper finds it held, and sleeps again.
template <class Sync>
class FutexWakesFirst : public FutexMutex<Sync> {
  using Base = FutexMutex<Sync>;

 public:
  void unlock() {
    if (this->word_.load(std::memory_order_relaxed) == Base::kContended) this->futex_.wake_one();
    this->release();
  }
};

template <class Sync>
class FutexRelaxedUnlock : public FutexMutex<Sync> {
  using Base = FutexMutex<Sync>;

 public:
  void unlock() {
    if (this->release(std::memory_order_relaxed) == Base::kContended) this->futex_.wake_one();
  }
};

}  // namespace doorway::lock

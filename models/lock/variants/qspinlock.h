#pragma once

#include <atomic>
#include <cstdint>

#include "locks/qspinlock.h"

// Queued spinlocks with one thing wrong.

namespace doorway::lock {

// The pending thread gives up its bit and then takes the lock: in between the word looks free.
template <class Sync>
class QSpinHandOverInTwoSteps : public QSpinLock<Sync> {
  using Base = QSpinLock<Sync>;

 public:
  void lock(int cpu) {
    if (this->take_free()) return;
    const std::uint32_t old = this->word_.fetch_or(Base::kPending, std::memory_order_relaxed);
    if ((old & ~Base::kLocked) != 0) {
      if ((old & Base::kPending) == 0) this->word_.fetch_and(~Base::kPending, std::memory_order_relaxed);
      return this->queue(cpu);
    }
    Sync::tag(notes::kDoorway, Sync::self());
    this->word_.await(typename Base::IsUnlocked{}, unseen, with(), std::memory_order_acquire);
    this->word_.fetch_and(~Base::kPending, std::memory_order_relaxed);
    this->word_.fetch_or(Base::kLocked, std::memory_order_relaxed);
    Sync::tag(notes::kAdmit, Sync::self());
  }
};

// A thread that came upon a queue leaves its pending bit behind: nobody becomes the owner any more.
template <class Sync>
class QSpinLeavesPending : public QSpinLock<Sync> {
  using Base = QSpinLock<Sync>;

 public:
  void lock(int cpu) {
    if (this->take_free()) return;
    const std::uint32_t old = this->word_.fetch_or(Base::kPending, std::memory_order_relaxed);
    if ((old & ~Base::kLocked) != 0) return this->queue(cpu);
    Sync::tag(notes::kDoorway, Sync::self());
    this->word_.await(typename Base::IsUnlocked{}, unseen, with(), std::memory_order_acquire);
    this->take_over();
  }
};

// The pending thread's look at the owner's bit is no acquire.
template <class Sync>
class QSpinRelaxedPending : public QSpinLock<Sync> {
  using Base = QSpinLock<Sync>;

 public:
  void lock(int cpu) {
    if (this->take_free()) return;
    const std::uint32_t old = this->word_.fetch_or(Base::kPending, std::memory_order_relaxed);
    if ((old & ~Base::kLocked) != 0) {
      if ((old & Base::kPending) == 0) this->word_.fetch_and(~Base::kPending, std::memory_order_relaxed);
      return this->queue(cpu);
    }
    Sync::tag(notes::kDoorway, Sync::self());
    this->word_.await(typename Base::IsUnlocked{}, unseen, with(), std::memory_order_relaxed);
    this->take_over();
  }
};

}  // namespace doorway::lock

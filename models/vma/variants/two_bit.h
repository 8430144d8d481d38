#pragma once

#include <atomic>

#include "locks/vma_two_bit_lock.h"

// The two-bit lock with one thing wrong.

namespace doorway::vma {

// The last reader does not wake the writer.
template <class Sync>
class TwoBitNoWake : public VmaTwoBitLock<Sync> {
 public:
  using VmaTwoBitLock<Sync>::VmaTwoBitLock;
  void end_read() { this->leave(); }
};

// The writer looks at the word and then stores into it: a reader that comes in between is not seen.
template <class Sync>
class TwoBitLoadThenStore : public VmaTwoBitLock<Sync> {
  using Base = VmaTwoBitLock<Sync>;

 public:
  using Base::Base;
  void start_write() {
    const std::uint32_t old = this->word_.load(std::memory_order_acquire);
    this->word_.store(typename Base::LockOrAnnounce{}(old), std::memory_order_relaxed);
    if (old != 0) this->await_readers_gone();
    this->sequence_.set(this->mm_);
    this->word_.store(0, std::memory_order_release);
  }
};

// A reader counts itself first, and takes itself out again if it finds a writer's bit: the writer's store of 0 may come
// in between.
template <class Sync>
class TwoBitCountFirst : public VmaTwoBitLock<Sync> {
  using Base = VmaTwoBitLock<Sync>;

 public:
  using Base::Base;
  bool try_read() {
    const std::uint32_t old = this->word_.fetch_add(1, std::memory_order_acquire);
    if (old < Base::kMostReaders && !this->sequence_.is_locked(this->mm_)) return true;
    this->end_read();
    return false;
  }
};

}  // namespace doorway::vma

#pragma once

#include <atomic>
#include <cstdint>

#include "locks/vma_subtract_lock.h"

// The lock that is entered by subtraction, with one thing wrong or different.

namespace doorway::vma {

// The writer sets the word free instead of adding: readers that are about to put back then make it more than free.
template <class Sync>
class SubtractSetFree : public VmaSubtractLock<Sync> {
 public:
  using VmaSubtractLock<Sync>::VmaSubtractLock;
  void start_write() {
    if (this->add(this->free_, std::memory_order_acquire) != 0) this->await_readers_gone();
    this->sequence_.set(this->mm_);
    this->word_.store(this->free_, std::memory_order_release);
  }
};

// Readers take what they left for an unsigned number: it is positive also while the writer is in.
template <class Sync>
class SubtractUnsigned : public VmaSubtractLock<Sync> {
 public:
  using VmaSubtractLock<Sync>::VmaSubtractLock;
  bool try_read() {
    if (this->add(this->mask_, std::memory_order_acquire) > 0 && !this->sequence_.is_locked(this->mm_)) return true;
    this->end_read();
    return false;
  }
};

// A refused reader puts back without looking whether it is the one that the writer waits for.
template <class Sync>
class SubtractSilentUndo : public VmaSubtractLock<Sync> {
 public:
  using VmaSubtractLock<Sync>::VmaSubtractLock;
  bool try_read() {
    if (!this->is_positive(this->add(this->mask_, std::memory_order_acquire))) {
      this->put_back();
      return false;
    }
    if (!this->sequence_.is_locked(this->mm_)) return true;
    this->end_read();
    return false;
  }
};

// Whether to wake is decided by another look at the word, after the addition.
template <class Sync>
class SubtractReread : public VmaSubtractLock<Sync> {
 public:
  using VmaSubtractLock<Sync>::VmaSubtractLock;
  bool try_read() {
    if (this->is_positive(this->add(this->mask_, std::memory_order_acquire)) && !this->sequence_.is_locked(this->mm_)) {
      return true;
    }
    end_read();
    return false;
  }
  void end_read() {
    this->put_back();
    if (this->word_.load(std::memory_order_relaxed) == 0) this->mm_.writer_wait().wake_all();
  }
};

}  // namespace doorway::vma

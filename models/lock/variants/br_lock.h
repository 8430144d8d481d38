#pragma once

#include "locks/br_lock.h"

// Big-reader locks with one thing wrong.

namespace doorway::lock {

// Writers begin with their own CPU's lock: two of them may wait for each other.
template <class Sync>
class BrOwnFirst : public BrLock<Sync> {
 public:
  void write_lock(int me) {
    this->locks_[me % 2].lock();
    this->locks_[1 - me % 2].lock();
  }
  void write_unlock(int /*me*/) { BrLock<Sync>::write_unlock(); }
};

// A writer leaves out a CPU.
template <class Sync>
class BrLeavesOutOne : public BrLock<Sync> {
 public:
  void write_lock() { this->locks_[0].lock(); }
  void write_unlock() { this->locks_[0].unlock(); }
};

}  // namespace doorway::lock

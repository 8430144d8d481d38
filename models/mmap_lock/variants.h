#pragma once

#include <cstdint>

#include "harness/sync/rw_sem.h"
#include "locks/linux_rw_sem.h"
#include "locks/watched_lock.h"

// The watched mmap_lock over several semaphores, and with its watch broken.

namespace doorway::mmap_lock {

template <class Sync>
using OverFair = WatchedRwSem<Sync, FairRwSem<Sync>>;
template <class Sync>
using OverReadPreferring = WatchedRwSem<Sync, ReadPreferringRwSem<Sync>>;
template <class Sync>
using OverLinux = WatchedRwSem<Sync, LinuxRwSem<Sync>>;

// A flag for each thread, instead of a count for each thread and lock.
template <class Sync>
class FlagHeld : public HeldLocks<Sync> {
 public:
  using Kind = typename HeldLocks<Sync>::Kind;
  void take(Kind /*kind*/, int /*lock*/) { this->mine().set(1); }
  void give(Kind /*kind*/, int /*lock*/) { this->mine().set(0); }
};
template <class Sync>
using Flag = WatchedRwSem<Sync, FairRwSem<Sync>, FlagHeld<Sync>>;

// A fault that says RETRY drops the lock, and not the record of it.
template <class Sync>
class RetryKeepsRecord : public OverFair<Sync> {
 public:
  using OverFair<Sync>::OverFair;
  void drop_for_retry() { this->inner().up_read(); }
};

// Who leaves a lock to another to let go keeps the record of it.
template <class Sync>
class HandsOverSilently : public OverFair<Sync> {
 public:
  using OverFair<Sync>::OverFair;
  void hand_over() {}
};

// A downgrade counts as an end.
template <class Sync>
class DowngradeIsAnEnd : public OverFair<Sync> {
  using Kind = typename HeldLocks<Sync>::Kind;

 public:
  DowngradeIsAnEnd(HeldLocks<Sync>& held, int index) : OverFair<Sync>(held, index), held_(held), index_(index) {}
  void downgrade() {
    held_.give(Kind::kSleeping, index_);
    OverFair<Sync>::downgrade();
  }
  void up_read() { this->inner().up_read(); }

 private:
  HeldLocks<Sync>& held_;
  const int index_;
};

}  // namespace doorway::mmap_lock

#pragma once

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A big-reader lock: a lock a CPU. A reader takes its own CPU's, so that readers share nothing; a writer takes all,
// always in the same order.
//
// Contract: many readers, one a CPU, or one writer. Not reentrant. CPUs 0 to kCpus - 1.
// Fairness: that of the locks, here first come, first served: who has called gets in.
// Cost: a reader one update to lock and one to unlock, of a word that no other reader touches; a writer one a CPU.
// Space: a lock a CPU.
//
// Memory ordering: that of the locks. A writer holds each reader's lock, and so comes after all readers before it, and
// before all after it; the first lock is common to all writers.
//
// Source: Linux 2.4 to 3.x, include/linux/brlock.h and lglock.h.

namespace doorway {

template <class Sync, int kCpus>
class BasicBrLock {
 public:
  void read_lock(int cpu) { locks_[cpu].lock(); }
  void read_unlock(int cpu) { locks_[cpu].unlock(); }

  void write_lock() {
    for (int cpu = 0; cpu < kCpus; ++cpu) locks_[cpu].lock();
  }
  void write_unlock() {
    for (int cpu = 0; cpu < kCpus; ++cpu) locks_[cpu].unlock();
  }

 protected:
  FifoMutex<Sync> locks_[kCpus];
};

template <class Sync>
using BrLock = BasicBrLock<Sync, 2>;

}  // namespace doorway

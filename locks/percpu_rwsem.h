#pragma once

#include <atomic>

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "locks/grace_period.h"

// A reader-writer semaphore for readers that must cost nothing: as long as no writer is about, a reader counts itself
// on its own CPU, without a barrier. A writer first sends readers the slow way, on which they look for it after a
// barrier, waits a grace period for those that were on the quick way, shuts the door, and waits for the counts to go.
//
// Contract: many readers, one a CPU, or one writer. Not reentrant. CPUs 0 to kCpus - 1; a reader leaves on the CPU on
// which it came (in a kernel it may move, and the sum of the counts decides).
// Fairness: writers are served in the order of their arrival. Readers wait while the door is shut; when it is opened
// the writers that wait may shut it again before they look, so they have no bound. Doorway of a writer: the shutting
// of the door; no reader overtakes it from then on.
// Cost: a reader two updates of its own CPU's words at the most, if no writer is about; a writer two grace periods.
// Space: three words, and one a CPU.
//
// The acquire at the end of a grace period is not needed here, since the fence of write_lock follows it; it is the
// grace period's own.
//
// Source: Linux, kernel/locking/percpu-rwsem.c and kernel/rcu/sync.c. There the second grace period is waited for in
// the background.

namespace doorway {

template <class Sync>
class PerCpuRwSem {
 public:
  static constexpr int kCpus = 2;

  // Memory ordering: relaxed, on the quick way: the grace periods order it, before the first look at the counts or
  // after the end of the writer before. On the slow way the seq_cst fence between counting and looking at the door
  // pairs with the writer's, between the door and the counts: one of the two sees the other. Acquire, the look that
  // finds the door open; pairs with write_unlock's release.
  void read_lock(int cpu) {
    rcu_.enter(cpu);
    bool in = true;
    if (slow_.load(std::memory_order_relaxed)) {
      in = try_slowly(cpu);
    } else {
      counts_[cpu].fetch_add(1, std::memory_order_relaxed);
    }
    rcu_.leave(cpu);
    while (!in) {
      shut_.await(IsOpen{}, unseen, with(), std::memory_order_relaxed);
      in = try_slowly(cpu);
    }
  }

  // Memory ordering: relaxed, on the quick way, as above. Release, on the slow way: pairs with the writer's acquire.
  void read_unlock(int cpu) {
    rcu_.enter(cpu);
    const bool slow = slow_.load(std::memory_order_relaxed);
    counts_[cpu].fetch_sub(1, slow ? std::memory_order_release : std::memory_order_relaxed);
    rcu_.leave(cpu);
  }

  // Memory ordering: relaxed, the two flags: the grace period orders the first, and the fence the second. Acquire, the
  // looks at the counts; pair with the release of readers that leave on the slow way.
  void write_lock() {
    writers_.lock();
    send_readers_slowly();
    rcu_.wait();
    shut();
    Sync::fence(std::memory_order_seq_cst);
    await_readers(std::memory_order_acquire);
  }

  // Memory ordering: release, the door; pairs with the look that finds it open. Relaxed, the way: readers that find it
  // quick have begun after the grace period, and see what was before it.
  void write_unlock() {
    shut_.store(false, std::memory_order_release);
    rcu_.wait();
    slow_.store(false, std::memory_order_relaxed);
    writers_.unlock();
  }

 protected:
  bool try_slowly(int cpu) {
    counts_[cpu].fetch_add(1, std::memory_order_relaxed);
    Sync::fence(std::memory_order_seq_cst);
    if (is_open()) return true;
    // Relaxed: this thread has read nothing, and an update keeps others' release sequences going.
    counts_[cpu].fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  bool is_open() const { return !shut_.load(std::memory_order_acquire); }
  void send_readers_slowly() { slow_.store(true, std::memory_order_relaxed); }
  void shut() { shut_.store(true, std::memory_order_relaxed); }
  void await_readers(std::memory_order order) {
    for (int cpu = 0; cpu < kCpus; ++cpu) counts_[cpu].await(IsZero{}, unseen, with(), order);
  }

  struct IsOpen {
    constexpr bool operator()(bool shut) const { return !shut; }
  };
  struct IsZero {
    constexpr bool operator()(int count) const { return count == 0; }
  };

  GracePeriod<Sync> rcu_;
  FifoMutex<Sync> writers_{"writers"};
  typename Sync::template Atomic<bool> slow_{false, "slow"};
  typename Sync::template Atomic<bool> shut_{false, "shut"};
  typename Sync::template Atomic<int> counts_[kCpus];
};

}  // namespace doorway

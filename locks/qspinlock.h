#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A spinlock of 32 bits that queues: the owner's bit, a bit for one thread that is next (pending), and behind them the
// tail of an MCS queue, as a CPU's number. Two threads need no node; the third and all later ones queue.
//
//   bits 0-7 locked, bit 8 pending, bits 16-31 the tail: 1 + CPU of the last in the queue, or 0
//
// Contract: at most one owner; not reentrant; one lock() a CPU at a time (a kernel has four nodes a CPU, for the
// contexts that nest). CPUs 0 to kCpus - 1.
// Fairness: first come, first served. The doorway is the step that takes the free lock, sets pending, or exchanges the
// tail; it comes after a bounded number of own steps.
// Cost: one compare-exchange to lock a free lock, one update to unlock. Space: 32 bits a lock, a node a CPU.
// Left out: a thread that finds the pending one about to take over waits a little for that in a kernel; here it queues.
// Kernels store to the locked byte alone; here that is an update of the word.
//
// Source: Linux, kernel/locking/qspinlock.c; Mellor-Crummey and Scott, TOCS 9 (1), 1991, for the queue.

namespace doorway {

template <class Sync>
class QSpinLock {
 public:
  static constexpr int kCpus = 4;

  // Waits until CPU `cpu` is the owner.
  // Memory ordering: acquire, each step that admits or finds the lock free: they pair with unlock's release. The word
  // changes by updates alone, so each release heads a sequence that later ones read from.
  void lock(int cpu) {
    if (take_free()) return;
    const std::uint32_t old = word_.fetch_or(kPending, std::memory_order_relaxed);
    if ((old & ~kLocked) != 0) {  // somebody is pending or queues
      if ((old & kPending) == 0) word_.fetch_and(~kPending, std::memory_order_relaxed);
      return queue(cpu);
    }
    Sync::tag(notes::kDoorway, Sync::self());
    word_.await(IsUnlocked{}, unseen, with(), std::memory_order_acquire);
    take_over();
  }

  // Memory ordering: release; pairs with the acquires of lock.
  void unlock() { word_.fetch_sub(kLocked, std::memory_order_release); }
  void unlock(int /*cpu*/) { unlock(); }

 protected:
  static constexpr std::uint32_t kLocked = 1;
  static constexpr std::uint32_t kPending = 1 << 8;
  static constexpr int kTailAt = 16;
  static constexpr std::uint32_t kTail = 0xffff0000;

  struct CpuNode {
    typename Sync::template Atomic<int> next{0, "node.next"};  // 1 + CPU
    typename Sync::template Atomic<bool> granted{false, "node.granted"};
  };

  static std::uint32_t TailOf(int cpu) { return static_cast<std::uint32_t>(cpu + 1) << kTailAt; }

  bool take_free() {
    std::uint32_t free = 0;
    if (!word_.compare_exchange_strong(free, kLocked, std::memory_order_acquire, std::memory_order_relaxed))
      return false;
    Sync::tag(notes::kDoorway, Sync::self());
    Sync::tag(notes::kAdmit, Sync::self());
    return true;
  }

  // The pending thread becomes the owner, in one step: the word never looks free in between.
  // Memory ordering: relaxed; the look that found the lock free is the acquire.
  void take_over() {
    word_.fetch_add(kLocked - kPending, std::memory_order_relaxed);
    Sync::tag(notes::kAdmit, Sync::self());
  }

  // Memory ordering: acq_rel, the exchange: it publishes the node, and its acquire is that of the link to come to the
  // node before, which must be as made. Release, link and grant; acquire, the waits for them: a grant passes on what
  // the head of the queue has seen. Relaxed, the steps that take the lock for the head: only the head does, after its
  // acquire.
  void queue(int cpu) {
    prepare(cpu);
    const std::uint32_t old = word_.update(SetTail{}, TailIn{}, with(TailOf(cpu)), std::memory_order_acq_rel);
    Sync::tag(notes::kDoorway, Sync::self());
    if (old != 0) {
      nodes_[static_cast<int>(old >> kTailAt) - 1].next.store(cpu + 1, std::memory_order_release);
      nodes_[cpu].granted.await(IsSet{}, unseen, with(), std::memory_order_acquire);
    }
    head(cpu);
  }
  void prepare(int cpu) {
    nodes_[cpu].next.store(0, std::memory_order_relaxed);
    nodes_[cpu].granted.store(false, std::memory_order_relaxed);
  }
  void head(int cpu) {
    word_.await(IsForHead{}, unseen, with(), std::memory_order_acquire);
    // Nobody but the head takes the lock while there is a tail. The last in the queue takes the tail with it.
    const bool last = word_.update(TakeAsHead{}, IsLast{}, with(TailOf(cpu)), std::memory_order_relaxed);
    Sync::tag(notes::kAdmit, Sync::self());
    if (last) return;
    const int next = nodes_[cpu].next.await(IsLinked{}, with(), std::memory_order_acquire);
    grant(next - 1, std::memory_order_release);
  }
  void grant(int cpu, std::memory_order order) { nodes_[cpu].granted.store(true, order); }

  struct IsUnlocked {
    constexpr bool operator()(std::uint32_t word) const { return (word & kLocked) == 0; }
  };
  struct IsForHead {
    constexpr bool operator()(std::uint32_t word) const { return (word & (kLocked | kPending)) == 0; }
  };
  struct SetTail {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t tail) const { return (word & ~kTail) | tail; }
  };
  struct TailIn {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t /*tail*/) const { return word & kTail; }
  };
  struct IsLast {
    constexpr bool operator()(std::uint32_t word, std::uint32_t mine) const { return (word & kTail) == mine; }
  };
  struct TakeAsHead {  // pending may be set meanwhile, by one that will clear it and queue
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t mine) const {
      return (word & kTail) == mine ? (word & ~kTail) | kLocked : word | kLocked;
    }
  };
  struct IsLinked {
    constexpr bool operator()(int next) const { return next != 0; }
  };
  struct IsSet {
    constexpr bool operator()(bool granted) const { return granted; }
  };

  typename Sync::template Atomic<std::uint32_t> word_{0, "word"};
  CpuNode nodes_[kCpus];
};

}  // namespace doorway

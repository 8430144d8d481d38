#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A reader-writer spinlock in one word, as Linux had it on x86 until queued locks: the word is a bias; a reader takes 1
// off it, a writer takes all. Whoever comes at the wrong time finds that in what was there, and puts back what it took.
//
// Contract: many readers or one writer. Fewer readers at a time than the bias. Not reentrant for writers.
// Fairness: none; readers come in as long as no writer is inside, so that two of them keep a writer out for ever. Who
// has been refused waits until it can take the lock in one step. (Linux subtracted again after having seen the lock
// free: then two that refuse each other may do so without end.)
//
// Source: Linux 2.6, arch/x86/include/asm/rwlock.h and lib/rwlock.S; the same word is a benchmark of CDSChecker, Norris
// and Demsky, "CDSchecker: checking concurrent data structures written with C/C++ atomics", OOPSLA 2013.

namespace doorway {

template <class Sync>
class LinuxRwLock {
 public:
  static constexpr std::int32_t kBias = 0x100000;

  explicit LinuxRwLock(std::int32_t bias = kBias) : bias_(bias), word_(bias, "rwlock") {}

  // Memory ordering: acquire; pairs with write_unlock's release (a reader), and with both unlocks' (a writer). Every
  // change of the word is an update, so each release heads a sequence that any later acquire reads from. Relaxed, what
  // is put back: nothing was done in between.
  void read_lock() { Lock(1); }
  void write_lock() { Lock(bias_); }

  // Memory ordering: release; pairs with write_lock's acquire.
  void read_unlock() { Unlock(1, std::memory_order_release); }
  // Memory ordering: release; pairs with the acquire of both.
  void write_unlock() { Unlock(bias_, std::memory_order_release); }

 protected:
  // What a reader (1) or a writer (all) takes is there: so that nothing below 0 is left.
  struct Suffices {
    constexpr bool operator()(std::int32_t word, std::int32_t taken) const { return word >= taken; }
  };
  struct Take {
    constexpr std::int32_t operator()(std::int32_t word, std::int32_t taken) const { return word - taken; }
  };

  void Lock(std::int32_t taken, std::memory_order order = std::memory_order_acquire) {
    const bool done = word_.update(Take{}, Suffices{}, with(taken), order);
    Sync::tag(notes::kDoorway, Sync::self());
    if (!done) {
      word_.fetch_add(taken, std::memory_order_relaxed);
      word_.await_update(Suffices{}, Take{}, with(taken), order);
    }
    Sync::tag(notes::kAdmit, Sync::self());
  }

  void Unlock(std::int32_t taken, std::memory_order order) { word_.fetch_add(taken, order); }

  const std::int32_t bias_;
  typename Sync::template Atomic<std::int32_t> word_;
};

}  // namespace doorway

#pragma once

#include <atomic>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A mutex for two threads from loads and stores alone: each says that it is interested, and lets the other one go
// first.
//
// Contract: at most one owner. Two threads, 0 and 1, which pass their number. Not reentrant.
// Fairness: a thread that has crossed its doorway, the store that lets the other go first, is not overtaken: who comes
// later lets it go first.
//
// Source: Peterson, "Myths about the mutual exclusion problem", Information Processing Letters 12 (3), 1981.

namespace doorway {

template <class Sync>
class PetersonLock {
 public:
  // Waits until thread `me` is the owner.
  // Memory ordering: seq_cst, the two stores and the look at the other's interest: they are one side of a
  // store-buffering pair, whose other side is the same steps of the other thread. At least one of the two sees the
  // other. Acquire, the look at the turn: it pairs with the other's store of it, and what the other did inside before
  // that is seen, though the interest that was read may be an older one.
  void lock(int me) {
    announce(me);
    give_way(me);
    await_turn(me);
  }

  // Memory ordering: release; pairs with the look at the interest.
  void unlock(int me) { interested_[me].store(false, std::memory_order_release); }

 protected:
  void announce(int me, std::memory_order order = std::memory_order_seq_cst) { interested_[me].store(true, order); }

  void give_way(int me, std::memory_order order = std::memory_order_seq_cst) {
    turn_.store(1 - me, order);
    Sync::tag(notes::kDoorway, me);
  }

  void await_turn(int me) {
    Sync::spin([this, me] {
      return interested_[1 - me].load(std::memory_order_seq_cst) && turn_.load(std::memory_order_acquire) != me;
    });
    Sync::tag(notes::kAdmit, me);
  }

  typename Sync::template Atomic<bool> interested_[2] = {
      typename Sync::template Atomic<bool>(false, ObjectName("interested", 0)),
      typename Sync::template Atomic<bool>(false, ObjectName("interested", 1))};
  typename Sync::template Atomic<int> turn_{0, "turn"};
};

}  // namespace doorway

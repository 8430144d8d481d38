#pragma once

#include <atomic>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A mutex: one word, which a thread takes when it finds it free. Put your own lock in its place, and say here what it
// is.
//
// Contract: at most one owner. Not reentrant.
// Fairness: none. Whoever sees it free first takes it, however long another one has waited.

namespace doorway::starter_lock {

template <class Sync>
class StarterLock {
 public:
  // Waits until this thread is the owner.
  // Memory ordering: acquire; pairs with unlock's release, so that what the owners before did is seen.
  void lock() {
    const bool held = held_.exchange(true, std::memory_order_acquire);
    Sync::tag(notes::kDoorway, Sync::self());  // from here on, others may be said to overtake this thread
    // Wait in awaits, not in loops: one step, taken when the value satisfies the predicate.
    if (held) held_.await_update(IsFree{}, Take{}, with(), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self());  // and from here on no longer
  }

  // Memory ordering: release; pairs with lock's acquires.
  void unlock() { leave(std::memory_order_release); }

 protected:
  // A step of its own, so that a variant can do it wrong (starter_lock.cc).
  void leave(std::memory_order order) { held_.store(false, order); }

  // Predicates and functions are objects without members; what they need would come as operands: with(ticket).
  struct IsFree {
    constexpr bool operator()(bool held) const { return !held; }
  };
  struct Take {
    constexpr bool operator()(bool /*held*/) const { return true; }
  };

  // All that threads share is an Atomic, or a Var if it is plain data, with its name for reports.
  typename Sync::template Atomic<bool> held_{false, "held"};
};

}  // namespace doorway::starter_lock

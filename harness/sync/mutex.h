#pragma once

#include <atomic>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"

// A mutual-exclusion lock in one word.
//
// Contract: at most one owner. Not reentrant: its owner waits for itself. Any thread may unlock it (a kernel would call
// that a binary semaphore), so an owner can be handed on.
// Fairness: none. Whoever finds it free takes it, however long others have waited; under contention somebody always
// gets in. FifoMutex (fifo_mutex.h) is the fair one.

namespace doorway {

template <class Sync>
class Mutex {
 public:
  explicit Mutex(ObjectName name = "mutex", Site site = Site::Here()) : held_(false, name, site) {}

  // Waits until the mutex is free and takes it.
  // Memory ordering: acquire; pairs with unlock's release: what the owners before did is seen.
  void lock(Site site = Site::Here()) { held_.await_update(IsFree{}, Take{}, with(), std::memory_order_acquire, site); }

  // Takes the mutex if it is free; returns whether it did.
  // Memory ordering: acquire, as lock.
  bool try_lock(Site site = Site::Here()) { return !held_.exchange(true, std::memory_order_acquire, site); }

  // REQUIRES: it is held.
  // Memory ordering: release; pairs with the acquire of the next lock.
  void unlock(Site site = Site::Here()) { held_.store(false, std::memory_order_release, site); }

 private:
  struct IsFree {
    constexpr bool operator()(bool held) const { return !held; }
  };
  struct Take {
    constexpr bool operator()(bool /*held*/) const { return true; }
  };

  typename Sync::template Atomic<bool> held_;
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "harness/sync/waiter_fifo.h"

// A mutual-exclusion lock that is handed over in the order of arrival: the specification of a fair mutex.
//
// Contract: at most one owner; not reentrant; at most ten threads wait. Any thread may unlock it.
// Fairness: first come, first served. Arrival is one step (no thread is overtaken once it has arrived), and unlock
// gives the mutex to the thread that has waited longest: it is never free in between, so nobody can slip in.

namespace doorway {

template <class Sync>
class FifoMutex {
 public:
  explicit FifoMutex(ObjectName name = "mutex", Site site = Site::Here()) : word_(0, name, site) {}

  // Memory ordering: acquire, of the arrival and of the wait; each pairs with unlock's release, which it reads or which
  // heads the release sequence that it reads from (every change of the word is an update).
  void lock(Site site = Site::Here()) {
    const auto me = static_cast<std::uint8_t>(Sync::self());
    const std::uint64_t old = word_.update(Arrive{}, with(me), std::memory_order_acquire, site);
    if ((old & kHeld) == 0) return;
    Sync::check(!WaiterFifo(old).full(), "FifoMutex: more than ten threads wait", site);
    word_.await(IsNotQueued{}, with(me), std::memory_order_acquire, site);
  }

  // REQUIRES: it is held.
  // Memory ordering: release; pairs with lock's acquires.
  void unlock(Site site = Site::Here()) { word_.update(Depart{}, with(), std::memory_order_release, site); }

 private:
  static constexpr std::uint64_t kHeld = std::uint64_t{1} << WaiterFifo::kBits;

  struct Arrive {
    constexpr std::uint64_t operator()(std::uint64_t word, std::uint8_t thread) const {
      if ((word & kHeld) == 0) return word | kHeld;
      WaiterFifo queue(word);
      if (!queue.full()) queue.push(thread, 0);
      return kHeld | queue.bits();
    }
  };
  struct Depart {
    constexpr std::uint64_t operator()(std::uint64_t word) const {
      WaiterFifo queue(word);
      if (queue.empty()) return 0;
      queue.pop();
      return kHeld | queue.bits();
    }
  };
  struct IsNotQueued {
    constexpr bool operator()(std::uint64_t word, std::uint8_t thread) const {
      return !WaiterFifo(word).contains(thread);
    }
  };

  typename Sync::template Atomic<std::uint64_t> word_;
};

}  // namespace doorway

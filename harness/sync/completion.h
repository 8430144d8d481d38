#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"

// An event that threads wait for, as a count of how many of them may go on.
//
// Contract: each complete() lets one wait() through, whether it came before or after; complete_all() lets through all,
// now and later. At most 2^31 completions are pending.
// Fairness: none among the waiting; they are not queued.

namespace doorway {

template <class Sync>
class Completion {
 public:
  explicit Completion(ObjectName name = "completion", Site site = Site::Here()) : pending_(0, name, site) {}

  // Memory ordering: release; pairs with wait's acquire: what was done before is seen by who was waiting for it.
  void complete(Site site = Site::Here()) { pending_.update(AddOne{}, with(), std::memory_order_release, site); }

  // Memory ordering: as complete. An update, so that waiters also see what came before earlier completions.
  void complete_all(Site site = Site::Here()) { pending_.exchange(kAll, std::memory_order_release, site); }

  // Waits for a completion and uses it up.
  // Memory ordering: acquire; pairs with complete's release, which heads the release sequence that it reads from.
  void wait(Site site = Site::Here()) {
    pending_.await_update(IsPending{}, UseOne{}, with(), std::memory_order_acquire, site);
  }

  // Whether a wait would go through. Memory ordering: acquire, as wait.
  bool done(Site site = Site::Here()) const { return pending_.load(std::memory_order_acquire, site) != 0; }

 private:
  static constexpr std::uint32_t kAll = 0xffffffff;

  struct AddOne {
    constexpr std::uint32_t operator()(std::uint32_t pending) const { return pending == kAll ? kAll : pending + 1; }
  };
  struct UseOne {
    constexpr std::uint32_t operator()(std::uint32_t pending) const { return pending == kAll ? kAll : pending - 1; }
  };
  struct IsPending {
    constexpr bool operator()(std::uint32_t pending) const { return pending != 0; }
  };

  typename Sync::template Atomic<std::uint32_t> pending_;
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"

// How many changes of page tables, in one address space, still wait for their TLB flush. Begin() comes before the
// page-table lock of the change, End() after the flush; Count() has a meaning only under the page-table lock of the
// entry asked about: whoever sees a change there also sees its Begin().
//
// It has to be a count: with a flag, the End() of a change elsewhere would hide one that still waits. Both forms are
// here, the flag for the broken variant.

namespace doorway::mm {

template <class Sync>
class PendingFlush {
 public:
  // Memory ordering: relaxed; the page-table lock, released after it, orders it before any Count() that matters.
  void Begin(Site site = Site::Here()) { count_.fetch_add(1, std::memory_order_relaxed, site); }

  // Memory ordering: release, pairs with Count(): who sees that nothing waits also sees the flush as done.
  // (A kernel has that order from the flush itself, which waits for every CPU.)
  void End(Site site = Site::Here()) { count_.fetch_sub(1, std::memory_order_release, site); }

  // The broken form: a flag.
  void SetFlag(Site site = Site::Here()) { count_.store(1, std::memory_order_relaxed, site); }
  void ClearFlag(Site site = Site::Here()) { count_.store(0, std::memory_order_release, site); }

  // Whether changes wait for their flush, and how many. Memory ordering: acquire, pairs with End().
  int Count(Site site = Site::Here()) const { return count_.load(std::memory_order_acquire, site); }

 private:
  typename Sync::template Atomic<std::uint8_t> count_{0, "tlb_flush_pending"};
};

}  // namespace doorway::mm

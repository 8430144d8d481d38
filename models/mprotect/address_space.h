#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "models/mm/address_range.h"
#include "models/mm/free_pages.h"
#include "models/mm/mmap_lock.h"
#include "models/mm/pending_flush.h"
#include "models/mprotect/scenario.h"

// What the threads of a model of demoted entries share: a range of one page (or of one page of a huge one), the lock of
// the address space, and who has flushes to come.

namespace doorway::mprotect {

template <class Sync>
struct AddressSpace {
  explicit AddressSpace(const Scenario& s)
      : scenario(s), range(0, s.cpus(), mm::Access::kWrite, s.huge), other_range(1, s.cpus(), mm::Access::kNone) {}

  const Scenario scenario;
  mm::AddressRange<Sync> range;
  mm::AddressRange<Sync> other_range;  // of the VMA before, where there is one
  mm::MmapLock<Sync> mmap_lock;
  mm::PendingFlush<Sync> pending;

  // Whether reclaim has unmapped pages whose flush is still to come. Set and asked under the page-table lock of such a
  // page, which orders it: relaxed would do. It is a flag of the address space, and only says "perhaps".
  typename Sync::template Atomic<std::uint8_t> batched{0, "tlb_flush_batched"};

  mm::FreePages<Sync> free_pages;  // in runs without end
};

}  // namespace doorway::mprotect

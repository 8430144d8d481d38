#pragma once

#include <atomic>
#include <cstdint>

#include "models/mm/address_range.h"
#include "models/mm/free_pages.h"
#include "models/mm/mmap_lock.h"
#include "models/mm/pending_flush.h"
#include "models/uffd_wp/lock_session.h"
#include "models/uffd_wp/scenario.h"

// What the threads of a write-protect model share. mmap_lock is taken only in the design that takes it for writing
// (readers exclude nobody), and flushes are counted only in the designs that read the count: elsewhere these words
// would only multiply the executions, by a hundred and more, without changing what any thread sees.

namespace doorway::uffd_wp {

template <class Sync, template <class> class Lock>
struct AddressSpace {
  explicit AddressSpace(const Scenario& s)
      : scenario(s), range(0, s.cpus(), mm::Access::kWrite), other_range(1, s.cpus(), mm::Access::kNone) {}

  bool uses_mmap_lock() const { return scenario.design == Design::kMmapWrite; }
  bool counts_flushes() const {
    return scenario.design == Design::kPendingCount || scenario.variant == Variant::kFlushIfChangedOrPending;
  }

  const Scenario scenario;
  mm::AddressRange<Sync> range;
  mm::AddressRange<Sync> other_range;
  mm::PendingFlush<Sync> pending;
  mm::MmapLock<Sync> mmap_lock;
  // Between write-protect (group 0) and un-protect (group 1), and its waiters; those of the other userfaultfd, where it
  // has its own.
  Lock<Sync> lock;
  Lock<Sync> other_lock;
  [[no_unique_address]] LockWaiters<Lock<Sync>, kMaxThreads> waiters;
  [[no_unique_address]] LockWaiters<Lock<Sync>, kMaxThreads> other_waiters;

  // References to page 0 apart from the mapping's: one that forces faults to copy, and one for each copier. Counted
  // only where it matters (Variant::kPromoteUnpinned). Memory ordering: dropped with release, looked at with acquire,
  // as for every reference count; here the page-table lock, under which they are taken and looked at, would do.
  typename Sync::template Atomic<std::uint8_t> references{1, "references"};

  mm::FreePages<Sync> free_pages;  // of the range, in runs without end
};

}  // namespace doorway::uffd_wp

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// What tells one write-protect model from another: how the ioctls are kept apart (the design), what is broken or
// different in it (the variant), and who takes part (the roles).

namespace doorway::uffd_wp {

// What keeps an entry from being un-protected, and its page from being copied, while the TLB flush of an
// earlier change is still to come.
enum class Design : std::uint8_t {
  kNone,           // nothing: all hold mmap_lock for reading
  kLock,           // write-protect and un-protect exclude each other by a mutex or group lock, held over the flush
  kMmapWrite,      // ioctls hold mmap_lock for writing, faults for reading
  kFlushUnderPtl,  // ioctls flush before they release the page-table lock
  kPendingCount,   // a fault that sees a flush pending flushes itself, under the page-table lock
};

enum class Variant : std::uint8_t {
  kAsDesigned,
  kNoDeadEnd,                // a fault goes on although it meets the marker
  kWpNeverFlushes,           // write-protect leaves out the flush
  kFlushIfChanged,           // write-protect flushes only if it changed the entry
  kFlushIfChangedOrPending,  // ... or if another flush is pending
  kUnlockBeforeFlush,        // the lock between the ioctls is released before the flush
  kBeginAfterChange,         // a flush counts as pending only after the change of the entry
  kEndBeforeFlush,           // a flush stops counting as pending before it is done
  kPendingFlag,              // a flag instead of the count of pending flushes
  kNoPteSame,                // a fault maps its copy without asking whether the entry is still the one that it saw
  kPromoteUnpinned,          // only a page without other references is promoted; a copier holds one
  kPromoteExclusive,         // only a page that no fault would copy is promoted
  kSleep,                    // a fault at the marker sleeps until the marker is gone, and goes on
  kSleepWithLock,  // ... and holds meanwhile, as write-protect does, what un-protect needs: the lock, mmap_lock
};

// What a thread does. User CPUs come first: CPU i is thread i.
enum class Role : std::uint8_t {
  kCpu,           // stores to the range
  kIdleCpu,       // never stores, but may hold a TLB entry
  kWp,            // write-protects
  kUnKeeps,       // un-protects, and keeps the W bit as it is
  kUnClears,      // un-protects, and clears the W bit (Linux 5.10)
  kUnThreeTimes,  // un-protects: clears W; then sets it, if the page may be promoted; then clears it
  kWpThenUn,      // write-protects, and later un-protects as kUnKeeps: a monitor of one thread
  kUnOtherRange,  // as kUnKeeps, for another range
};

inline constexpr int kMaxThreads = 6;

struct Scenario {
  Design design = Design::kNone;
  Variant variant = Variant::kAsDesigned;
  int threads = 0;
  std::array<Role, kMaxThreads> roles{};
  int stores = 1;               // of each CPU
  bool endless = false;         // all do what they do for ever, and faults at the marker sleep and go on
  bool lock_per_range = false;  // the other range has a lock of its own (another userfaultfd)
  bool one_range_only = false;  // "the other range" is the same: two userfaultfds on one range

  constexpr Role role(int thread) const { return roles[static_cast<std::size_t>(thread)]; }
  constexpr bool two_ranges() const {
    for (int i = 0; i < threads; ++i) {
      if (role(i) == Role::kUnOtherRange) return true;
    }
    return false;
  }
  // Whether somebody lifts the protection of the first range, so that a fault at the marker may sleep and go on.
  constexpr bool un_protects() const {
    for (int i = 0; i < threads; ++i) {
      const bool on_it = role(i) == Role::kUnOtherRange && one_range_only;
      if (role(i) == Role::kUnKeeps || role(i) == Role::kUnClears || role(i) == Role::kWpThenUn || on_it) return true;
    }
    return false;
  }
  // The CPUs that a flush goes to.
  constexpr int cpus() const {
    int n = 0;
    while (n < threads && (role(n) == Role::kCpu || role(n) == Role::kIdleCpu)) ++n;
    return n;
  }
  // Whether it is two CPUs, write-protect and un-protect, nothing broken: the client to have more callers in.
  constexpr bool is_full() const {
    const bool un_protects = role(3) == Role::kUnKeeps || role(3) == Role::kUnClears;
    return threads == 4 && cpus() == 2 && role(2) == Role::kWp && un_protects && variant == Variant::kAsDesigned;
  }
  // The same with `callers` threads for each ioctl instead of one. REQUIRES: is_full(), if it is more than one.
  constexpr Scenario WithCallers(int callers) const {
    Scenario more = *this;
    for (int extra = 1; extra < callers; ++extra) {
      more.roles[static_cast<std::size_t>(more.threads++)] = role(2);
      more.roles[static_cast<std::size_t>(more.threads++)] = role(3);
    }
    return more;
  }
};

}  // namespace doorway::uffd_wp

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// What tells one model of demoted page-table entries from another: how mprotect keeps faults away from an entry whose
// flush is still to come (the way), what marks an entry that others demote (the marker), what is broken, and who takes
// part (the roles).

namespace doorway::mprotect {

// What mprotect holds, and until when.
enum class Way : std::uint8_t {
  kWriteLock,             // mmap_lock for writing, over the flush
  kDowngradeAfterFlush,   // ... and then for reading
  kDowngradeBeforeFlush,  // for writing over the change of the entry, for reading over the flush
  kDowngradeFirst,    // for writing over the change of the VMA, for reading over the change of the entry and the flush
  kReadLock,          // for reading only
  kFlushUnderPtl,     // for reading only; the flush comes before the page-table lock is released
  kDowngradeThenPtl,  // as kDowngradeFirst, and the flush under the page-table lock
};

// What diverts a fault from an entry that was demoted under mmap_lock for reading, with the flush still to come.
enum class Marker : std::uint8_t {
  kUffdWp,    // catcher: the fault goes to the monitor, and sleeps
  kProtNone,  // catcher: the fault gives back, under the page-table lock, the access that there was
};

enum class Broken : std::uint8_t {
  kNothing,
  kNoCatcher,          // a fault that meets the marker goes on as if there were none
  kNoRecheck,          // the catcher does not ask, under the page-table lock, whether the entry is still the same
  kSplitDropsMarker,   // who splits a huge entry forgets the marker
  kBeginAfterChange,   // a flush counts as pending only after the change of the entry
  kIgnoresPending,     // KSM flushes only if the entry is writable
  kIgnoresSavedWrite,  // ... and takes an entry that only the marker keeps from being writable for read-only
  kFlushIfChanged,     // mprotect flushes only if it changed the entry itself
};

// What a thread does. User CPUs come first: CPU i is thread i.
enum class Role : std::uint8_t {
  kCpu,          // stores to the range
  kMprotect,     // removes W from the entry; the VMA stays writable, or, where `read_only`, it does not
  kMark,         // removes W and sets the marker, under mmap_lock for reading; flushes later
  kKsm,          // removes W and flushes under the page-table lock, so that the page stands still
  kMarkThenKsm,  // both, one after the other: the flush of the mark is done when KSM comes
  kReclaim,      // unmaps the page, under the page-table lock alone, and flushes later, with others
};

inline constexpr int kMaxThreads = 4;

struct Scenario {
  Way way = Way::kWriteLock;
  Marker marker = Marker::kUffdWp;
  Broken broken = Broken::kNothing;
  int threads = 0;
  std::array<Role, kMaxThreads> roles{};
  bool huge = false;         // the entry is a huge one at the start
  bool splits = false;       // a write fault splits a huge entry and copies one page of it; else it copies all
  bool last_vma = false;     // mprotect changes another VMA before, under mmap_lock for writing
  bool read_only = false;    // mprotect makes the VMA read-only, so that a fault is an error of the program
  bool ksm_returns = false;  // asked is what KSM was promised, not what the marker diverts
  bool endless = false;      // all do what they do for ever

  constexpr Role role(int thread) const { return roles[static_cast<std::size_t>(thread)]; }
  constexpr bool has(Role wanted) const {
    for (int i = 0; i < threads; ++i) {
      if (role(i) == wanted) return true;
    }
    return false;
  }
  constexpr int cpus() const {
    int n = 0;
    while (n < threads && role(n) == Role::kCpu) ++n;
    return n;
  }
  // Whether somebody takes mmap_lock for writing. Where nobody does, readers exclude nobody, and it is left out.
  constexpr bool uses_mmap_lock() const {
    return has(Role::kMprotect) && way != Way::kReadLock && way != Way::kFlushUnderPtl;
  }
};

}  // namespace doorway::mprotect

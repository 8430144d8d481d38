#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "models/mm/cpu.h"
#include "models/mm/pte.h"
#include "models/uffd_wp/address_space.h"
#include "models/uffd_wp/ioctls.h"
#include "models/uffd_wp/lock_session.h"
#include "models/uffd_wp/scenario.h"
#include "properties/mm/page_notes.h"

// A CPU that runs a program which stores to the range, and the fault handler that it enters for it:
//
//   store    retire through the TLB; else walk and fill; else fault; then again from the start
//   fault    PTL: W         -> unlock; nothing to do
//                 marker    -> unlock; handle_userfault: sleep (the dead end)
//                 else      -> page exclusive: W = 1; unlock
//                              else unlock; copy the page; PTL: same entry? clear, FLUSH, map the copy; unlock
//
// Page 0 has a reference besides the mapping's, so that a write fault has to copy it; a copy has none.
//
// A fault that meets the marker ends its thread (but in the variants that sleep): a wake may come at any time, and
// until the marker is gone only leads back here. Once it is gone the thread is where it was before the store, with no
// entry and no lock, and what it does then it could also have begun only then: the same, with fewer events before. So
// the claims lose nothing. (Checked: where threads sleep and go on, all designs have the same verdicts.)
//
// In a run without end faults do sleep, until the marker is gone; each attempt at a store is an iteration of its own,
// which leaves nothing behind; every mapped page has a reference besides the mapping's, so that a fault always copies;
// and the pages for the copies come from a pool (models/mm/free_pages.h).
//
// A fault leaves out its own CPU when it flushes: it came here because it has no writable entry.

namespace doorway::uffd_wp {

template <class Sync, template <class> class Lock>
class UserCpu {
 public:
  using Space = AddressSpace<Sync, Lock>;

  UserCpu(Space& space, int index) : space_(space), range_(space.range), index_(index) {}

  // Runs the program: `stores` stores, one after the other, or stores without end. May end before, at the marker.
  void Run(int stores) {
    if (is_endless()) Sync::forever([this] { Attempt(); });
    for (int i = 0; i < stores; ++i) {
      if (!Store()) return;
    }
  }

 private:
  enum class Then : std::uint8_t { kRetry, kUserfault };
  enum class Attempted : std::uint8_t { kRetired, kAgain, kAsleepForGood };

  bool is_endless() const { return space_.scenario.endless; }

  bool Is(Design design) const { return space_.scenario.design == design; }
  bool Is(Variant variant) const { return space_.scenario.variant == variant; }

  // One store, restarted until it retires. Returns false if its fault sleeps for good.
  bool Store() {
    for (;;) {
      const Attempted attempted = Attempt();
      if (attempted != Attempted::kAgain) return attempted == Attempted::kRetired;
    }
  }

  Attempted Attempt() {
    mm::Cpu<Sync>& cpu = range_.cpu(index_);
    if (const std::optional<int> page = cpu.StoreOrWalk(!is_endless())) {
      Sync::tag(mm::kPageWrite, index_, mm::OnPage(range_.index(), *page));
      return Attempted::kRetired;
    }
    const mm::Pte pte = range_.Read();
    if (pte.present != 0 && pte.writable != 0) {
      if (cpu.Install(pte)) Sync::tag(mm::kFill, index_, mm::OnPage(range_.index(), pte.page));
      return Attempted::kAgain;
    }
    return Fault() ? Attempted::kAgain : Attempted::kAsleepForGood;
  }

  // The fault of a store that found no way. Returns whether to try it again.
  bool Fault() {
    if (space_.uses_mmap_lock()) space_.mmap_lock.read_lock();
    const Then then = HandleFault();
    const bool sleeps_with_mmap_lock = then == Then::kUserfault && Is(Variant::kSleepWithLock);
    if (space_.uses_mmap_lock() && !sleeps_with_mmap_lock) space_.mmap_lock.read_unlock();
    const bool retry = then == Then::kRetry || HandleUserfault();
    if (space_.uses_mmap_lock() && sleeps_with_mmap_lock) space_.mmap_lock.read_unlock();
    return retry;
  }

  Then HandleFault() {
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    if (pte.writable != 0) {
      range_.lock().unlock();
      return Then::kRetry;
    }
    if (pte.uffd_wp != 0 && !Is(Variant::kNoDeadEnd)) {
      Sync::tag(mm::kDeadEnd, index_, mm::OnPage(range_.index(), pte.page));
      range_.lock().unlock();
      return Then::kUserfault;
    }
    if (Is(Design::kPendingCount) && space_.pending.Count() > 0) range_.Flush(index_);
    if (IsExclusive(pte)) {
      pte.writable = 1;
      range_.Write(pte);
      Sync::tag(mm::kReuse, index_, mm::OnPage(range_.index(), pte.page));
      range_.lock().unlock();
    } else {
      if (Is(Variant::kPromoteUnpinned)) space_.references.fetch_add(1, std::memory_order_relaxed);
      // Where only page 0 is ever copied, a CPU maps at most one copy.
      const int copy = is_endless() ? space_.free_pages.Take(index_, pte.page) : 1 + index_;
      range_.lock().unlock();
      CopyOnWrite(pte, copy);
      if (Is(Variant::kPromoteUnpinned)) space_.references.fetch_sub(1, std::memory_order_release);
    }
    return Then::kRetry;
  }

  // Copies the page that `seen` maps to page `copy`, and maps that if the entry is still `seen`; else throws it away.
  void CopyOnWrite(mm::Pte seen, int copy) {
    range_.CopyPage(seen.page, copy, index_);
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    if (pte == seen || Is(Variant::kNoPteSame)) {
      pte = seen;
      pte.present = 0;
      range_.Write(pte);
      range_.Flush(index_);
      pte = {static_cast<std::uint8_t>(copy), 1, seen.uffd_wp, 1};
      range_.Write(pte);
      Sync::tag(mm::kInstall, index_, mm::Copy(range_.index(), seen.page, copy));
    }
    if (is_endless()) space_.free_pages.Drop(index_, range_.index(), pte.page);
    range_.lock().unlock();
  }

  bool IsExclusive(mm::Pte pte) {
    if (is_endless()) return false;
    if (pte.page != 0) return true;
    return Is(Variant::kPromoteUnpinned) && space_.references.load(std::memory_order_acquire) == 0;
  }

  // Sleeps until the monitor has answered, that is until the marker is gone, and returns true; or false, for good.
  bool HandleUserfault() {
    if (!Is(Variant::kSleep) && !Is(Variant::kSleepWithLock) && !is_endless()) return false;
    LockSession<Lock<Sync>, kMaxThreads> lock(space_.lock, space_.waiters, index_);
    const bool holds_lock = Is(Variant::kSleepWithLock) && Is(Design::kLock);
    if (holds_lock) lock.Enter(static_cast<int>(Group::kWriteProtect));
    range_.AwaitUnmarked();
    if (holds_lock) lock.Exit(static_cast<int>(Group::kWriteProtect));
    if (is_endless()) Sync::note(mm::kFaultAnswered, index_, mm::OnPage(range_.index(), 0));
    return true;
  }

  Space& space_;
  mm::AddressRange<Sync>& range_;
  const int index_;
};

}  // namespace doorway::uffd_wp

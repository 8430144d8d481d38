#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "models/mm/cpu.h"
#include "models/mm/pte.h"
#include "models/mprotect/address_space.h"
#include "models/mprotect/scenario.h"
#include "properties/mm/page_notes.h"

// A CPU that runs a program which stores to the range, once or without end, and the fault handler that it enters:
//
//   store    retire through the TLB; else walk and fill; else fault; then again from the start
//   fault    mmap_lock for reading { PTL: W         -> nothing to do
//                                         uffd_wp   -> sleep (which ends the thread here)
//                                         protnone  -> PTL: the same entry? give back the access that there was
//                                         huge      -> (since Linux 5.8) split: not present, FLUSH, an entry of a page
//                                         else      -> page exclusive: W = 1
//                                                      else unlock; copy; PTL: same entry? clear, FLUSH, map the copy }
//
// As in models/uffd_wp/user_cpu.h: page 0 has a reference besides the mapping's, so that a write fault has to copy it,
// and a copy has none (without end every page has one, and copies come from a pool); a fault leaves its own CPU out of
// its flushes. One page of a huge entry is followed: the others have nothing to do with it but the entry.

namespace doorway::mprotect {

template <class Sync>
class UserCpu {
 public:
  UserCpu(AddressSpace<Sync>& space, int index) : space_(space), range_(space.range), index_(index) {}

  void Run() {
    if (is_endless()) Sync::forever([this] { Attempt(); });
    while (Attempt()) {
    }
  }

 private:
  bool is_endless() const { return space_.scenario.endless; }
  bool Is(Broken broken) const { return space_.scenario.broken == broken; }
  mm::Cpu<Sync>& cpu() { return range_.cpu(index_); }

  // One attempt at the store. Returns whether to try again: false if it retired, or never will.
  bool Attempt() {
    if (const std::optional<int> page = cpu().StoreOrWalk(!is_endless())) {
      Sync::tag(mm::kPageWrite, index_, mm::OnPage(range_.index(), *page));
      return false;
    }
    const mm::Pte pte = range_.Read();
    if (pte.present != 0 && pte.writable != 0) {
      if (cpu().Install(pte)) Sync::tag(mm::kFill, index_, mm::OnPage(range_.index(), pte.page));
      return true;
    }
    if (space_.scenario.uses_mmap_lock()) space_.mmap_lock.read_lock();
    const bool retry = HandleFault(pte);
    if (space_.scenario.uses_mmap_lock()) space_.mmap_lock.read_unlock();
    return retry;
  }

  bool HandleFault(mm::Pte seen) {
    const bool catches = !Is(Broken::kNoCatcher);
    if (seen.present != 0 && seen.protnone != 0 && catches) return RestoreAccess(seen);
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    if (pte.writable != 0 || (pte.protnone != 0 && catches)) return Unlock(true);
    if (pte.uffd_wp != 0 && catches) {
      Sync::tag(mm::kDeadEnd, index_, mm::OnPage(range_.index(), pte.page));
      return Unlock(false);
    }
    if (pte.present == 0 || space_.scenario.read_only) return Unlock(false);  // reclaimed; or an error of the program
    if (pte.huge != 0 && space_.scenario.splits) {
      pte.present = 0;
      range_.Write(pte);
      range_.Flush(index_);
      pte.present = 1;
      pte.huge = 0;
      range_.Write(pte);
      return Unlock(true);
    }
    if (pte.page != 0 && !is_endless()) {
      pte.writable = 1;
      range_.Write(pte);
      Sync::tag(mm::kReuse, index_, mm::OnPage(range_.index(), pte.page));
      return Unlock(true);
    }
    // Where only page 0 is ever copied, a CPU maps at most one copy.
    const int copy = is_endless() ? space_.free_pages.Take(index_, pte.page) : 1 + index_;
    range_.lock().unlock();
    CopyOnWrite(pte, copy);
    return true;
  }

  // NUMA balancing's catcher: the page is where it should be (or has been moved: not modelled), so that the access that
  // was taken for a look is given back. With W given back, the flush that is still to come takes nothing from anybody.
  bool RestoreAccess(mm::Pte seen) {
    range_.lock().lock();
    const mm::Pte now = range_.Read();
    if (now != seen && !Is(Broken::kNoRecheck)) return Unlock(true);
    Sync::check(now.page == seen.page, "a page that has been replaced is mapped again");
    mm::Pte pte = seen;
    pte.protnone = 0;
    pte.writable = seen.saved_writable;
    pte.saved_writable = 0;
    range_.Write(pte);
    return Unlock(true);
  }

  bool Unlock(bool retry) {
    range_.lock().unlock();
    return retry;
  }

  // Copies the page that `seen` maps to page `copy`, and maps that if the entry is still `seen`; else throws it away.
  void CopyOnWrite(mm::Pte seen, int copy) {
    range_.CopyPage(seen.page, copy, index_);
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    if (pte == seen) {
      pte.present = 0;
      range_.Write(pte);
      range_.Flush(index_);
      pte.page = static_cast<std::uint8_t>(copy);
      pte.writable = pte.present = 1;
      pte.protnone = pte.saved_writable = 0;
      range_.Write(pte);
      Sync::tag(mm::kInstall, index_, mm::Copy(range_.index(), seen.page, copy));
      // What KSM was promised was about the page that goes.
      if (space_.scenario.ksm_returns) Sync::tag(mm::kUnmark, index_, mm::Unmark(range_.index(), false));
    }
    if (is_endless()) space_.free_pages.Drop(index_, range_.index(), pte.page);
    range_.lock().unlock();
  }

  AddressSpace<Sync>& space_;
  mm::AddressRange<Sync>& range_;
  const int index_;
};

}  // namespace doorway::mprotect

#pragma once

#include <atomic>
#include <cstdint>

#include "models/mm/pte.h"
#include "models/mprotect/address_space.h"
#include "models/mprotect/scenario.h"
#include "properties/mm/page_notes.h"

// Those who take W from a page-table entry:
//
//   mprotect   mmap_lock { VMA; [PTL { W = 0 }]; FLUSH }                     for writing, over the flush
//   mark       pending++; PTL { W = 0; marker = 1 }; FLUSH; pending--        for reading: the marker diverts faults
//   KSM        PTL { if it was writable, or a flush is pending: W = 0; FLUSH }  for reading
//   reclaim    PTL { present = 0; batched = 1 }; FLUSH                       with no mmap_lock at all
//
// The first three are the three ways to do so that were named as right. What each way and each defect changes stands at
// the line that it changes. mmap_lock for reading excludes only those who take it for writing, and is left out where
// nobody does.

namespace doorway::mprotect {

template <class Sync>
class Demotions {
 public:
  explicit Demotions(AddressSpace<Sync>& space) : space_(space) {}

  void Mprotect() {
    if (space_.scenario.endless) Sync::note(mm::kIoctlCalled, Sync::self());
    const Way way = space_.scenario.way;
    const bool writes = space_.scenario.uses_mmap_lock();
    if (writes) space_.mmap_lock.write_lock();
    if (space_.scenario.last_vma) TakeW(space_.other_range, false, false);
    bool downgraded = false;
    const auto downgrade_if = [&](bool now) {
      if (!now) return;
      space_.mmap_lock.downgrade();
      downgraded = true;
    };
    downgrade_if(way == Way::kDowngradeFirst || way == Way::kDowngradeThenPtl);
    const bool under_ptl = way == Way::kFlushUnderPtl || way == Way::kDowngradeThenPtl;
    if (way == Way::kDowngradeBeforeFlush) {
      ChangeEntry(space_.range);
      space_.range.lock().unlock();
      downgrade_if(true);
      space_.range.Flush();
    } else {
      TakeW(space_.range, under_ptl, Is(Broken::kFlushIfChanged));
    }
    downgrade_if(way == Way::kDowngradeAfterFlush);
    if (writes) downgraded ? space_.mmap_lock.read_unlock() : space_.mmap_lock.write_unlock();
    Sync::note(mm::kProtected, Sync::self(), mm::OnPage(0, 0));
    if (space_.scenario.endless) Sync::note(mm::kIoctlReturns, Sync::self());
  }

  void Mark() {
    const bool uffd_wp = space_.scenario.marker == Marker::kUffdWp;
    const bool counts = space_.scenario.has(Role::kKsm);  // nobody else asks
    if (counts && !Is(Broken::kBeginAfterChange)) space_.pending.Begin();
    space_.range.lock().lock();
    mm::Pte pte = space_.range.Read();
    if (uffd_wp) {
      pte.uffd_wp = 1;
    } else if (pte.protnone == 0) {
      pte.protnone = 1;
      pte.saved_writable = pte.writable;
    }
    pte.writable = 0;
    space_.range.Write(pte);
    if (uffd_wp && !space_.scenario.ksm_returns) TagMark(pte);
    space_.range.lock().unlock();
    if (counts && Is(Broken::kBeginAfterChange)) space_.pending.Begin();
    space_.range.Flush();
    if (counts) space_.pending.End();
  }

  // A huge entry is split first, as everybody does who wants one page of it.
  void Ksm() {
    space_.range.lock().lock();
    mm::Pte pte = space_.range.Read();
    const bool writable = pte.writable != 0 || (pte.saved_writable != 0 && !Is(Broken::kIgnoresSavedWrite));
    const bool pending = !Is(Broken::kIgnoresPending) && !Is(Broken::kIgnoresSavedWrite) && space_.pending.Count() > 0;
    const bool clears = writable || pending || pte.huge != 0;
    if (clears) {
      pte.present = 0;
      space_.range.Write(pte);
    }
    if (space_.scenario.ksm_returns) TagMark(pte);
    if (clears) {
      space_.range.Flush();
      pte.present = 1;
      pte.huge = 0;
      if (space_.scenario.huge && Is(Broken::kSplitDropsMarker)) pte.uffd_wp = pte.protnone = 0;
      pte.writable = 0;
      pte.saved_writable = 0;
      space_.range.Write(pte);
    }
    space_.range.lock().unlock();
    if (space_.scenario.ksm_returns) Sync::note(mm::kProtected, Sync::self(), mm::OnPage(0, 0));
  }

  void Reclaim() {
    space_.range.lock().lock();
    mm::Pte pte = space_.range.Read();
    pte.present = 0;
    pte.writable = 0;
    space_.range.Write(pte);
    space_.batched.store(1, std::memory_order_relaxed);
    space_.range.lock().unlock();
    space_.range.Flush();
  }

 private:
  bool Is(Broken broken) const { return space_.scenario.broken == broken; }

  // A promise about the page that `pte` maps begins with this operation on it.
  static void TagMark(mm::Pte pte) { Sync::tag(mm::kMark, Sync::self(), mm::OnPage(0, pte.page)); }

  // Takes the page-table lock, and W from the entry. Returns whether there was something to take.
  bool ChangeEntry(mm::AddressRange<Sync>& range) {
    range.lock().lock();
    mm::Pte pte = range.Read();
    const bool changed = pte.present != 0 && pte.writable != 0;
    pte.writable = 0;
    range.Write(pte);
    if (space_.scenario.read_only) TagMark(pte);
    return changed;
  }

  void TakeW(mm::AddressRange<Sync>& range, bool flush_under_ptl, bool only_if_changed) {
    const bool changed = ChangeEntry(range);
    // Pages that reclaim has unmapped already may still be in a TLB. They are flushed while the page-table lock keeps
    // reclaim from having finished with others: what flush_tlb_batched_pending does.
    if (space_.scenario.has(Role::kReclaim) && !only_if_changed &&
        space_.batched.load(std::memory_order_relaxed) != 0) {
      range.Flush();
    }
    if (flush_under_ptl) range.Flush();
    range.lock().unlock();
    const bool flushes_if_changed = space_.scenario.has(Role::kReclaim);
    if (!flush_under_ptl && (changed || !flushes_if_changed)) range.Flush();
  }

  AddressSpace<Sync>& space_;
};

}  // namespace doorway::mprotect

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "models/mm/pte.h"
#include "models/uffd_wp/address_space.h"
#include "models/uffd_wp/lock_session.h"
#include "models/uffd_wp/scenario.h"
#include "properties/mm/page_notes.h"

// The two ioctls of a userfaultfd monitor:
//
//   write-protect   [lock] pending++; PTL { W = 0, marker = 1 }; FLUSH; pending--; [unlock]; return
//   un-protect      the same with marker = 0, and W kept, cleared or promoted
//
// as protocols of Linux 5.10 and later do them (mm/userfaultfd.c, mm/mprotect.c); what each design and variant changes
// stands at the line that it changes.

namespace doorway::uffd_wp {

enum class Group : std::uint8_t { kWriteProtect, kUnProtect };

enum class WBit : std::uint8_t { kKeep, kClear, kPromote };

template <class Sync, template <class> class Lock>
class Ioctls {
 public:
  using Space = AddressSpace<Sync, Lock>;

  using Session = LockSession<Lock<Sync>, kMaxThreads>;

  // `lock`: this thread's way through the group lock of the userfaultfd that the calls go through.
  Ioctls(Space& space, mm::AddressRange<Sync>& range, Session lock) : space_(space), range_(range), lock_(lock) {}

  // Removes write access from the range and marks it. When it has returned, no store retires as long as the marking
  // lasts.
  void WriteProtect() {
    NoteCall(mm::kIoctlCalled);
    Enter(Group::kWriteProtect);
    Begin();
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    const bool changed = pte.writable != 0 || pte.uffd_wp == 0;
    pte.writable = 0;
    pte.uffd_wp = 1;
    range_.Write(pte);
    Sync::tag(mm::kMark, Sync::self(), mm::OnPage(range_.index(), pte.page));
    Finish(Group::kWriteProtect, NeedsFlush(changed));
    Sync::note(mm::kProtected, Sync::self(), mm::OnPage(range_.index(), 0));
    NoteCall(mm::kIoctlReturns);
  }

  // Removes the marker, and does with the W bit as `w` says. Whoever sleeps because of the marker may go on.
  void UnProtect(WBit w) {
    NoteCall(mm::kIoctlCalled);
    Enter(Group::kUnProtect);
    Begin();
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    const bool was_set = pte.uffd_wp != 0;
    pte.uffd_wp = 0;
    if (w == WBit::kClear) pte.writable = 0;
    if (w == WBit::kPromote && MayPromote(pte)) pte.writable = 1;
    range_.Write(pte);
    Sync::tag(mm::kUnmark, Sync::self(), mm::Unmark(range_.index(), was_set));
    Finish(Group::kUnProtect, w != WBit::kPromote);  // more rights need no flush
    NoteCall(mm::kIoctlReturns);
  }

 private:
  bool Is(Design design) const { return space_.scenario.design == design; }
  bool Is(Variant variant) const { return space_.scenario.variant == variant; }

  void Enter(Group group) {
    if (Is(Design::kLock)) lock_.Enter(static_cast<int>(group));
    if (space_.uses_mmap_lock()) space_.mmap_lock.write_lock();
    NoteSection(mm::kIoctlEnters, group);
  }

  void Exit(Group group) {
    NoteSection(mm::kIoctlLeaves, group);
    if (space_.uses_mmap_lock()) space_.mmap_lock.write_unlock();
    if (Is(Design::kLock)) lock_.Exit(static_cast<int>(group));
  }

  // Only one claim asks for these, and they lengthen every report.
  void NoteSection(NoteKind kind, Group group) {
    if (!space_.scenario.two_ranges()) return;
    Sync::note(kind, Sync::self(), mm::OnPage(range_.index(), static_cast<int>(group)));
  }

  // A run that ends needs no claim that ioctls return.
  void NoteCall(NoteKind kind) {
    if (space_.scenario.endless) Sync::note(kind, Sync::self(), mm::OnPage(range_.index(), 0));
  }

  void Begin() {
    if (!space_.counts_flushes() || Is(Variant::kBeginAfterChange)) return;
    if (Is(Variant::kPendingFlag)) {
      space_.pending.SetFlag();
    } else {
      space_.pending.Begin();
    }
  }

  void End() {
    if (!space_.counts_flushes()) return;
    if (Is(Variant::kPendingFlag)) {
      space_.pending.ClearFlag();
    } else {
      space_.pending.End();
    }
  }

  // From the change of the entry, under the page-table lock, to the end of the ioctl.
  void Finish(Group group, bool flush) {
    if (Is(Design::kFlushUnderPtl) && flush) range_.Flush();
    range_.lock().unlock();
    if (Is(Variant::kBeginAfterChange)) space_.pending.Begin();
    if (Is(Variant::kEndBeforeFlush)) End();
    if (Is(Variant::kUnlockBeforeFlush)) Exit(group);
    if (!Is(Design::kFlushUnderPtl) && flush) range_.Flush();
    if (!Is(Variant::kEndBeforeFlush)) End();
    if (!Is(Variant::kUnlockBeforeFlush)) Exit(group);
  }

  // Whether write-protect has to flush. Asked under the page-table lock.
  bool NeedsFlush(bool changed) {
    if (Is(Variant::kWpNeverFlushes)) return false;
    if (Is(Variant::kFlushIfChanged)) return changed;
    if (Is(Variant::kFlushIfChangedOrPending)) return changed || space_.pending.Count() > 1;  // one is its own
    return true;
  }

  // Whether un-protect may map the page writable by itself, without a fault. Asked under the page-table lock.
  bool MayPromote(mm::Pte pte) {
    if (Is(Variant::kPromoteExclusive)) return pte.page != 0;
    if (Is(Variant::kPromoteUnpinned)) return pte.page != 0 || space_.references.load(std::memory_order_acquire) == 0;
    return true;
  }

  Space& space_;
  mm::AddressRange<Sync>& range_;
  Session lock_;
};

}  // namespace doorway::uffd_wp

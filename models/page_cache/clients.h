#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"
#include "models/group/clients.h"

// The second use of a group lock: buffered I/O (group 0) and direct I/O (group 1) on one file. Buffered I/O goes
// through the page cache, direct I/O past it; so while direct I/O is under way nobody may bring a page in, and while
// pages are brought in no direct I/O may be under way. Each group runs in parallel.
//
//   buffered write   [group 0] { folio lock { if the page is not there: fill it from the disk; write my sector of it }
//   } direct write     [group 1] { folio lock { if the page is dirty: write it to the disk; drop it }
//                                write my sector on the disk }
//
// The file is one page of a sector a client: a bit each, which its client turns over each time. What is there has to be
// what the client wrote last, when it comes again and when all have ended, read through the page cache or past it. A
// page is filled and written to the disk as a whole: that is how a client's data is lost by what others do.
//
// The lock order is the group, then the folio lock.

namespace doorway {

enum class PageCacheDefect : std::uint8_t {
  kNone,
  kNoLock,           // nobody takes the group lock
  kNoWriteBack,      // direct I/O drops the page, dirty or not
  kNoInvalidate,     // direct I/O writes the page to the disk, and leaves it there
  kInvalidateFirst,  // direct I/O drops the page before it enters
  kFolioFirst,       // buffered I/O locks the folio, and then enters
  kOwnMapping,       // the buffer of direct I/O is mapped from the same file: touched inside, it is a page fault
  kFaultFirst,       // ... which comes before direct I/O enters
};

template <class Sync, template <class> class LockOf, PageCacheDefect kDefect = PageCacheDefect::kNone>
class PageCacheClients : public GroupClients<Sync, LockOf> {
  using Base = GroupClients<Sync, LockOf>;

 public:
  using Base::Base;

  void thread(int i) {
    if (this->GroupOf(i) == 0) {
      this->Repeat([this, i] { BufferedWrite(i); });
    } else {
      this->Repeat([this, i] { DirectWrite(i); });
    }
  }

  void after() {
    const Page page = page_.get();
    const std::uint16_t disk = disk_.load(std::memory_order_relaxed);
    for (int i = 0; i < this->config_.reds + this->config_.blacks; ++i) {
      const bool last = last_[i].get();
      Sync::check(SectorOf(page.present != 0 ? page.sectors : disk, i) == last, "a buffered read would be stale");
      Sync::check(SectorOf(page.dirty != 0 ? page.sectors : disk, i) == last, "a direct read would be stale");
    }
  }

 private:
  struct Page {
    std::uint16_t sectors;
    std::uint8_t present;
    std::uint8_t dirty;
  };
  struct WriteSector {
    constexpr std::uint16_t operator()(std::uint16_t sectors, std::uint8_t sector, bool value) const {
      const unsigned bit = 1u << sector;
      return static_cast<std::uint16_t>(value ? sectors | bit : sectors & ~bit);
    }
  };
  static bool SectorOf(std::uint16_t sectors, int i) { return (sectors >> i & 1) != 0; }

  void Enter(int me, int group) { Sync::note(notes::kEnter, me, static_cast<Value>(group)); }
  void Leave(int me, int group) { Sync::note(notes::kLeave, me, static_cast<Value>(group)); }

  template <class Section>
  void InGroup(int me, int group, Section section) {
    const auto inside = [&] {
      Enter(me, group);
      section();
      Leave(me, group);
    };
    if constexpr (kDefect == PageCacheDefect::kNoLock) {
      inside();
    } else {
      this->Visit(me, group, inside);
    }
  }

  void BufferedWrite(int me) {
    if constexpr (kDefect == PageCacheDefect::kFolioFirst) {
      folio_.lock();
      InGroup(me, 0, [this, me] { WritePage(me); });
      folio_.unlock();
    } else {
      InGroup(me, 0, [this, me] {
        folio_.lock();
        WritePage(me);
        folio_.unlock();
      });
    }
  }

  // REQUIRES: the folio is locked.
  void WritePage(int me) {
    const bool last = last_[me].get();
    Page page = page_.get();
    // Relaxed, all that is about the disk: the group lock is meant to keep others away.
    if (page.present == 0) page = {disk_.load(std::memory_order_relaxed), 1, 0};
    Sync::check(SectorOf(page.sectors, me) == last, "a write was lost, or a buffered read is stale");
    page.sectors = WriteSector{}(page.sectors, static_cast<std::uint8_t>(me), !last);
    page.dirty = 1;
    page_.set(page);
    last_[me].set(!last);
  }

  void DirectWrite(int me) {
    if constexpr (kDefect == PageCacheDefect::kInvalidateFirst) DropPage();
    if constexpr (kDefect == PageCacheDefect::kFaultFirst) BufferedFault(me);
    InGroup(me, 1, [this, me] {
      if constexpr (kDefect != PageCacheDefect::kInvalidateFirst) DropPage();
      if constexpr (kDefect == PageCacheDefect::kOwnMapping) BufferedFault(me);
      const bool last = last_[me].get();
      const std::uint16_t disk = disk_.load(std::memory_order_relaxed);
      Sync::check(SectorOf(disk, me) == last, "a write was lost, or a direct read is stale");
      disk_.update(WriteSector{}, unseen, with(static_cast<std::uint8_t>(me), !last), std::memory_order_relaxed);
      last_[me].set(!last);
    });
  }

  void DropPage() {
    folio_.lock();
    Page page = page_.get();
    if (page.present != 0) {
      if (page.dirty != 0 && kDefect != PageCacheDefect::kNoWriteBack) {
        disk_.store(page.sectors, std::memory_order_relaxed);
      }
      page_.set(kDefect == PageCacheDefect::kNoInvalidate ? Page{page.sectors, 1, 0} : Page{0, 0, 0});
    }
    folio_.unlock();
  }

  // The user's buffer is brought in, as any page of the file.
  void BufferedFault(int me) {
    this->Visit(me, 0, [this] {
      folio_.lock();
      if (page_.get().present == 0) page_.set({disk_.load(std::memory_order_relaxed), 1, 0});
      folio_.unlock();
    });
  }

  using Last = typename Sync::template Var<bool>;
  struct MakeLast {
    Last operator()(int i) const { return Last(false, ObjectName("last_written", i)); }
  };

  Mutex<Sync> folio_{"folio"};
  typename Sync::template Var<Page> page_{Page{0, 0, 0}, "page"};
  typename Sync::template Atomic<std::uint16_t> disk_{0, "disk"};
  Indexed<Last, kMaxClients, MakeLast> last_;  // each its client's own
};

}  // namespace doorway

#pragma once

#include <cstdint>

#include "models/mm/mmap_lock.h"

// How mprotect gets from one VMA of its range to the next, while somebody unmaps one of them. The VMAs are a list, in
// the order of their addresses; everything about them is plain data under mmap_lock.
//
//   mprotect   mmap_lock for writing { v = the VMA at the start
//                for each v: change v; [downgrade; entries, flush; let go; take mmap_lock for writing again]; v = next
//                }
//   munmap     mmap_lock for writing { unlink the VMA; free it, or map its memory again behind the range }
//
// Who downgrades, to change the entries under mmap_lock for reading, has to let go before the next VMA, which is
// changed under mmap_lock for writing: a reader can't become the writer. Then what it remembers of the list may be
// gone.

namespace doorway::mprotect {

enum class GoOn : std::uint8_t {
  kHoldLock,    // mmap_lock is held for writing from the first to the last VMA
  kFindAgain,   // let go after each, and look for the VMA that follows by its address
  kCachedNext,  // ... go on with the one that followed when the lock was let go
  kPrevNext,    // ... go on with the one that follows now
};

struct WalkConfig {
  GoOn go_on = GoOn::kHoldLock;
  int unmapped = 1;          // which of the two VMAs
  bool type_stable = false;  // its memory stays that of a VMA, and becomes one behind the range
};

template <class Sync>
class Walk {
 public:
  explicit Walk(const WalkConfig& config) : config_(config) {}

  void before() {
    Vma* const second = memory_[1].construct(1);
    Vma* const first = memory_[0].construct(0);
    first->next.set(second);
    head_.set(first);
  }

  void thread(int i) { i == 0 ? Mprotect() : Munmap(); }

  void after() {
    for (Vma* vma = head_.get(); vma != nullptr; vma = vma->next.get()) {
      const bool in_range = vma->start.get() < kEnd;
      const bool changed = vma->changed.get();
      Sync::check(changed || !in_range, "a VMA of the range was skipped");
      Sync::check(!changed || in_range, "a VMA outside the range was changed");
    }
  }

 private:
  static constexpr int kEnd = 2;  // of the range: addresses 0 and 1
  static constexpr int kElsewhere = 5;

  struct Vma {
    explicit Vma(int at) : start(at, "vma.start"), changed(false, "vma.changed"), next(nullptr, "vma.next") {}
    typename Sync::template Var<int> start;
    typename Sync::template Var<bool> changed;
    typename Sync::template Var<Vma*> next;
  };

  // The first VMA at `address` or behind it.
  Vma* Find(int address) {
    Vma* vma = head_.get();
    while (vma != nullptr && vma->start.get() < address) vma = vma->next.get();
    return vma;
  }

  void Mprotect() {
    mmap_lock_.write_lock();
    Vma* vma = Find(0);
    int address = 0;
    while (vma != nullptr && (config_.go_on == GoOn::kCachedNext || vma->start.get() < kEnd)) {
      vma->changed.set(true);
      if (++address == kEnd) break;  // one page each
      Vma* const next = config_.go_on == GoOn::kCachedNext ? vma->next.get() : nullptr;
      if (config_.go_on != GoOn::kHoldLock) {
        mmap_lock_.downgrade();
        mmap_lock_.read_unlock();
        mmap_lock_.write_lock();
      }
      if (config_.go_on == GoOn::kFindAgain) {
        vma = Find(address);
      } else {
        vma = config_.go_on == GoOn::kCachedNext ? next : vma->next.get();
      }
    }
    mmap_lock_.write_unlock();
  }

  void Munmap() {
    mmap_lock_.write_lock();
    Vma* const gone = memory_[config_.unmapped].address();
    Vma* const other = memory_[1 - config_.unmapped].address();
    if (config_.unmapped == 0) {
      head_.set(other);
    } else {
      other->next.set(nullptr);
    }
    if (config_.type_stable) {
      gone->start.set(kElsewhere);
      gone->changed.set(false);
      gone->next.set(nullptr);
      other->next.set(gone);
    } else {
      memory_[config_.unmapped].destroy(gone);
    }
    mmap_lock_.write_unlock();
  }

  const WalkConfig config_;
  mm::MmapLock<Sync> mmap_lock_;
  typename Sync::template Storage<Vma> memory_[2];
  typename Sync::template Var<Vma*> head_{nullptr, "mm.first_vma"};
};

}  // namespace doorway::mprotect

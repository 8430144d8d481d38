#pragma once

#include <array>
#include <atomic>

#include "harness/graph/site.h"
#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"
#include "models/mm/cpu.h"
#include "models/mm/pte.h"
#include "properties/mm/page_notes.h"

// A range of one page, as everybody who deals with it sees it: its page-table entry, the lock around that, and each
// CPU's TLB entry and bytes. Several ranges have nothing in common but what an address space gives them.
//
// At the start the entry maps page 0, writable and unmarked, and CPU 0 may have it in its TLB.

namespace doorway::mm {

template <class Sync>
class AddressRange {
 public:
  // `cpus`: how many have to be flushed. `huge`: the entry is a huge one, of which this is one page.
  AddressRange(int index, int cpus, Access cpu0, bool huge = false)
      : index_(index),
        cpus_(cpus),
        lock_(ObjectName("ptl", index)),
        pte_(Pte{.page = 0, .writable = 1, .uffd_wp = 0, .present = 1, .huge = huge}, ObjectName("pte", index)),
        words_{Cpu<Sync>(CpuName(index, 0), cpu0), Cpu<Sync>(CpuName(index, 1), Access::kNone)} {}

  int index() const { return index_; }
  Mutex<Sync>& lock() { return lock_; }
  Cpu<Sync>& cpu(int index) { return words_[static_cast<std::size_t>(index)]; }

  // Reads the entry. Memory ordering: acquire, pairs with Write; a walk that sees an entry sees the page that it maps.
  // (Under the lock nothing depends on it. In the clients here nothing does: nobody loads a page, and a CPU meets a
  // shootdown on its way to every entry that became writable since.)
  Pte Read(Site site = Site::Here()) const { return pte_.load(std::memory_order_acquire, site); }

  // Writes the entry. REQUIRES: the lock is held. Memory ordering: release, pairs with Read.
  void Write(Pte pte, Site site = Site::Here()) { pte_.store(pte, std::memory_order_release, site); }

  // Sleeps until the marker is gone. Memory ordering: as Read.
  void AwaitUnmarked(Site site = Site::Here()) const {
    pte_.await(IsUnmarked{}, unseen, with(), std::memory_order_acquire, site);
  }

  // A TLB flush: shoots down every CPU's entry, and has all acknowledgements at its return. One CPU after the other,
  // in a fixed order: the real order makes no difference, since an entry that is dropped unused might as well not have
  // been there, and one that is used was used before. `but`: a CPU that is left out.
  void Flush(int but = -1, Site site = Site::Here()) {
    for (int i = 0; i < cpus_; ++i) {
      if (i == but) continue;
      cpu(i).Shootdown(site);
      Sync::tag(kShootdown, i, OnPage(index_, 0), site);
    }
  }

  // Copies page `from` to page `to`, as CPU `self`: it knows its own bytes.
  void CopyPage(int from, int to, int self, Site site = Site::Here()) {
    for (int i = 0; i < cpus_; ++i) {
      if (i == self) continue;
      cpu(i).Byte(from, site);
      Sync::tag(kCopyRead, i, Copy(index_, from, to), site);
    }
  }

 private:
  static constexpr ObjectName CpuName(int range, int cpu) { return {range == 0 ? "cpu" : "cpu_of_other_range", cpu}; }

  const int index_;
  const int cpus_;
  Mutex<Sync> lock_;
  typename Sync::template Atomic<Pte> pte_;
  std::array<Cpu<Sync>, kMaxCpus> words_;
};

}  // namespace doorway::mm

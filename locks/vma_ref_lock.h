#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "locks/vma_mm.h"
#include "locks/vma_notes.h"

// A per-VMA lock that is a reference count of the VMA, too, for VMAs whose memory is type-stable: a reader finds one by
// a pointer that may be old, and the object may by then have been unmapped, freed, and mapped again by anybody. All
// that is sure is that it is a VMA.
//
//   0           detached: not in use, or being made
//   1           attached; nobody reads
//   1 + n       n readers, some of which may be about to find that they must not
//   EXCLUDE     added while somebody waits for readers to go: none comes in
//
// So a reader first counts itself, unless the count is 0 or excludes it, and then asks whose VMA it has got: if it is
// another mm's, or write-locked, it goes again. Its going may be what the writer of *that* mm waits for. Once it has
// taken itself out, nothing keeps that mm, which may be freed at once, and the reader still has to wake: so it holds on
// to the mm first.
//
// Contract: fewer than 2^30 references. One writer a mm at a time, which is its writer (vma_mm.h). A write-locked VMA
// stays so until mm.end_write(). `mm` of try_read is the reader's own, and outlives its reading; other mms may be freed
// once their VMAs are detached (VmaMm::drop). A VMA is write-locked at least once in each turn of the mm's numbers,
// which is 2^31 sections: else a writer may take it for locked already, and not wait for a reader that is in.
//
// Fairness: readers never wait. The writer waits for those that were in before it, and for those about to go.
//
// Source: Linux 6.15, vm_refcnt (mm/mmap_lock.c, include/linux/mmap_lock.h), with the later fix of CVE-2025-38554.

namespace doorway {

template <class Sync>
class VmaRefLock {
 public:
  using Mm = VmaMm<Sync>;

  // Detached, and nobody's.
  VmaRefLock() : VmaRefLock(nullptr, 0) {}
  // A VMA of `mm`, attached.
  explicit VmaRefLock(Mm& mm) : VmaRefLock(&mm, 1) {}

  // Enters as a reader of `mm`, or returns false: the VMA is detached, another mm's, write-locked, or about to be.
  // Memory ordering: acquire, the count: pairs with attach, so that the VMA is seen as it was made, and with the step
  // by which a writer lets readers in again, so that the number that it set is seen.
  bool try_read(Mm& mm) {
    if (sequence_.looks_locked(mm)) return false;  // likely; what counts is asked below
    if (!get()) return false;
    Mm* const owner = mm_.get();
    if (owner != &mm) {
      owner->grab();
      put(*owner);
      owner->drop();
      return false;
    }
    if (!sequence_.is_locked(mm)) return true;
    put(mm);
    return false;
  }

  // Memory ordering: release; pairs with the acquire of who waits for readers to go. The mm is read before: afterwards
  // the VMA may be anybody's.
  void end_read() {
    Mm* const owner = mm_.get();
    put(*owner);
  }

  // Write-locks the VMA, once its readers are gone. If it is already, or is detached, there is nothing to wait for.
  // (It also looks so if the numbers have come round since it last was. Then a reader may be in: see the contract.)
  // REQUIRES: the caller is the writer of the VMA's mm.
  // Memory ordering: acquire, the looks at the count that find it as awaited: pair with put. It changes by updates
  // alone while the VMA is attached, so one look sees all that have gone. Release, the end of the exclusion: pairs with
  // try_read.
  void start_write() {
    Mm* const owner = mm_.get();
    if (sequence_.looks_locked(*owner)) return;  // for sure: the caller alone changes these numbers
    const bool attached = exclude();
    if (attached) await_count(*owner, kExclude + 1);
    sequence_.set(*owner);
    if (attached) admit();
  }

  // Makes a detached VMA one of `mm`'s. REQUIRES: the caller alone knows of it, and is the writer of `mm`.
  void init(Mm& mm) { mm_.set(&mm); }

  // Lets readers find the VMA: they will, when the writer is gone. REQUIRES: detached, write-locked.
  // Memory ordering: release; pairs with try_read's acquire.
  void attach() { count_.store(1, std::memory_order_release); }

  // Takes the VMA out of use, and waits for readers that are about to find that it is write-locked. Then nobody has a
  // reference, and nobody gets one. REQUIRES: attached, write-locked.
  // Memory ordering: acquire, each look at the count: pairs with put, so that what comes now comes after the readers.
  // Relaxed, the last step: from 0 nobody learns anything.
  void detach() {
    if (drop_reference(std::memory_order_acquire) == 0) return;
    if (!exclude()) return;  // it was the last one, and has gone
    Mm* const owner = mm_.get();
    await_count(*owner, kExclude);
    count_.fetch_sub(kExclude, std::memory_order_relaxed);
  }

  std::uint32_t count() const { return count_.load(std::memory_order_relaxed); }
  bool is_at_rest() const { return count() == 1; }  // of an attached one
  // REQUIRES: the caller has a reference, or is the writer of the VMA's mm.
  Mm* mm() const { return mm_.get(); }

 protected:
  static constexpr std::uint32_t kExclude = std::uint32_t{1} << 30;

  VmaRefLock(Mm* mm, std::uint32_t count) : mm_(mm, "vma.mm"), count_(count, "vma.refs") {}

  // Takes a reference, unless there is none or readers are excluded.
  bool get(std::memory_order order = std::memory_order_acquire) {
    return count_.try_update(Get{}, with(), order, std::memory_order_relaxed).done;
  }

  // Gives back a reference, and wakes the writer of `mm` if it may wait for that. REQUIRES: `mm` is the VMA's, and is
  // kept by something else.
  void put(Mm& mm) { wake_if_awaited(drop_reference(std::memory_order_release), mm); }

  // Returns the count that is left.
  std::uint32_t drop_reference(std::memory_order order) {
    const std::uint32_t old = count_.fetch_sub(1, order);
    Sync::tag(vma::kCount, Sync::self(), static_cast<Value>(old % kExclude == 0));
    return old - 1;
  }

  // At EXCLUDE one detaches, at EXCLUDE + 1 one write-locks.
  void wake_if_awaited(std::uint32_t left, Mm& mm) {
    if (left == kExclude || left == kExclude + 1) mm.writer_wait().wake_all();
  }

  // Keeps readers out, unless the count is 0: then they are out.
  // Memory ordering: relaxed if it does, since await_count looks again; acquire if not, since nobody does.
  bool exclude() {
    return count_.try_update(Exclude{}, with(), std::memory_order_relaxed, std::memory_order_acquire).done;
  }
  void admit() { count_.fetch_sub(kExclude, std::memory_order_release); }

  void await_count(Mm& mm, std::uint32_t count) {
    if (count_.load(std::memory_order_acquire) == count) return;
    mm.writer_wait().prepare_to_wait();
    while (count_.load(std::memory_order_acquire) != count) {
      mm.writer_wait().sleep();
      mm.writer_wait().prepare_to_wait();  // before the test, not after it: wait_queue.h says why
    }
    mm.writer_wait().finish_wait();
  }

  struct Get {
    constexpr std::optional<std::uint32_t> operator()(std::uint32_t count) const {
      if (count == 0 || count >= kExclude - 1) return std::nullopt;
      return count + 1;
    }
  };
  struct Exclude {
    constexpr std::optional<std::uint32_t> operator()(std::uint32_t count) const {
      if (count == 0) return std::nullopt;
      return count + kExclude;
    }
  };

  typename Sync::template Var<Mm*> mm_;
  VmaLockSeq<Sync> sequence_;
  typename Sync::template Atomic<std::uint32_t> count_;
};

}  // namespace doorway

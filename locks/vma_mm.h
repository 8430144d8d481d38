#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/operands.h"
#include "harness/sync/wait_queue.h"

// What the VMAs of one address space (mm) share for their locks: a sequence number, odd while a writer is in, the place
// where that writer waits for the readers of a VMA, and a count of who still needs the mm's memory.
//
// A VMA is write-locked while its own number (VmaLockSeq) is that of its mm and odd. So a writer locks VMAs one by one,
// and lets go of all at once, by one step of the mm's number: end_write.
//
// Contract: one writer at a time (mmap_lock, held for writing, is the caller's). Numbers have `bits` bits, 2 to 32, and
// wrap; what that means for a VMA that was last locked a whole turn ago, each lock says.
//
// Source: Linux, mm_lock_seq and vma_writer_wait of mm_struct (include/linux/mmap_lock.h), 6.4 and later; odd while a
// writer is in since 6.13.

namespace doorway {

template <class Sync>
class VmaMm {
 public:
  using Sequence = std::uint32_t;
  static constexpr int kFullWidth = 32;

  using Home = typename Sync::template Storage<VmaMm>;

  // `home`: where the mm lives, if it is to be freed; else it outlives all who use it. `index` is for reports.
  explicit VmaMm(int bits = kFullWidth, Home* home = nullptr, int index = -1)
      : mask_(~Sequence{0} >> (kFullWidth - bits)),
        home_(home),
        sequence_(0, ObjectName("mm_lock_seq", index)),
        writer_wait_(ObjectName("vma_writer_wait", index)),
        users_(1, ObjectName("mm_count", index)) {}

  // The writer is in. REQUIRES: no other is.
  // Memory ordering: release, as end_write: a reader may read this number instead of the one before, and must then see
  // what the section before has done. (An update that carries on the release of that end, or a fence between the two,
  // would do as well.)
  void begin_write() { step(std::memory_order_release); }

  // The writer goes, and all VMAs that it had locked are unlocked.
  // Memory ordering: release; pairs with the acquire of a reader that asks whether its VMA is write-locked.
  void end_write() { step(std::memory_order_release); }

  Sequence sequence(std::memory_order order) const { return sequence_.load(order); }

  // Waits until no writer is in: what taking mmap_lock for reading would wait for.
  // Memory ordering: acquire, pairs with end_write, as mmap_lock's would. (Who only tries his VMA again needs none.)
  void await_no_writer() { sequence_.await(IsEven{}, with(), std::memory_order_acquire); }

  WaitQueue<Sync>& writer_wait() { return writer_wait_; }

  // Keeps the mm's memory from being freed. REQUIRES: something else keeps it meanwhile.
  // Memory ordering: relaxed; what has been handed over has its own order.
  void grab() { users_.fetch_add(1, std::memory_order_relaxed); }

  // Gives up what grab, or the making of the mm, has given; the last one frees.
  // Memory ordering: release, so that the last one comes after all that others did to the mm; acquire, for the last
  // one.
  void drop() {
    if (users_.fetch_sub(1, std::memory_order_acq_rel) == 1) home_->destroy(this);
  }

 protected:
  // Memory ordering: relaxed, the load: the number changes by the writer's own stores alone.
  void step(std::memory_order order) {
    sequence_.store((sequence_.load(std::memory_order_relaxed) + 1) & mask_, order);
  }

 private:
  struct IsEven {
    constexpr bool operator()(Sequence sequence) const { return sequence % 2 == 0; }
  };

  const Sequence mask_;
  Home* const home_;
  typename Sync::template Atomic<Sequence> sequence_;
  WaitQueue<Sync> writer_wait_;
  typename Sync::template Atomic<std::uint32_t> users_;
};

// The number of the section of its mm's writer in which a VMA was last write-locked.
template <class Sync>
class VmaLockSeq {
 public:
  // Whether the VMA is write-locked. True by mistake if it was last locked a whole turn of the numbers ago; false by
  // mistake never, if the caller keeps the writer from locking it (a reader that is counted does).
  // Memory ordering: acquire, the mm's number: pairs with end_write, so that who finds the VMA unlocked sees what the
  // writer has done to it. Relaxed, the VMA's own: the lock orders it (set).
  bool is_locked(const VmaMm<Sync>& mm) const {
    return sequence_.load(std::memory_order_relaxed) == mm.sequence(std::memory_order_acquire);
  }

  // A guess at the same, for who will ask again. Memory ordering: relaxed, all; nothing follows from the answer.
  bool looks_locked(const VmaMm<Sync>& mm) const {
    return sequence_.load(std::memory_order_relaxed) == mm.sequence(std::memory_order_relaxed);
  }

  // Write-locks the VMA. REQUIRES: the caller is the writer of `mm`, and keeps readers out.
  // Memory ordering: relaxed, both: the number of the mm is the caller's own, and the step of the lock that lets
  // readers in again is a release.
  void set(const VmaMm<Sync>& mm) {
    sequence_.store(mm.sequence(std::memory_order_relaxed), std::memory_order_relaxed);
  }

 private:
  // A number that no mm starts with.
  typename Sync::template Atomic<std::uint32_t> sequence_{~std::uint32_t{0}, "vm_lock_seq"};
};

}  // namespace doorway

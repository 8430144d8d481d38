#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "locks/vma_mm.h"
#include "locks/vma_notes.h"

// A per-VMA lock in one word: a count of readers, a bit "the writer is at it" and a bit "a writer waits". Readers that
// find either bit set do not wait: they fall back to mmap_lock.
//
// Contract: any number of readers below 2^30; one writer a mm at a time, which is its writer (vma_mm.h). A write-locked
// VMA stays so until mm.end_write(), which unlocks all; the word itself is locked only while the number is being set.
// The VMA and its mm outlive their readers.
// Fairness: readers never wait. The writer waits for those that were in before it came; none gets in after.
// Progress: the updates are compare-exchange loops natively.
//
// The writer ends with a blind store of 0. That is safe because readers leave the word alone while a writer's bit is
// set: none is counted, and none is about to be taken out.
//
// Source: the two-bit variant by Suren Baghdasaryan on linux-mm, in the discussion of how to make per-VMA locks smaller
// than an rwsem (Nov 2024 to Jan 2025).

namespace doorway {

template <class Sync>
class VmaTwoBitLock {
 public:
  explicit VmaTwoBitLock(VmaMm<Sync>& mm) : mm_(mm) {}

  // Enters as a reader, or returns false: the VMA is write-locked, or a writer wants it.
  // Memory ordering: acquire on success; pairs with the writer's store of 0, so that the number that it set is seen.
  // Relaxed on failure: nothing is read then.
  bool try_read() {
    if (!join()) return false;
    if (!sequence_.is_locked(mm_)) return true;
    end_read();
    return false;
  }

  // Memory ordering: release; pairs with the acquire of the writer that finds no reader left.
  void end_read() {
    if (leave()) mm_.writer_wait().wake_all();
  }

  // Write-locks the VMA, once the readers are gone. REQUIRES: the caller is the writer of the mm.
  // Memory ordering: acquire, each look at the count: pairs with end_read. Only updates change the count while there
  // are readers, so one look sees all that have left. Release, the store: pairs with try_read.
  void start_write() {
    if (!lock_or_announce()) await_readers_gone();
    sequence_.set(mm_);
    word_.store(0, std::memory_order_release);
  }

  bool is_at_rest() const { return word_.load(std::memory_order_relaxed) == 0; }

 protected:
  static constexpr std::uint32_t kWriterIn = std::uint32_t{1} << 31;
  static constexpr std::uint32_t kWriterWaits = std::uint32_t{1} << 30;
  static constexpr std::uint32_t kMostReaders = kWriterWaits - 1;

  bool join() { return word_.try_update(Join{}, with(), std::memory_order_acquire, std::memory_order_relaxed).done; }

  // Whether this was the last reader, and a writer waits.
  bool leave() {
    const std::uint32_t old = word_.fetch_sub(1, std::memory_order_release);
    Sync::tag(vma::kCount, Sync::self(), static_cast<Value>((old & kMostReaders) == 0));
    return old == (kWriterWaits | 1);
  }

  // Whether there was no reader: then the word is locked.
  bool lock_or_announce() { return word_.update(LockOrAnnounce{}, with(), std::memory_order_acquire) == 0; }

  void await_readers_gone() {
    WaitQueue<Sync>& queue = mm_.writer_wait();
    queue.prepare_to_wait();
    while (!word_.try_update(LockIfGone{}, with(), std::memory_order_acquire, std::memory_order_relaxed).done) {
      queue.sleep();
      queue.prepare_to_wait();  // before the test, not after it: wait_queue.h says why
    }
    queue.finish_wait();
  }

  struct Join {
    constexpr std::optional<std::uint32_t> operator()(std::uint32_t word) const {
      if (word >= kMostReaders) return std::nullopt;  // a writer's bit, or no room
      return word + 1;
    }
  };
  struct LockOrAnnounce {
    constexpr std::uint32_t operator()(std::uint32_t word) const { return word == 0 ? kWriterIn : word | kWriterWaits; }
  };
  struct LockIfGone {
    constexpr std::optional<std::uint32_t> operator()(std::uint32_t word) const {
      if (word != kWriterWaits) return std::nullopt;
      return kWriterIn;
    }
  };

  VmaMm<Sync>& mm_;
  VmaLockSeq<Sync> sequence_;
  typename Sync::template Atomic<std::uint32_t> word_{0, "vma.word"};
};

}  // namespace doorway

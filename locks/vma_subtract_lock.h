#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "locks/vma_mm.h"
#include "locks/vma_notes.h"

// A per-VMA lock in one word, entered by subtraction: a reader takes 1, the writer takes as much as there is when
// nobody is in. Additions and subtractions commute, so readers that come at the wrong time need not be told apart: they
// put back what they took.
//
//   FREE, 2^(w-1)   nobody          0     the writer
//   FREE - n        n readers       -n    n readers, and a writer that waits; or n that are about to put back
//
// A reader is in if what it left is positive, as a signed number of w bits; else it puts back. Whoever puts back, or
// leaves, and makes the word 0 wakes the writer: it is the one that waits for 0. (Or the writer is in already, and the
// wake is for nothing.)
//
// Contract: as VmaTwoBitLock's (vma_two_bit_lock.h). Fewer than 2^(w-1) readers at a time, refused ones included
// that have not put back yet. (Two more, and the word wraps round to a positive number while the writer is in.)
// Fairness: readers never wait. The writer waits for those that were in before it, and for those that put back.
//
// Source: Matthew Wilcox's encoding, in the same discussion.

namespace doorway {

template <class Sync>
class VmaSubtractLock {
 public:
  static constexpr int kFullWidth = 32;

  // A word of `bits` bits, 2 to 32.
  explicit VmaSubtractLock(VmaMm<Sync>& mm, int bits = kFullWidth)
      : mm_(mm), mask_(~std::uint32_t{0} >> (kFullWidth - bits)), free_(mask_ / 2 + 1), word_(free_, "vma.word") {}

  // Enters as a reader, or returns false: the VMA is write-locked, or a writer wants it.
  // Memory ordering: acquire; pairs with the writer's addition, so that the number that it set is seen.
  bool try_read() {
    if (is_positive(add(mask_, std::memory_order_acquire)) && !sequence_.is_locked(mm_)) return true;
    end_read();
    return false;
  }

  // Leaves; or puts back.
  // Memory ordering: release; pairs with the acquire of the writer that finds 0.
  void end_read() {
    if (put_back() == 0) mm_.writer_wait().wake_all();
  }

  // Write-locks the VMA, once the readers are gone. REQUIRES: the caller is the writer of the mm.
  // Memory ordering: acquire, each look at the word: pairs with end_read. The word changes by updates alone, so one
  // look sees all that have left. Release, the addition: pairs with try_read.
  void start_write() {
    if (add(free_, std::memory_order_acquire) != 0) await_readers_gone();
    sequence_.set(mm_);
    add(free_, std::memory_order_release);  // not a store: readers may be about to put back
  }

  bool is_at_rest() const { return word_.load(std::memory_order_relaxed) == free_; }

 protected:
  bool is_positive(std::uint32_t word) const { return word != 0 && word < free_; }

  // Adds modulo 2^w (so the mask is -1, and FREE its own negative), and returns the sum.
  std::uint32_t add(std::uint32_t by, std::memory_order order) {
    return Sum{}(word_.update(Sum{}, with(by, mask_), order), by, mask_);
  }

  std::uint32_t put_back() {
    const std::uint32_t word = add(1, std::memory_order_release);
    Sync::tag(vma::kCount, Sync::self(), static_cast<Value>(word == ((free_ + 1) & mask_)));
    return word;
  }

  void await_readers_gone() {
    WaitQueue<Sync>& queue = mm_.writer_wait();
    queue.prepare_to_wait();
    while (word_.load(std::memory_order_acquire) != 0) {
      queue.sleep();
      queue.prepare_to_wait();  // before the test, not after it: wait_queue.h says why
    }
    queue.finish_wait();
  }

  struct Sum {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t by, std::uint32_t mask) const {
      return (word + by) & mask;
    }
  };

  VmaMm<Sync>& mm_;
  const std::uint32_t mask_;
  const std::uint32_t free_;
  VmaLockSeq<Sync> sequence_;
  typename Sync::template Atomic<std::uint32_t> word_;
};

}  // namespace doorway

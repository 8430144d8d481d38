#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/operands.h"

// A sequence count: a number that is odd while a writer is in. Readers write nothing: they read the number, then the
// data, then the number again, and start over if it was odd or has changed.
//
//   Sync::spin([&] {                              count.write_begin();
//     const auto begun = count.read_begin();      x.store(1, relaxed);
//     const int a = x.load(relaxed);              count.write_end();
//     if (count.read_retry(begun)) return true;
//     ... a is what x was ...
//     return false;
//   });
//
// Contract: writers exclude each other by other means (SeqLock brings a lock). What is read is atomics, since it may
// be read while it is written, and must not be used before read_retry has said no. A reader must not keep the writer
// from running: not in an interrupt, nor with a higher priority, on the writer's CPU; it would wait for ever. A reader
// during which 2^31 writes pass takes them for none (2^(w-1), of numbers of w bits).
// Fairness: writers do not wait for readers. Readers have no bound: writers that come again and again keep them out.
// Cost: a reader two loads, a writer two stores. No updates. Space: a word.
//
// Source: Linux, include/linux/seqlock.h; Boehm, "Can seqlocks get along with programming language memory models?",
// MSPC 2012, for the orders.

namespace doorway {

template <class Sync>
class SeqCount {
 public:
  using Number = std::uint32_t;
  static constexpr int kFullWidth = 32;

  explicit SeqCount(int width = kFullWidth) : mask_(~Number{0} >> (kFullWidth - width)) {}

  // Memory ordering: acquire; pairs with write_end's release, so that the data of the write that it tells of is seen.
  Number read_begin() const { return number_.load(std::memory_order_acquire); }

  // Whether what was read since `begun` is to be thrown away.
  // Memory ordering: acquire, the fence; pairs with the release fence of write_begin: who has read anything of a write
  // sees that it has begun. Relaxed, the load: it comes after that fence.
  bool read_retry(Number begun) const {
    Sync::fence(std::memory_order_acquire);
    return is_odd(begun) || has_changed(begun);
  }

  // Memory ordering: relaxed, the number; release, the fence behind it: pairs with the fence of read_retry.
  void write_begin() {
    begin();
    Sync::fence(std::memory_order_release);
  }
  // Memory ordering: release; pairs with read_begin's acquire. Relaxed, the load: the writer alone changes the number.
  void write_end() { end(std::memory_order_release); }

 protected:
  static bool is_odd(Number number) { return (number & 1) != 0; }
  bool has_changed(Number begun) const { return number_.load(std::memory_order_relaxed) != begun; }
  void begin() { number_.store(next(), std::memory_order_relaxed); }
  void end(std::memory_order order) { number_.store(next(), order); }
  Number next() const { return (number_.load(std::memory_order_relaxed) + 1) & mask_; }

  const Number mask_;
  typename Sync::template Atomic<Number> number_{0, "number"};
};

// A sequence count whose writers exclude each other by a lock, in the order of their arrival.
template <class Sync>
class SeqLock : public SeqCount<Sync> {
 public:
  using SeqCount<Sync>::SeqCount;

  void write_begin() {
    lock_.lock();
    SeqCount<Sync>::write_begin();
  }
  void write_end() {
    SeqCount<Sync>::write_end();
    lock_.unlock();
  }

 private:
  FifoMutex<Sync> lock_{"lock"};
};

}  // namespace doorway

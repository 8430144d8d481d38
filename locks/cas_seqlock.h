#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/operands.h"

// A lock for readers that write nothing, in one word: a number that is odd while a writer is in. A reader reads the
// number, the data, and the number again, and starts anew if a writer was or came in. Writers exclude each other by the
// number, too; seqlock.h has the count alone, and one with a lock for its writers.
//
// Contract: writers exclude each other. What is protected is read while it is written, so it has to be atomics, relaxed
// ones will do; what a reader has read counts only once `read_retry` has said no. A reader must not be interrupted for
// so long that the number comes round: 2^31 sections, or 2^(w-1) if the number has w bits.
// Fairness: none. Writers pass each other, and keep a reader trying for ever.
//
// Source: Linux, include/linux/seqlock.h; the orders are those of Boehm, "Can seqlocks get along with programming
// language memory models?", MSPC 2012.

namespace doorway {

template <class Sync>
class CasSeqLock {
 public:
  using Number = std::uint32_t;
  static constexpr int kFullWidth = 32;

  explicit CasSeqLock(int width = kFullWidth) : mask_(~Number{0} >> (kFullWidth - width)) {}

  // Memory ordering: acquire; pairs with write_unlock's release: the writers before. Then a release fence, which pairs
  // with the reader's acquire fence: who reads what is written from here on, and then the number, finds it odd at
  // least.
  void write_lock() { Begin(true); }

  // Memory ordering: release; pairs with read_begin's acquire. Relaxed, the load: it is the writer's own number.
  void write_unlock() { End(std::memory_order_release); }

  // Waits until no writer is in; returns the number to ask about.
  // Memory ordering: acquire; pairs with write_unlock's release: what that writer and those before have written.
  Number read_begin() const { return sequence_.await(IsEven{}, with(), std::memory_order_acquire); }

  // Whether what has been read since read_begin is worth nothing.
  // Memory ordering: an acquire fence before the look; pairs with write_lock's fence. The look itself is relaxed.
  bool read_retry(Number began) const { return Changed(began, true); }

 protected:
  struct IsEven {
    constexpr bool operator()(Number number, Number /*mask*/ = 0) const { return number % 2 == 0; }
  };
  struct Next {
    constexpr Number operator()(Number number, Number mask) const { return (number + 1) & mask; }
  };

  void Begin(bool fence) {
    sequence_.await_update(IsEven{}, Next{}, with(mask_), std::memory_order_acquire);
    if (fence) Sync::fence(std::memory_order_release);
  }
  void End(std::memory_order order) {
    sequence_.store(Next{}(sequence_.load(std::memory_order_relaxed), mask_), order);
  }
  bool Changed(Number began, bool fence) const {
    if (fence) Sync::fence(std::memory_order_acquire);
    return sequence_.load(std::memory_order_relaxed) != began;
  }

  const Number mask_;
  typename Sync::template Atomic<Number> sequence_{0, "sequence"};
};

}  // namespace doorway

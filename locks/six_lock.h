#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/sync/operands.h"

// A lock of three modes: shared, intent, exclusive. Intent excludes intent, and no readers; who has it may change to
// exclusive, which waits for the readers to go. So of two that mean to write, one has intent, and an upgrade never
// waits for another upgrade. A number that goes up with each exclusive section lets a reader that has unlocked take the
// lock again if nothing has been written since.
//
//   bits 0-7 readers, bit 8 intent, bit 9 exclusive is held or waited for, from bit 16 on the number
//
// Contract: exclusive only on top of intent. Not reentrant. At most 255 readers. A relock after a whole turn of the
// number (2^w sections, w at most 32) takes the data for unchanged.
// Fairness: a waiting writer keeps new readers out, so it waits only for those inside. Readers, and those that want
// intent, take their chance: no bound.
// Cost: one update to take or leave a mode. Space: 64 bits.
//
// Source: bcachefs, fs/bcachefs/six.h and six.c, without its wait lists, spinning, and per-CPU readers.

namespace doorway {

template <class Sync>
class SixLock {
 public:
  using Number = std::uint32_t;
  static constexpr int kFullWidth = 32;

  explicit SixLock(int width = kFullWidth) : mask_((std::uint64_t{1} << width) - 1) {}

  // Memory ordering: acquire; pairs with write_unlock's release, which heads a sequence of updates.
  void read_lock() { word_.await_update(IsOpen{}, AddReader{}, with(), std::memory_order_acquire); }
  // Memory ordering: release; pairs with the writer's wait for readers.
  void read_unlock() { word_.fetch_sub(kReader, std::memory_order_release); }

  // The number, for relock. REQUIRES: any mode is held. Relaxed: it does not change meanwhile, unless by the caller.
  Number number() const { return static_cast<Number>(word_.load(std::memory_order_relaxed) >> kNumberAt); }
  // Becomes a reader if nothing was written since `number`, which it took itself, and no writer is in or waits;
  // returns whether it did.
  // Memory ordering: relaxed; the caller has seen everything up to `number`, when it took that.
  bool relock(Number number) {
    return word_.try_update(Relock{}, with(number), std::memory_order_relaxed, std::memory_order_relaxed).done;
  }

  // Memory ordering: acquire; pairs with the releases of write_unlock and of intent_unlock.
  void intent_lock() { word_.await_update(IsWithoutIntent{}, SetIntent{}, with(), std::memory_order_acquire); }
  // Memory ordering: release; what was read under intent comes before the next writer's section. Who has
  // also written in between does not need it: write_unlock's release does it.
  void intent_unlock() { word_.fetch_and(~kIntent, std::memory_order_release); }

  // REQUIRES: the caller has intent.
  // Memory ordering: relaxed, the announcement; acquire, the wait; pairs with read_unlock.
  void write_lock() {
    word_.fetch_or(kExclusive, std::memory_order_relaxed);
    await_readers(std::memory_order_acquire);
  }
  // Memory ordering: release; pairs with the acquires of readers.
  void write_unlock() { word_.update(EndWrite{}, unseen, with(mask_), std::memory_order_release); }

 protected:
  static constexpr std::uint64_t kReader = 1, kReaders = 0xff, kIntent = 1 << 8, kExclusive = 1 << 9;
  static constexpr int kNumberAt = 16;

  void await_readers(std::memory_order order) { word_.await(IsWithoutReaders{}, unseen, with(), order); }

  struct IsOpen {
    constexpr bool operator()(std::uint64_t word) const { return (word & kExclusive) == 0; }
  };
  struct AddReader {
    constexpr std::uint64_t operator()(std::uint64_t word) const { return word + kReader; }
  };
  struct Relock {
    constexpr std::optional<std::uint64_t> operator()(std::uint64_t word, Number number) const {
      if ((word & kExclusive) != 0 || word >> kNumberAt != number) return std::nullopt;
      return word + kReader;
    }
  };
  struct IsWithoutIntent {
    constexpr bool operator()(std::uint64_t word) const { return (word & kIntent) == 0; }
  };
  struct SetIntent {
    constexpr std::uint64_t operator()(std::uint64_t word) const { return word | kIntent; }
  };
  struct IsWithoutReaders {
    constexpr bool operator()(std::uint64_t word) const { return (word & kReaders) == 0; }
  };
  struct EndWrite {
    constexpr std::uint64_t operator()(std::uint64_t word, std::uint64_t mask) const {
      const std::uint64_t low = word & ((std::uint64_t{1} << kNumberAt) - 1) & ~kExclusive;
      return low | (((word >> kNumberAt) + 1) & mask) << kNumberAt;
    }
  };

  const std::uint64_t mask_;
  typename Sync::template Atomic<std::uint64_t> word_{0, "word"};
};

}  // namespace doorway

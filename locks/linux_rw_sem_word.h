#pragma once

#include <cstdint>
#include <optional>

#include "harness/sync/waiter_fifo.h"

// The two words of linux_rw_sem.h, and what is done to them in one step.

namespace doorway {

// The count: who is inside, and two hints for those outside.
//
//   bit 0    a writer is inside
//   bit 1    somebody waits: whoever leaves has to wake, whoever comes has to queue
//   bit 2    the head of the queue has waited too long: nobody goes before it any more (handoff)
//   bits 8-  how many readers are inside, or are about to find that they must not be
struct RwSemCount {
  static constexpr std::uint32_t kWriter = 1;
  static constexpr std::uint32_t kWaiters = 2;
  static constexpr std::uint32_t kHandoff = 4;
  static constexpr std::uint32_t kReader = 0x100;

  static constexpr std::uint32_t Readers(std::uint32_t count) { return count / kReader; }
  // Whether anybody is inside, or a reader is about to find out.
  static constexpr bool IsHeld(std::uint32_t count) { return (count & kWriter) != 0 || Readers(count) != 0; }
  // Whether a reader that has just counted itself must look further.
  static constexpr bool RefusesReaders(std::uint32_t count) { return (count & (kWriter | kWaiters | kHandoff)) != 0; }
  static constexpr bool RefusesThieves(std::uint32_t count) { return (count & (kWriter | kHandoff)) != 0; }
};

// The wait list, plain data under the wait lock: the waiters in the order of arrival, and of the first one whether it
// has been refused before, and whether the handoff is its own.
struct RwSemQueue {
  WaiterFifo fifo;
  bool head_refused;
  bool head_asked;

  enum Kind : int { kRead = 0, kWrite = 1 };

  constexpr explicit RwSemQueue(std::uint64_t bits)
      : fifo(bits), head_refused((bits >> kRefusedAt & 1) != 0), head_asked((bits >> kAskedAt & 1) != 0) {}
  constexpr std::uint64_t Bits() const {
    return fifo.bits() | std::uint64_t{head_refused} << kRefusedAt | std::uint64_t{head_asked} << kAskedAt;
  }

  constexpr bool IsHead(int thread) const { return !fifo.empty() && fifo.front().thread == thread; }

  // Takes the thread out. REQUIRES: it is in.
  constexpr void Remove(int thread) {
    for (int i = 0; i < fifo.size(); ++i) {
      if (fifo.at(i).thread != thread) continue;
      if (i == 0) head_refused = head_asked = false;
      fifo.remove(i);
      return;
    }
  }

 private:
  static constexpr int kRefusedAt = WaiterFifo::kBits;
  static constexpr int kAskedAt = kRefusedAt + 1;
};

// A writer that takes the semaphore without having queued, past those who have.
struct RwSemSteal {
  constexpr std::optional<std::uint32_t> operator()(std::uint32_t count) const {
    if (RwSemCount::IsHeld(count) || (count & RwSemCount::kHandoff) != 0) return std::nullopt;
    return count | RwSemCount::kWriter;
  }
};

// A writer in the queue that tries. It yields to a head that has asked for the handoff; it takes the semaphore if it is
// free, and with it the handoff; else it may ask for the handoff, if it has waited too long.
struct RwSemTry {
  constexpr std::optional<std::uint32_t> operator()(std::uint32_t count, bool yields, bool too_long, bool last) const {
    const bool handoff = (count & RwSemCount::kHandoff) != 0;
    if (handoff && yields) return std::nullopt;
    if (RwSemCount::IsHeld(count)) {
      if (handoff || !too_long) return std::nullopt;
      return count | RwSemCount::kHandoff;
    }
    const std::uint32_t kept = last ? 0 : count & RwSemCount::kWaiters;
    return kept | RwSemCount::kWriter;
  }
};

}  // namespace doorway

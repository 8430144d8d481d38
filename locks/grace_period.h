#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/operands.h"

// The grace period of RCU as a specification, in one word: who waits for one waits for the read-side sections that are
// open, and for none that is opened later.
//
// Contract: a section a CPU, CPUs 0 to 7, not nested. One thread at a time calls wait().
// Guarantee: of a section and a wait, either all of the section happens before the wait's return, or all of it after
// the wait's call. A real RCU gives the same, without any update by readers.

namespace doorway {

template <class Sync>
class GracePeriod {
 public:
  // Memory ordering: acquire; pairs with the release of a wait that had begun before: what came before it is seen.
  void enter(int cpu) { word_.fetch_or(Reading(cpu), std::memory_order_acquire); }
  // Memory ordering: release; pairs with the acquire at the end of a wait.
  void leave(int cpu) { word_.fetch_and(~(Reading(cpu) | Awaited(cpu)), std::memory_order_release); }

  // Memory ordering: release, the call, as above; acquire, the end: pairs with leave, also of sections that
  // were over at the call, since the word changes by updates alone.
  void wait() {
    word_.update(AwaitReaders{}, unseen, with(), std::memory_order_release);
    word_.await(NoneAwaited{}, unseen, with(), std::memory_order_acquire);
  }

 private:
  static std::uint32_t Reading(int cpu) { return std::uint32_t{1} << cpu; }
  static std::uint32_t Awaited(int cpu) { return std::uint32_t{1} << (cpu + 8); }

  struct AwaitReaders {
    constexpr std::uint32_t operator()(std::uint32_t word) const { return word | (word & 0xff) << 8; }
  };
  struct NoneAwaited {
    constexpr bool operator()(std::uint32_t word) const { return (word >> 8) == 0; }
  };

  typename Sync::template Atomic<std::uint32_t> word_{0, "rcu"};
};

}  // namespace doorway

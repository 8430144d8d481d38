#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"

// Read-copy-update as user space has it: a word for each thread, and full fences. What rcu.h says in one word, without
// a word that all readers write.
//
//   reader        word odd; fence; read; word even
//   grace period  fence; for each thread: if its word is odd, wait until it is another
//
// Why it is right: reader and grace period are store buffering. Either the grace period sees the odd word, and waits;
// or the reader, after its fence, sees what was unpublished before the grace period's.
//
// Contract: that of Rcu (rcu.h); `threads` of them, at most eight. Grace periods run in parallel. Words have `bits`
// bits, 2 to 32, and wrap. Fairness: readers never wait. A grace period that waits for a thread goes on when that has
// left, and so ends under weak fairness as long as the word has not come round to the very value whenever it looks;
// with 32 bits that is 2^31 sections.
//
// Source: Desnoyers, McKenney, Stern, Dagenais and Walpole, "User-Level Implementations of Read-Copy Update" (2012),
// the variant with memory barriers; with a count in the words instead of two phases.

namespace doorway {

template <class Sync>
class PerThreadRcu {
 public:
  explicit PerThreadRcu(int threads = kMaxThreads, int bits = 32)
      : threads_(threads), mask_(~std::uint32_t{0} >> (32 - bits)) {}

  // Memory ordering: release, the word: a grace period may read it instead of the one by which the section before
  // ended, and must then know that as over. seq_cst, the fence: one side of store buffering; the other is
  // synchronize's.
  void read_lock(Site site = Site::Here()) {
    step(std::memory_order_release, site);
    full_fence(site);
  }

  // Memory ordering: release; pairs with the acquire of synchronize that finds this section over.
  void read_unlock(Site site = Site::Here()) { step(std::memory_order_release, site); }

  // Memory ordering: seq_cst, the fence: as read_lock's. Acquire, each look: pairs with read_unlock, of the section
  // that is waited for, or was over before.
  void synchronize(Site site = Site::Here()) {
    full_fence(site);
    for (int thread = 0; thread < threads_; ++thread) {
      const std::uint32_t seen = words_[thread].load(std::memory_order_acquire, site);
      if (seen % 2 != 0) words_[thread].await(IsAnother{}, unseen, with(seen), std::memory_order_acquire, site);
    }
  }

 protected:
  static constexpr int kMaxThreads = 8;
  using Word = typename Sync::template Atomic<std::uint32_t>;

  // Memory ordering: relaxed, the load: the word is the thread's own.
  void step(std::memory_order order, Site site = Site::Here()) {
    Word& word = words_[Sync::self()];
    word.store((word.load(std::memory_order_relaxed, site) + 1) & mask_, order, site);
  }
  static void full_fence(Site site = Site::Here()) { Sync::fence(std::memory_order_seq_cst, site); }

  struct IsAnother {
    constexpr bool operator()(std::uint32_t word, std::uint32_t seen) const { return word != seen; }
  };

  const int threads_;
  const std::uint32_t mask_;
  Word words_[kMaxThreads] = {Word(0, ObjectName("rcu", 0)), Word(0, ObjectName("rcu", 1)),
                              Word(0, ObjectName("rcu", 2)), Word(0, ObjectName("rcu", 3)),
                              Word(0, ObjectName("rcu", 4)), Word(0, ObjectName("rcu", 5)),
                              Word(0, ObjectName("rcu", 6)), Word(0, ObjectName("rcu", 7))};
};

}  // namespace doorway

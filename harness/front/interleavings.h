#pragma once

#include <cstdint>
#include <vector>

#include "harness/graph/execution.h"

// The interleavings of an execution in which it may really run: orders of its threads' steps.
//
// A thread's first step is its beginning, up to its first operation; each other step is an operation with the plain
// code behind it. Steps keep po, and a read comes after the write that it reads from. Where the execution is
// sequentially consistent, they keep the modification order and from-reads too, so that each interleaving is a run in
// which every read finds the newest value; else the modification order alone, if that can be.

namespace doorway::front {

class Interleavings {
 public:
  using Cut = std::vector<std::uint16_t>;  // how many steps each thread has made

  explicit Interleavings(const Execution& execution);

  int threads() const { return static_cast<int>(execution_.threads.size()); }
  Cut Beginning() const { return Cut(execution_.threads.size(), 0); }
  // The event that the thread's next step is; kNoEvent: its beginning. REQUIRES: MayStep.
  EventId Next(const Cut& cut, int thread) const;
  // Whether the thread's next step, if it has one, may come now.
  bool MayStep(const Cut& cut, int thread) const;
  // The threads for which MayStep, as bits.
  std::uint32_t Enabled(const Cut& cut) const;

 private:
  bool Done(const Cut& cut, EventId e) const;
  void Require(bool modification_order, bool from_reads);
  bool HasOrder() const;

  const Execution& execution_;
  std::vector<std::vector<EventId>> before_;  // by event: those that must have been
};

}  // namespace doorway::front

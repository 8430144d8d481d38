#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/graph/label.h"
#include "harness/graph/order.h"

// Data races in a run that happens one step after another: two conflicting accesses, one of them plain, that
// happens-before (of the orders as written) does not order.
//
// Happens-before has no bounded memory, but whether *one* access happens before what a thread does now has: a bit a
// thread and a bit a location. So the run is explored once more, and at each access it may be decided, or not, to
// follow that access from now on. `knows` are the threads whose next operation it happens before; a location's mark
// says that who reads it with acquire will know. A conflicting access of a thread that does not know is a race; every
// race is found, for its earlier access is followed in some run.
//
// Rules: C++20 [intro.races]. A release store passes on what its thread knows, a relaxed one what it knew at its last
// release fence; a read-modify-write leaves the mark of what it replaces (release sequence); a relaxed read gives its
// knowledge to the next acquire fence.

namespace doorway {

class RaceTracker {
 public:
  // What of it is in a state. All zero: nothing is followed.
  static constexpr std::size_t kFields = 5;
  struct State {
    std::uint64_t place = 0;    // of the access, plus one
    std::uint64_t what = 0;     // kWrite, kPlain, kDestroy
    std::uint64_t knows = 0;    // a bit a thread
    std::uint64_t pending = 0;  // would know after an acquire fence
    std::uint64_t fenced = 0;   // knew at its last release fence
  };

  static bool Follows(const State& state) { return state.place != 0; }

  // Begins to follow thread `t`'s access.
  static State Begin(int t, const Label& label, bool wrote) {
    const std::uint64_t bit = std::uint64_t{1} << t;
    return {std::uint64_t{label.location} + 1, WhatOf(label, wrote), bit, 0, 0};
  }

  enum class Judgement : std::uint8_t { kFine, kRace, kUseAfterFree };

  // Thread t's access against the one that is followed.
  static Judgement Judge(const State& state, int t, const Label& label, bool wrote) {
    if (state.place != std::uint64_t{label.location} + 1 || (state.knows >> t & 1) != 0) return Judgement::kFine;
    const std::uint64_t either = state.what | WhatOf(label, wrote);
    if ((either & kPlain) == 0 || (either & kWrite) == 0) return Judgement::kFine;
    return (either & kDestroy) != 0 ? Judgement::kUseAfterFree : Judgement::kRace;
  }

  // Thread t does `label`: `mark` of what it reads, if it reads; the mark of what it writes, if it writes.
  static bool Do(State* state, int t, const Label& label, bool wrote, bool mark) {
    const std::uint64_t bit = std::uint64_t{1} << t;
    const Order order = label.EffectiveOrder(wrote);
    const bool acquires = order == Order::kAcquire || order == Order::kAcqRel || order == Order::kSeqCst;
    const bool releases = order == Order::kRelease || order == Order::kAcqRel || order == Order::kSeqCst;
    if (label.op == Op::kFence) {
      if (acquires && (state->pending & bit) != 0) state->knows |= bit;
      if (releases && (state->knows & bit) != 0) state->fenced |= bit;
      return false;
    }
    if (order == Order::kPlain) return false;
    if (!Reads(label.op)) mark = false;
    if (mark) (acquires ? state->knows : state->pending) |= bit;
    return mark || ((releases ? state->knows : state->fenced) & bit) != 0;
  }

 private:
  static constexpr std::uint64_t kWrite = 1, kPlain = 2, kDestroy = 4;
  static std::uint64_t WhatOf(const Label& label, bool wrote) {
    return (wrote ? kWrite : 0) | (label.order == Order::kPlain ? kPlain : 0) | (label.destroy ? kDestroy : 0);
  }
};

}  // namespace doorway

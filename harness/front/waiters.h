#pragma once

#include <bit>

#include "harness/graph/value.h"

// Threads that wait in a queue, and wake-ups of some of them, in 40 bits of a word.
//
// A wake-up is for one of the threads that wait when it comes, whichever: it adds a token, and all that wait now are
// eligible. A waiter that is eligible takes a token and leaves. So nobody need choose whom to wake: who comes first
// does.

namespace doorway::front {

struct Waiters {
  static constexpr int kBits = 40;

  explicit Waiters(Value bits) : waiting(bits & 0xffff), eligible(bits >> 16 & 0xffff), tokens(bits >> 32 & 0xff) {}
  Value bits() const { return waiting | eligible << 16 | tokens << 32; }

  static Value Bit(Value thread) { return Value{1} << (thread & 15); }
  int count() const { return std::popcount(waiting); }
  bool MayLeave(Value thread) const { return tokens > 0 && (eligible & Bit(thread)) != 0; }

  void Join(Value thread) { waiting |= Bit(thread); }
  // Leaves, by a wake-up if there is one for it.
  void Leave(Value thread) {
    if (MayLeave(thread)) --tokens;
    waiting &= ~Bit(thread);
    eligible = tokens == 0 ? 0 : eligible & ~Bit(thread);
  }
  // Wakes up to `n`; how many are woken that were not before.
  Value Wake(Value n) {
    eligible = waiting;
    const Value asleep = static_cast<Value>(count()) - tokens;
    const Value woken = n < asleep ? n : asleep;
    tokens += woken;
    return woken;
  }

  Value waiting;
  Value eligible;
  Value tokens;
};

}  // namespace doorway::front

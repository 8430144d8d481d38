#pragma once

#include "harness/graph/monitor.h"
#include "harness/graph/value.h"

// Who is inside as a member of which group: a part of a monitor's state, one bit a thread and group.
//
// A section is as long as it can be: from its earliest enter to its latest leave. Two sections of one thread may have
// no operation between them. Then the second one's earliest enter comes before the first one's latest leave, which
// would end both; so the latest enter counts, too.
//
// A thread does not enter twice as a member of one group without leaving in between.

namespace doorway {

class Sections {
 public:
  // In bits [at, at + bits()) of a state. Threads are 0 to threads - 1, groups 0 to groups - 1.
  constexpr Sections(int threads, int groups, int at) : threads_(threads), groups_(groups), at_(at) {}

  constexpr int bits() const { return threads_ * groups_; }

  constexpr void Enter(int thread, int group, Value* state) const { *state |= Bit(thread, group); }

  constexpr void Leave(Monitor::When when, int thread, int group, Value* state) const {
    if (when != Monitor::When::kEarliest) *state &= ~Bit(thread, group);
  }

  // Whether a thread other than `thread` is inside as a member of `group`.
  constexpr bool Others(int thread, int group, Value state) const {
    for (int other = 0; other < threads_; ++other) {
      if (other != thread && (state & Bit(other, group)) != 0) return true;
    }
    return false;
  }

 private:
  constexpr Value Bit(int thread, int group) const { return Value{1} << (at_ + thread * groups_ + group); }

  int threads_;
  int groups_;
  int at_;
};

}  // namespace doorway

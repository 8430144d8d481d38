#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "harness/sync/wait_queue.h"

// A lock for two groups as a signed counter and a wait queue: members of group 1 count up, members of group 0 down, and
// who would have to cross zero sleeps. Small, quick, and unfair.
//
// Contract: members of one group run in parallel, members of both never. Reentrant for the group that is inside. At
// most ten threads sleep.
// Fairness: none. Newcomers of the holding group join past any number of sleepers, so two members whose sections
// overlap without end keep the other group out for ever, even if every thread runs on. Overtakes grow with the length
// of the run: with two clients of the holding group and n rounds each, 2n-1.
// Progress: `try_update` is one step here; natively it is a compare-exchange loop.
//
// Source: bcachefs two_state_shared_lock (fs/bcachefs/two_state_shared_lock.h and .c), which its page-cache lock stands
// on: "add" for buffered I/O and faults, "block" for direct I/O and truncation.

namespace doorway {

template <class Sync>
class TwoStateLock {
 public:
  // Waits until this thread is inside as a member of `group` (0 or 1).
  void enter(int group) {
    if (try_enter(group)) {
      Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
      Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
      return;
    }
    sleepers_.prepare_to_wait();
    Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    while (!try_enter(group)) {
      sleepers_.sleep();
      sleepers_.prepare_to_wait();  // before the test, not after it: wait_queue.h says why
    }
    Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
    sleepers_.finish_wait();
  }

  // Enters if the other group is not inside; returns whether it did.
  // Memory ordering: acquire on success; pairs with exit's release. The counter changes by updates alone, so each
  // exit's release heads a sequence that every later success reads from. Relaxed on failure: the thread sleeps and
  // tries again, and what it must not miss is the wait queue's affair.
  bool try_enter(int group) {
    return count_.try_update(Join{}, with(Step(group)), std::memory_order_acquire, std::memory_order_relaxed).done;
  }

  // Memory ordering: release; pairs with try_enter's acquire. Whoever is woken sees the counter as left here, by the
  // wait queue's own order.
  void exit(int group) {
    if (leave(group)) sleepers_.wake_all();
  }

 protected:
  static std::int32_t Step(int group) { return group == 1 ? 1 : -1; }

  // Takes this member out of the count; returns whether it was the last.
  bool leave(int group) { return count_.fetch_sub(Step(group), std::memory_order_release) == Step(group); }

  struct Join {
    constexpr std::optional<std::int32_t> operator()(std::int32_t count, std::int32_t step) const {
      if ((count > 0 && step < 0) || (count < 0 && step > 0)) return std::nullopt;
      return count + step;
    }
  };

  typename Sync::template Atomic<std::int32_t> count_{0, "count"};
  WaitQueue<Sync> sleepers_{"sleepers"};
};

}  // namespace doorway

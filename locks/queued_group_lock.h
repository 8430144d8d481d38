#pragma once

#include <cstdint>

#include "harness/sync/mutex.h"
#include "harness/sync/notes.h"
#include "locks/group_rules.h"
#include "locks/waiter_list.h"

// A lock for two groups, as one would build it in a kernel: the state is plain data under a short inner lock; who has
// to wait puts a node into a list and waits on a flag in its own node. It keeps the same rules as the specification,
// packed_group_lock.h, and is checked against the same claims.
//
// Contract: as the specification's, for any number of threads. The waiter node is the caller's (its stack will do), and
// may be reused as soon as enter returns.
// Fairness: the rule's, counted from the section under the inner lock. Reaching that section is as fair as the inner
// lock: over a barging mutex a thread may be passed there without bound, over FifoMutex it is not.
// Sleeping: read `wait` as "sleep until granted", and the grant as the wake-up.

namespace doorway {

template <class Sync, class Rule, class Inner = Mutex<Sync>, class List = WaiterList<Sync>>
class QueuedGroupLock {
 public:
  using Waiter = typename List::Waiter;

  // Waits until this thread is inside as a member of `group` (0 or 1).
  void enter(int group, Waiter& me) {
    if (!arrive(group, me)) wait(me);
  }

  // The two halves of enter: crosses the doorway, and says whether the thread is inside already; if not, it must wait.
  // Memory ordering: acquire, by the inner lock; pairs with the inner lock's release in exit.
  bool arrive(int group, Waiter& me) {
    const int self = Sync::self();
    inner_.lock();
    State now = state_.get();
    const bool inside = admits(now, group);
    if (inside) {
      join(now, group);
    } else {
      ++now.waiting[group];
      waiters_.append(me, {static_cast<std::uint8_t>(self), static_cast<std::uint8_t>(group)});
    }
    state_.set(now);
    Sync::tag(notes::kDoorway, self, static_cast<Value>(group));
    if (inside) Sync::tag(notes::kAdmit, self, static_cast<Value>(group));
    inner_.unlock();
    return inside;
  }

  // Memory ordering: acquire; pairs with the grant's release. The grant is made under the inner lock, so it comes after
  // all that earlier members did.
  void wait(Waiter& me) { waiters_.wait(me); }

  // Memory ordering: release, by the inner lock; pairs with arrive's acquire. Those let in see it by their grant.
  void exit(int /*group*/) {
    inner_.lock();
    State now = state_.get();
    --now.members;
    if (now.members == 0 && now.waiting[0] + now.waiting[1] > 0) {
      const auto granted = waiters_.grant(Rule::kBatch == Batch::kGroup);
      now.group = static_cast<std::uint8_t>(granted.group);
      now.members = static_cast<std::uint8_t>(granted.count);
      now.extra = 0;
      now.waiting[granted.group] = static_cast<std::uint16_t>(now.waiting[granted.group] - granted.count);
    }
    state_.set(now);
    inner_.unlock();
  }

 protected:
  struct State {
    std::uint8_t group;
    std::uint8_t members;
    std::uint8_t extra;  // members that joined this phase past waiters
    std::uint8_t unused;
    std::uint16_t waiting[2];  // by group
  };

  static bool admits(const State& now, int group) {
    if (now.members == 0) return now.waiting[0] + now.waiting[1] == 0;
    return now.group == group &&
           Rule::Joins(Occupancy{now.members, now.waiting[group], now.waiting[1 - group], now.extra});
  }

  static void join(State& now, int group) {
    now.group = static_cast<std::uint8_t>(group);
    ++now.members;
    if (now.waiting[1 - group] > 0) ++now.extra;
  }

  Inner inner_{"inner"};
  typename Sync::template Var<State> state_{State{}, "state"};  // by the inner lock
  List waiters_;                                                // but for wait, by the inner lock
};

template <class Sync>
using StrictFairQueueLock = QueuedGroupLock<Sync, StrictFair>;
template <class Sync>
using StrictFairPhaseQueueLock = QueuedGroupLock<Sync, StrictFairPhase>;
template <class Sync>
using BoundedQueueLock = QueuedGroupLock<Sync, BoundedUnfair<1>>;

}  // namespace doorway

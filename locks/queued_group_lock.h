#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"
#include "locks/group_rules.h"

// A lock for two groups, as one would build it in a kernel: the state is plain data under a short inner lock; who has
// to wait puts a node into a list and waits on a flag in its own node. It keeps the same rules as the specification,
// packed_group_lock.h, and is checked against the same claims.
//
// Contract: as the specification's, for any number of threads. The waiter node is the caller's (its stack will do) and
// may be reused as soon as enter returns: granting is the last access to it.
// Fairness: the rule's, counted from where the inner lock is taken. Reaching that point is as fair as the inner lock:
// over a barging mutex a thread may be passed there without bound, over FifoMutex it is not.
// Sleeping: with `await` read as "sleep until granted", the granting store stands for a wake-up.

namespace doorway {

template <class Sync, class Rule, class Inner = Mutex<Sync>>
class QueuedGroupLock {
 public:
  class Waiter {
   public:
    explicit Waiter(int index = -1)
        : next_(ObjectName("waiter.next", index)),
          who_(ObjectName("waiter.who", index)),
          granted_(false, ObjectName("waiter.granted", index)) {}

   private:
    friend class QueuedGroupLock;
    struct Who {
      std::uint8_t thread;
      std::uint8_t group;
    };
    typename Sync::template Var<Waiter*> next_;  // by the inner lock
    typename Sync::template Var<Who> who_;       // by the inner lock
    typename Sync::template Atomic<bool> granted_;
  };

  // Waits until this thread is inside as a member of `group` (0 or 1).
  void enter(int group, Waiter& me) {
    if (!arrive(group, me)) wait(me);
  }

  // The two halves of enter: crosses the doorway, and says whether the thread is inside already; if not, it must wait.
  // Memory ordering: acquire, by the inner lock; pairs with the release of the inner lock in exit.
  bool arrive(int group, Waiter& me) {
    const int self = Sync::self();
    inner_.lock();
    State now = state_.get();
    const bool inside = Admits(now, group);
    if (inside) {
      Join(now, group);
    } else {
      ++now.waiting[group];
      Append(me, {static_cast<std::uint8_t>(self), static_cast<std::uint8_t>(group)});
    }
    state_.set(now);
    Sync::tag(notes::kDoorway, self, static_cast<Value>(group));
    if (inside) Sync::tag(notes::kAdmit, self, static_cast<Value>(group));
    inner_.unlock();
    return inside;
  }
  // Memory ordering: acquire; pairs with the release of the grant, which was made under the inner lock and so comes
  // after all that earlier members did.
  void wait(Waiter& me) { me.granted_.await(IsSet{}, with(), std::memory_order_acquire); }

  // Memory ordering: release, by the inner lock; pairs with arrive's acquire. Those let in see it by their grant.
  void exit(int /*group*/) {
    inner_.lock();
    State now = state_.get();
    --now.members;
    if (now.members == 0 && now.waiting[0] + now.waiting[1] > 0) AdmitBatch(now);
    state_.set(now);
    inner_.unlock();
  }

 protected:
  using Who = typename Waiter::Who;

  struct State {
    std::uint8_t group;
    std::uint8_t members;
    std::uint8_t extra;
    std::uint8_t unused;
    std::uint16_t waiting[2];
  };

  static bool Admits(const State& now, int group) {
    if (now.members == 0) return now.waiting[0] + now.waiting[1] == 0;
    return now.group == group &&
           Rule::Joins(Occupancy{now.members, now.waiting[group], now.waiting[1 - group], now.extra});
  }

  static void Join(State& now, int group) {
    now.group = static_cast<std::uint8_t>(group);
    ++now.members;
    if (now.waiting[1 - group] > 0) ++now.extra;
  }

  void Append(Waiter& me, Who who) {
    me.next_.set(nullptr);
    me.who_.set(who);
    me.granted_.store(false, std::memory_order_relaxed);  // the grant comes after it by the inner lock
    Waiter* const last = tail_.get();
    if (last != nullptr) {
      last->next_.set(&me);
    } else {
      head_.set(&me);
    }
    tail_.set(&me);
  }

  // Takes the next batch out of the list and grants each its place.
  void AdmitBatch(State& now) {
    Waiter* waiter = head_.get();
    now.group = waiter->who_.get().group;
    now.extra = 0;
    Waiter* kept = nullptr;  // the last one passed over
    while (waiter != nullptr) {
      const Who who = waiter->who_.get();
      Waiter* const next = waiter->next_.get();  // before the grant: then the node is its owner's again
      if (who.group == now.group) {
        Unlink(kept, next);
        --now.waiting[who.group];
        ++now.members;
        Grant(waiter, who);
      } else if (Rule::kBatch == Batch::kPrefix) {
        break;
      } else {
        kept = waiter;
      }
      waiter = next;
    }
  }

  // Takes out what stands between the two, either of which may be null.
  void Unlink(Waiter* before, Waiter* after) {
    if (before != nullptr) {
      before->next_.set(after);
    } else {
      head_.set(after);
    }
    if (after == nullptr) tail_.set(before);
  }

  void Grant(Waiter* waiter, Who who) {
    waiter->granted_.store(true, std::memory_order_release);
    Sync::tag(notes::kAdmit, who.thread, static_cast<Value>(who.group));
  }

  struct IsSet {
    constexpr bool operator()(bool granted) const { return granted; }
  };

  Inner inner_{"inner"};
  typename Sync::template Var<State> state_{State{}, "state"};
  typename Sync::template Var<Waiter*> head_{nullptr, "head"};
  typename Sync::template Var<Waiter*> tail_{nullptr, "tail"};
};

template <class Sync>
using StrictFairQueueLock = QueuedGroupLock<Sync, StrictFair>;
template <class Sync>
using StrictFairPhaseQueueLock = QueuedGroupLock<Sync, StrictFairPhase>;
template <class Sync>
using BoundedQueueLock = QueuedGroupLock<Sync, BoundedUnfair<1>>;

}  // namespace doorway

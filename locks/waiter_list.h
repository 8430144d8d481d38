#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// The waiting threads of a group lock, in the order of arrival: a linked list of nodes, one a thread, each with a flag
// on which its thread alone waits. Used by queued_group_lock.h.
//
// Contract: the list is plain data, so all but wait() is called under one lock of the caller. A node is its thread's,
// who may reuse or destroy it as soon as wait() has returned: the grant is the last access that others make to it.

namespace doorway {

template <class Sync>
class WaiterList {
 public:
  struct Who {
    std::uint8_t thread;
    std::uint8_t group;
  };

  class Waiter {
   public:
    explicit Waiter(int index = -1)
        : next_(ObjectName("waiter.next", index)),
          who_(ObjectName("waiter.who", index)),
          granted_(false, ObjectName("waiter.granted", index)) {}

   private:
    friend class WaiterList;
    typename Sync::template Var<Waiter*> next_;
    typename Sync::template Var<Who> who_;
    typename Sync::template Atomic<bool> granted_;
  };

  // Enqueues `me` at the end.
  // Memory ordering: the flag is cleared relaxed: whoever grants does so under the caller's lock, after this.
  void append(Waiter& me, Who who) {
    clear(me);
    link(me, who);
  }

  // Lets in the group that waits longest: its threads up to the first of the other group, or all of them. Returns who
  // waits longest, and how many it let in. REQUIRES: somebody waits.
  // Memory ordering: release; pairs with wait's acquire. It publishes what the caller's lock has made known to this
  // thread.
  struct Granted {
    int group;
    int count;
  };
  Granted grant(bool whole_group) {
    Waiter* waiter = head_.get();
    Waiter* kept = nullptr;  // the last one passed over
    Granted granted{who(*waiter).group, 0};
    while (waiter != nullptr) {
      const Who waits = who(*waiter);
      Waiter* const after = next(*waiter);  // before the grant: after it, the node is its thread's again
      if (waits.group == granted.group) {
        unlink(kept, after);
        let_in(*waiter, waits);
        ++granted.count;
      } else if (whole_group) {
        kept = waiter;
      } else {
        break;
      }
      waiter = after;
    }
    return granted;
  }

  // Waits until granted. Called without the caller's lock.
  // Memory ordering: acquire; pairs with grant's release.
  void wait(Waiter& me) { me.granted_.await(IsSet{}, with(), std::memory_order_acquire); }

 protected:
  static Who who(const Waiter& waiter) { return waiter.who_.get(); }
  static Waiter* next(const Waiter& waiter) { return waiter.next_.get(); }
  static void clear(Waiter& me) { me.granted_.store(false, std::memory_order_relaxed); }
  static void let_in(Waiter& waiter, Who who) {
    waiter.granted_.store(true, std::memory_order_release);
    Sync::tag(notes::kAdmit, who.thread, static_cast<Value>(who.group));
  }

  void link(Waiter& me, Who who) {
    me.who_.set(who);
    me.next_.set(nullptr);
    Waiter* const last = tail_.get();
    if (last != nullptr) {
      last->next_.set(&me);
    } else {
      head_.set(&me);
    }
    tail_.set(&me);
  }

  // Takes out what stands between the two, either of which may be null.
  void unlink(Waiter* before, Waiter* after) {
    if (before != nullptr) {
      before->next_.set(after);
    } else {
      head_.set(after);
    }
    if (after == nullptr) tail_.set(before);
  }

  struct IsSet {
    constexpr bool operator()(bool granted) const { return granted; }
  };

  typename Sync::template Var<Waiter*> head_{nullptr, "head"};
  typename Sync::template Var<Waiter*> tail_{nullptr, "tail"};
};

}  // namespace doorway

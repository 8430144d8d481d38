#pragma once

#include <atomic>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// An MCS queue that a thread may leave before it is served: for those that spin in the hope that the owner of a
// sleeping lock will soon be done, and give up when they are to be scheduled. A node is linked both ways; who leaves
// first cuts itself off from the node before, so that this cannot hand over to it, and then joins its two neighbours.
//
// Contract: at most one owner, not reentrant. A node a CPU, used for one lock at a time. `lock` returns false if the
// thread gave up; then it need not, and must not, unlock.
// Fairness: first come, first served, among those that stay.
// Progress: giving up waits for the neighbours' links and, if they give up, too, for them.
// Cost: an exchange to lock, a compare-exchange or an exchange to unlock. Space: a pointer a lock; three words a CPU.
//
// Source: Linux, kernel/locking/osq_lock.c. There hand-over is relaxed: the queue orders only who may spin. Here it is
// release and acquire, so that it serves as a mutex.

namespace doorway {

template <class Sync>
class OsqLock {
 public:
  class Node {
   public:
    explicit Node(int index = -1)
        : next_(nullptr, ObjectName("node.next", index)),
          prev_(nullptr, ObjectName("node.prev", index)),
          granted_(false, ObjectName("node.granted", index)) {}

   private:
    template <class>
    friend class OsqLock;
    typename Sync::template Atomic<Node*> next_;
    typename Sync::template Atomic<Node*> prev_;
    typename Sync::template Atomic<bool> granted_;
  };

  // Waits until this thread is the owner, and returns true; or gives up, at any time, if `patient` is false.
  // Memory ordering: relaxed, the stores to the own node: exchange and link publish them. Acq_rel, the exchange: it
  // releases the node to who comes next, and acquires the node before, or what was done under the lock, if it is free.
  // Release, the link; acquire, the wait: pairs with the grant.
  bool lock(Node& me, bool patient) {
    if (enqueue(me) == nullptr) return true;
    return patient ? await_grant(me) : leave(me);
  }

  // Memory ordering: release, the tail; pairs with the exchange of the next owner. Acquire, taking the link off; pairs
  // with the link. Release, the grant; pairs with the wait.
  void unlock(Node& me) {
    if (give_back_tail(me, nullptr, std::memory_order_release)) return;
    grant(successor(me, nullptr), std::memory_order_release);
  }

 protected:
  // Returns the node before.
  Node* enqueue(Node& me) {
    me.granted_.store(false, std::memory_order_relaxed);
    me.next_.store(nullptr, std::memory_order_relaxed);
    Node* const before = tail_.exchange(&me, std::memory_order_acq_rel);
    if (before == nullptr) return nullptr;
    me.prev_.store(before, std::memory_order_relaxed);
    before->next_.store(&me, std::memory_order_release);
    return before;
  }
  bool await_grant(Node& me) {
    me.granted_.await(IsSet{}, unseen, with(), std::memory_order_acquire);
    return true;
  }
  bool is_granted(Node& me) const { return me.granted_.load(std::memory_order_acquire); }

  // Returns true if the grant came first: then this thread is the owner after all.
  bool leave(Node& me) {
    if (!cut_off(me)) return true;
    Node* const before = me.prev_.load(std::memory_order_relaxed);
    Node* const next = successor(me, before);
    if (next != nullptr) join(before, next);
    return false;
  }

  // Takes the own link from the node before, which is another one if that has left meanwhile. False: the grant came.
  // Memory ordering: acquire, the node before; pairs with join's release. (In all runs of three clients that were
  // explored relaxed would do for these two; they are kept, since the node before is written to.) Relaxed, the
  // compare-exchange: nothing is learnt from it. Acquire, the look at the grant.
  bool cut_off(Node& me) {
    bool granted = false;
    Sync::spin([this, &me, &granted] {
      Node* const before = me.prev_.load(std::memory_order_acquire);
      Node* linked = &me;
      if (before->next_.compare_exchange_strong(linked, nullptr, std::memory_order_relaxed,
                                                std::memory_order_relaxed)) {
        return false;
      }
      if (!is_granted(me)) return true;
      granted = true;
      return false;
    });
    return !granted;
  }

  // Waits until the node behind is known and takes the link to it off, or gives the tail back to `before`.
  // Memory ordering: release, the tail; pairs with the exchange of who comes next. Acquire, the link; pairs with its
  // release, so that the node is seen as made before it is written to.
  Node* successor(Node& me, Node* before) {
    Node* next = nullptr;
    Sync::spin([this, &me, before, &next] {
      if (give_back_tail(me, before, std::memory_order_release)) return false;
      Node* linked = me.next_.load(std::memory_order_relaxed);
      if (linked == nullptr) return true;
      // It is gone if that node leaves, too.
      if (!me.next_.compare_exchange_strong(linked, nullptr, std::memory_order_acquire, std::memory_order_relaxed)) {
        return true;
      }
      next = linked;
      return false;
    });
    return next;
  }

  bool give_back_tail(Node& me, Node* before, std::memory_order order) {
    Node* expected = &me;
    return tail_.compare_exchange_strong(expected, before, order, std::memory_order_relaxed);
  }
  // Memory ordering: release, both: who finds a neighbour this way writes to it.
  void join(Node* before, Node* next) {
    next->prev_.store(before, std::memory_order_release);
    before->next_.store(next, std::memory_order_release);
  }
  void grant(Node* next, std::memory_order order) {
    if (next != nullptr) next->granted_.store(true, order);
  }

  struct IsSet {
    constexpr bool operator()(bool granted) const { return granted; }
  };

  typename Sync::template Atomic<Node*> tail_{nullptr, "tail"};
};

}  // namespace doorway

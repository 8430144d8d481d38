#pragma once

#include <atomic>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A mutex as a queue of nodes, one a thread: each waits on a flag of its own node, and the owner hands over to the node
// that has linked itself behind its own.
//
// Contract: at most one owner, any number of threads. Not reentrant. The node is the caller's (its stack will do), from
// lock to unlock, and not used otherwise meanwhile.
// Fairness: first come, first served, from the exchange of the tail, which is the doorway and one step.
// Progress: an unlock that meets a thread between its exchange and its link waits for the link.
//
// Source: Mellor-Crummey and Scott, "Algorithms for scalable synchronization on shared-memory multiprocessors", TOCS 9
// (1), 1991.

namespace doorway {

template <class Sync>
class McsLock {
 public:
  class Node {
   public:
    explicit Node(int index = -1)
        : next_(nullptr, ObjectName("node.next", index)), granted_(false, ObjectName("node.granted", index)) {}

   private:
    template <class>
    friend class McsLock;
    typename Sync::template Atomic<Node*> next_;
    typename Sync::template Atomic<bool> granted_;
  };

  // Waits until this thread is the owner.
  // Memory ordering: relaxed, the two stores to the own node: the exchange publishes them. Acq_rel, the exchange: it
  // releases the node to who comes next, and pairs with the release of an unlock that left the lock free, or with the
  // exchange of the thread before, whose node it will write to. Release, the link: the thread before reads it with
  // acquire and writes to this node. Acquire, the wait: pairs with the grant.
  void lock(Node& me) {
    prepare(me);
    if (Node* const before = enqueue(me)) {
      link(before, me);
      await_grant(me);
    }
    // Else free: the exchange has admitted this thread.
  }

  // Memory ordering: acquire, the looks at the link: they pair with lock's. Release, on the tail as on the grant: they
  // pair with the exchange and with the wait of the thread that is the owner next.
  void unlock(Node& me) {
    Node* next = successor(me);
    if (next == nullptr) {
      if (leave_empty(me)) return;
      next = await_link(me);
    }
    grant(*next);
  }

 protected:
  void prepare(Node& me) {
    me.next_.store(nullptr, std::memory_order_relaxed);
    clear(me);
  }
  void clear(Node& me) { me.granted_.store(false, std::memory_order_relaxed); }
  Node* enqueue(Node& me) {
    Node* const before = tail_.exchange(&me, std::memory_order_acq_rel);
    Sync::tag(notes::kDoorway, Sync::self());
    if (before == nullptr) Sync::tag(notes::kAdmit, Sync::self());
    return before;
  }
  void link(Node* before, Node& me) { before->next_.store(&me, std::memory_order_release); }
  void await_grant(Node& me) {
    me.granted_.await(IsSet{}, with(), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self());
  }

  Node* successor(Node& me) { return me.next_.load(std::memory_order_acquire); }
  // Whether nobody has come after `me`: then the lock is free.
  bool leave_empty(Node& me) {
    Node* expected = &me;
    return tail_.compare_exchange_strong(expected, nullptr, std::memory_order_release, std::memory_order_relaxed);
  }
  Node* await_link(Node& me) { return me.next_.await(IsLinked{}, with(), std::memory_order_acquire); }
  void grant(Node& next, std::memory_order order = std::memory_order_release) { next.granted_.store(true, order); }

  struct IsLinked {
    constexpr bool operator()(Node* next) const { return next != nullptr; }
  };
  struct IsSet {
    constexpr bool operator()(bool granted) const { return granted; }
  };

  typename Sync::template Atomic<Node*> tail_{nullptr, "tail"};
};

}  // namespace doorway

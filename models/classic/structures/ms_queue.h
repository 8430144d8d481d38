#pragma once

#include <atomic>
#include <cstdint>

#include "models/classic/structures/items.h"
#include "properties/operation_notes.h"
#include "properties/sequential/sequence.h"

// Michael and Scott's queue: a list with a pointer to its first node, which is a dummy, and one to its last, which may
// lag one behind. Who enqueues links its node to the last one, and then moves the pointer; whoever finds it lagging
// moves it first. Who dequeues moves the first pointer, and takes what is in the node that becomes the dummy.
//
// Contract: any number of threads. A node that has been dequeued must not come back while another thread may still look
// at it.
// Progress: lock-free.
//
// Source: Michael and Scott, "Simple, fast, and practical non-blocking and blocking concurrent queue algorithms", PODC
// 1996.

namespace doorway {

enum class QueueDefect : std::uint8_t { kNone, kRelaxedLink, kRelaxedNext, kDequeueInTwoSteps, kLinkInTwoSteps };

template <class Sync, QueueDefect kDefect = QueueDefect::kNone>
class MsQueue {
 public:
  struct Node {
    explicit Node(int i) : item(-1, ObjectName("node.item", i)), next(nullptr, ObjectName("node.next", i)) {}
    typename Sync::template Var<int> item;
    typename Sync::template Atomic<Node*> next;
  };

  // `dummy` is the queue's from here on.
  explicit MsQueue(Node& dummy) : head_(&dummy, "head"), tail_(&dummy, "tail") {}

  // REQUIRES: `node` has not been enqueued before.
  // Memory ordering: release, the link: pairs with dequeue's acquire of it, so that who gets to the node sees the item.
  // Release, the move of the tail, and acquire, the looks at it and at its link: who appends to a node has seen it
  // made. (Where nodes are there from the start, as in the clients here, relaxed would do for these, and for the head.)
  void enqueue(Node& node, int item) {
    node.item.set(item);
    for (;;) {
      Node* tail = tail_.load(std::memory_order_acquire);
      Node* next = tail->next.load(std::memory_order_acquire);
      if (next != nullptr) {
        MoveTail(tail, next);
      } else if (Link(*tail, node)) {
        MoveTail(tail, &node);
        return;
      }
    }
  }

  // The item that was enqueued first, or -1: there is none.
  // Memory ordering: acquire, the look at the link: pairs with enqueue's release of it. Acquire and release, of the
  // head: as of the tail.
  int dequeue() {
    for (;;) {
      Node* head = head_.load(std::memory_order_acquire);
      Node* const tail = tail_.load(std::memory_order_acquire);
      Node* const next =
          head->next.load(kDefect == QueueDefect::kRelaxedNext ? std::memory_order_relaxed : std::memory_order_acquire);
      if (next == nullptr) return -1;
      if (head == tail) MoveTail(tail, next);
      if constexpr (kDefect == QueueDefect::kDequeueInTwoSteps) {
        head_.store(next, std::memory_order_release);
        return next->item.get();
      }
      if (head_.compare_exchange_strong(head, next, std::memory_order_release, std::memory_order_relaxed)) {
        return next->item.get();
      }
    }
  }

 private:
  bool Link(Node& tail, Node& node) {
    if constexpr (kDefect == QueueDefect::kLinkInTwoSteps) {
      tail.next.store(&node, std::memory_order_release);
      return true;
    }
    Node* none = nullptr;
    return tail.next.compare_exchange_strong(
        none, &node, kDefect == QueueDefect::kRelaxedLink ? std::memory_order_relaxed : std::memory_order_release,
        std::memory_order_relaxed);
  }

  // From `from` to `to`, unless somebody has done so.
  void MoveTail(Node* from, Node* to) {
    tail_.compare_exchange_strong(from, to, std::memory_order_release, std::memory_order_relaxed);
  }

  typename Sync::template Atomic<Node*> head_;
  typename Sync::template Atomic<Node*> tail_;
};

// Each thread enqueues an item and dequeues one, `rounds` times; every other thread the other way round, so that it may
// find an item of which it knows nothing, or none.
template <class Sync, QueueDefect kDefect = QueueDefect::kNone>
class QueueClients {
 public:
  explicit QueueClients(const ProgramConfig& config) : config_(config), queue_(nodes_[kMaxItems]) {}
  void thread(int me) {
    for (int round = 0; round < config_.rounds; ++round) {
      const int item = me * config_.rounds + round;
      if (me % 2 == 0) Enqueue(item);
      Dequeue();
      if (me % 2 == 1) Enqueue(item);
    }
  }
  void after() {
    const int items = config_.threads * config_.rounds;
    for (int i = 0; i < items; ++i) Dequeue();
    for (int i = 0; i < items; ++i) Sync::check(items_.taken(i), "an item was lost");
  }

  static Queue Specification() { return Queue(); }

 private:
  using Calls = OperationNotes<Sync, Queue>;

  void Enqueue(int item) {
    Calls::invoke(Queue::kEnqueue, {linearize::Datum::Number(item)});
    queue_.enqueue(nodes_[item], item);
    Calls::respond();
  }
  void Dequeue() {
    Calls::invoke(Queue::kDequeue);
    const int item = queue_.dequeue();
    Calls::respond(NumberOrNil(item));
    if (item >= 0) items_.Take(item);
  }

  using Node = typename MsQueue<Sync, kDefect>::Node;
  struct MakeNode {
    Node operator()(int i) const { return Node(i); }
  };

  const ProgramConfig config_;
  Indexed<Node, kMaxItems + 1, MakeNode> nodes_;
  MsQueue<Sync, kDefect> queue_;
  Items<Sync> items_;
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "models/classic/structures/items.h"
#include "properties/operation_notes.h"
#include "properties/sequential/sequence.h"

// Treiber's stack: a list of nodes and one pointer to the newest. Who pushes links its node before it and exchanges the
// pointer, who pops exchanges the pointer for the node behind; if the pointer has changed, again.
//
// Contract: any number of threads. A node that was popped must not come back while another thread may still pop:
// between its look at the top and its exchange, the node could go and come back with another one behind it (ABA).
// Progress: lock-free; one thread alone may fail for ever.
//
// Source: Treiber, "Systems programming: coping with parallelism", IBM RJ 5118, 1986.

namespace doorway {

enum class StackDefect : std::uint8_t { kNone, kRelaxedPush, kRelaxedTop, kPopInTwoSteps };

template <class Sync, StackDefect kDefect = StackDefect::kNone>
class TreiberStack {
 public:
  struct Node {
    explicit Node(int i)
        : item(Uninitialised(), ObjectName("node.item", i)), next(nullptr, ObjectName("node.next", i)) {}
    static constexpr int Uninitialised() { return -1; }
    typename Sync::template Var<int> item;
    typename Sync::template Var<Node*> next;
  };

  // REQUIRES: `node` has not been pushed before.
  // Memory ordering: release, the exchange: pairs with pop's acquire, so that who gets to the node sees what is in it.
  // Relaxed, the look: nothing is read through it. All changes of the top are updates, so that the release heads a
  // sequence through which later nodes lead to earlier ones.
  void push(Node& node, int item) {
    node.item.set(item);
    Node* top = top_.load(std::memory_order_relaxed);
    do {
      node.next.set(top);
    } while (!top_.compare_exchange_strong(
        top, &node, kDefect == StackDefect::kRelaxedPush ? std::memory_order_relaxed : std::memory_order_release,
        std::memory_order_relaxed));
  }

  // The item that was pushed last, or -1: there is none.
  // Memory ordering: acquire, the look: pairs with push. Relaxed, the exchange: what was looked at is what is taken.
  int pop() {
    for (;;) {
      Node* top =
          top_.load(kDefect == StackDefect::kRelaxedTop ? std::memory_order_relaxed : std::memory_order_acquire);
      if (top == nullptr) return -1;
      Node* const next = top->next.get();
      if constexpr (kDefect == StackDefect::kPopInTwoSteps) {
        top_.store(next, std::memory_order_release);
        return top->item.get();
      }
      if (top_.compare_exchange_strong(top, next, std::memory_order_relaxed, std::memory_order_relaxed)) {
        return top->item.get();
      }
    }
  }

 private:
  typename Sync::template Atomic<Node*> top_{nullptr, "top"};
};

// Each thread pushes an item and pops one, `rounds` times.
template <class Sync, StackDefect kDefect = StackDefect::kNone>
class StackClients {
 public:
  explicit StackClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    for (int round = 0; round < config_.rounds; ++round) {
      const int item = me * config_.rounds + round;
      Calls::invoke(Stack::kPush, {linearize::Datum::Number(item)});
      stack_.push(nodes_[item], item);
      Calls::respond();
      items_.Take(Pop());
    }
  }
  void after() { Sync::check(Pop() == -1, "something is left over"); }

  static Stack Specification() { return Stack(); }

 private:
  using Calls = OperationNotes<Sync, Stack>;

  int Pop() {
    Calls::invoke(Stack::kPop);
    const int item = stack_.pop();
    Calls::respond(NumberOrNil(item));
    return item;
  }

  using Node = typename TreiberStack<Sync, kDefect>::Node;
  struct MakeNode {
    Node operator()(int i) const { return Node(i); }
  };

  const ProgramConfig config_;
  TreiberStack<Sync, kDefect> stack_;
  Indexed<Node, kMaxItems, MakeNode> nodes_;
  Items<Sync> items_;
};

}  // namespace doorway

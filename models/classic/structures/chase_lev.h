#pragma once

#include <atomic>
#include <cstdint>

#include "models/classic/structures/items.h"
#include "models/classic/structures/weak_specifications.h"
#include "properties/operation_notes.h"

// The work-stealing deque of Chase and Lev, with a buffer that does not grow: its owner pushes and pops at the bottom,
// others steal from the top.
//
// Contract: one owner, any number of thieves. At most kSize items at a time.
// Progress: the owner never waits; of thieves that collide one succeeds.
//
// Source: Chase and Lev, "Dynamic circular work-stealing deque", SPAA 2005; with the orders of Le, Pop, Cohen and
// Zappa Nardelli, "Correct and efficient work-stealing for weak memory models", PPoPP 2013.

namespace doorway {

enum class DequeDefect : std::uint8_t {
  kNone,
  kNoPopFence,
  kNoStealFence,
  kRelaxedPush,
  kRelaxedPop,
  kTakeLastUncontested
};

template <class Sync, DequeDefect kDefect = DequeDefect::kNone>
class ChaseLevDeque {
 public:
  static constexpr int kSize = 4;
  static constexpr int kEmpty = -1;
  static constexpr int kAbort = -2;  // another one was faster

  // Of the owner. REQUIRES: there is room.
  // Memory ordering: release, of the bottom; pairs with steal's acquire: the thief sees the item. Acquire, of the top:
  // a thief that has taken an item has read its slot. (Without load buffering, as here, relaxed would do.) The rest is
  // relaxed: the owner's own.
  void push(int item) {
    const int bottom = bottom_.load(std::memory_order_relaxed);
    Sync::check(bottom - top_.load(std::memory_order_acquire) < kSize, "the deque is full");
    slots_[bottom % kSize].store(item, std::memory_order_relaxed);
    bottom_.store(bottom + 1,
                  kDefect == DequeDefect::kRelaxedPush ? std::memory_order_relaxed : std::memory_order_release);
  }

  // Of the owner: the item that was pushed last; kEmpty; or kAbort, and it is empty now.
  // Memory ordering: release, the announcement; pairs with steal's acquire: a thief that reads it sees the items pushed
  // before. (Le et al. have it relaxed. In C++17 it went on with push's release sequence; since C++20 it ends that.)
  // Then a seq_cst fence before the look at the top: one side of a store-buffering pair, whose other side is steal's.
  // What is stored after the fence needs no release of its own. Relaxed, the exchange: all it has to say is who was
  // first.
  int pop() {
    const int bottom = bottom_.load(std::memory_order_relaxed) - 1;
    bottom_.store(bottom, kDefect == DequeDefect::kRelaxedPop ? std::memory_order_relaxed : std::memory_order_release);
    if constexpr (kDefect != DequeDefect::kNoPopFence) Sync::fence(std::memory_order_seq_cst);
    int top = top_.load(std::memory_order_relaxed);
    if (top > bottom) {
      bottom_.store(bottom + 1, std::memory_order_relaxed);
      return kEmpty;
    }
    const int item = slots_[bottom % kSize].load(std::memory_order_relaxed);
    if (top < bottom) return item;
    const bool won = kDefect == DequeDefect::kTakeLastUncontested ||
                     top_.compare_exchange_strong(top, top + 1, std::memory_order_relaxed, std::memory_order_relaxed);
    bottom_.store(bottom + 1, std::memory_order_relaxed);
    return won ? item : kAbort;
  }

  // Of a thief: the item that was pushed first; kEmpty; or kAbort.
  // Memory ordering: a seq_cst fence between the looks at the top and at the bottom; pairs with pop's. With it the look
  // at the top, and the exchange, may be relaxed. Acquire, of the bottom; pairs with push, and with pop.
  int steal() {
    int top = top_.load(std::memory_order_relaxed);
    if constexpr (kDefect != DequeDefect::kNoStealFence) Sync::fence(std::memory_order_seq_cst);
    if (top >= bottom_.load(std::memory_order_acquire)) return kEmpty;
    const int item = slots_[top % kSize].load(std::memory_order_relaxed);
    if (!top_.compare_exchange_strong(top, top + 1, std::memory_order_relaxed, std::memory_order_relaxed)) {
      return kAbort;
    }
    return item;
  }

 private:
  static constexpr int kNothing = -3;  // was put in
  using Slot = typename Sync::template Atomic<int>;
  struct MakeSlot {
    Slot operator()(int i) const { return Slot(kNothing, ObjectName("slot", i)); }
  };

  typename Sync::template Atomic<int> top_{0, "top"};
  typename Sync::template Atomic<int> bottom_{0, "bottom"};
  Indexed<Slot, kSize, MakeSlot> slots_;
};

// Thread 0 pushes `rounds` items and pops as often, the others steal `rounds` times each.
template <class Sync, DequeDefect kDefect = DequeDefect::kNone>
class DequeClients {
 public:
  explicit DequeClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    for (int i = 0; me == 0 && i < config_.rounds; ++i) Push(i);
    for (int i = 0; i < config_.rounds; ++i) Take(me == 0 ? Pop() : Steal());
  }
  void after() {
    for (int i = 0; i < config_.rounds; ++i) Take(Pop());
    for (int i = 0; i < config_.rounds; ++i) Sync::check(items_.taken(i), "an item was lost");
  }

  static StealingDeque Specification() { return StealingDeque(); }

 private:
  using Deque = ChaseLevDeque<Sync, kDefect>;
  using Calls = OperationNotes<Sync, StealingDeque>;

  void Push(int item) {
    Calls::invoke(StealingDeque::kPush, {linearize::Datum::Number(item)});
    deque_.push(item);
    Calls::respond();
  }
  // To be told that another one was faster is to be told that there is nothing.
  int Pop() {
    Calls::invoke(StealingDeque::kPop);
    const int item = deque_.pop();
    Calls::respond(NumberOrNil(item == Deque::kAbort ? Deque::kEmpty : item));
    return item;
  }
  int Steal() {
    Calls::invoke(StealingDeque::kSteal);
    const int item = deque_.steal();
    Calls::respond(item == Deque::kAbort ? linearize::Datum::Truth(false) : NumberOrNil(item));
    return item;
  }
  void Take(int item) {
    if (item != Deque::kEmpty && item != Deque::kAbort) items_.Take(item);
  }

  const ProgramConfig config_;
  Deque deque_;
  Items<Sync> items_;
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/operands.h"
#include "models/classic/programs.h"
#include "models/group/clients.h"
#include "properties/operation_notes.h"
#include "properties/sequential/sequence.h"

// Lamport's ring: a queue of one producer and one consumer, of loads and stores alone. Each owns one of two numbers,
// how many items it has put in, and how many it has taken out, modulo twice the size of the ring.
//
// Contract: one producer, one consumer.
// Progress: each waits for the other alone; here, without end, until there is room, or an item.
//
// Source: Lamport, "Proving the correctness of multiprocess programs", IEEE TSE 3 (2), 1977.

namespace doorway {

enum class SpscDefect : std::uint8_t { kNone, kRelaxedPut, kRelaxedTaken, kOneTooMany };

template <class Sync, SpscDefect kDefect = SpscDefect::kNone>
class SpscRing {
 public:
  static constexpr std::uint32_t kSize = 2;

  // Waits for room. Memory ordering: acquire, the wait; pairs with take's release: what was in the slot has been read.
  // Release, the number; pairs with take's acquire: the item is in the slot.
  void put(int item) {
    const std::uint32_t mine = put_.load(std::memory_order_relaxed);  // the producer's own
    taken_.await(HasRoom{}, unseen, with(mine), std::memory_order_acquire);
    slots_[static_cast<int>(mine % kSize)].set(item);
    put_.store(After(mine), kDefect == SpscDefect::kRelaxedPut ? std::memory_order_relaxed : std::memory_order_release);
  }

  // Waits for an item. Memory ordering: acquire, the wait; pairs with put's release. Release, the number; pairs with
  // put's acquire.
  int take() {
    const std::uint32_t mine = taken_.load(std::memory_order_relaxed);  // the consumer's own
    put_.await(IsNot{}, unseen, with(mine), std::memory_order_acquire);
    const int item = slots_[static_cast<int>(mine % kSize)].get();
    taken_.store(After(mine),
                 kDefect == SpscDefect::kRelaxedTaken ? std::memory_order_relaxed : std::memory_order_release);
    return item;
  }

 private:
  static constexpr std::uint32_t kTurn = 2 * kSize;
  static constexpr std::uint32_t After(std::uint32_t number) { return (number + 1) % kTurn; }

  struct HasRoom {
    constexpr bool operator()(std::uint32_t taken, std::uint32_t put) const {
      return (put + kTurn - taken) % kTurn < kSize + (kDefect == SpscDefect::kOneTooMany ? 1 : 0);
    }
  };
  struct IsNot {
    constexpr bool operator()(std::uint32_t put, std::uint32_t taken) const { return put != taken; }
  };
  using Slot = typename Sync::template Var<int>;
  struct MakeSlot {
    Slot operator()(int i) const { return Slot(-1, ObjectName("slot", i)); }
  };

  typename Sync::template Atomic<std::uint32_t> put_{0, "put"};
  typename Sync::template Atomic<std::uint32_t> taken_{0, "taken"};
  Indexed<Slot, kSize, MakeSlot> slots_;
};

// Thread 0 puts numbers in, thread 1 takes them out and knows which one comes; for ever, or `rounds` times. Numbers are
// taken modulo 8, which is more than there can be in the ring, and one too many.
template <class Sync, SpscDefect kDefect = SpscDefect::kNone>
class SpscClients {
 public:
  static constexpr int kThreads = 2;

  explicit SpscClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Step(me); });
    for (int round = 0; round < config_.rounds; ++round) Step(me);
  }

  static Queue Specification() { return Queue(SpscRing<Sync>::kSize); }

 private:
  using Calls = OperationNotes<Sync, Queue>;

  void Step(int me) {
    const int number = next_[me].get();
    next_[me].set((number + 1) % 8);
    if (me == 0) {
      Calls::invoke(Queue::kEnqueue, {linearize::Datum::Number(number)});
      ring_.put(number);
      Calls::respond();
    } else {
      Calls::invoke(Queue::kTake);
      const int taken = ring_.take();
      Calls::respond(linearize::Datum::Number(taken));
      Sync::check(taken == number, "an item was lost, or came out twice or in another order");
    }
  }

  using Next = typename Sync::template Var<int>;
  struct MakeNext {
    Next operator()(int i) const { return Next(0, ObjectName("next", i)); }
  };

  const ProgramConfig config_;
  SpscRing<Sync, kDefect> ring_;
  Indexed<Next, 2, MakeNext> next_;  // each its thread's own
};

}  // namespace doorway

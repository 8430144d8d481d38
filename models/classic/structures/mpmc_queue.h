#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "models/classic/structures/items.h"
#include "models/classic/structures/weak_specifications.h"
#include "properties/operation_notes.h"
#include "properties/sequential/sequence.h"

// A bounded queue for many producers and consumers: a ring of cells, each with a number that says whose turn it is. Who
// enqueues the n-th item may use its cell when the number is n, and makes it n+1; who dequeues it may when it is n+1,
// and makes it n+kSize, for the item that comes there next.
//
// Contract: any number of threads.
// Progress: not lock-free: who has drawn a position and stops keeps the others from that cell.
//
// Source: Vyukov, "Bounded MPMC queue", 1024cores.net, 2010. The benchmark of that name in CDSChecker's suite counts
// finished producers in one word instead: that is the defect kCountsFinished.

namespace doorway {

enum class RingDefect : std::uint8_t { kNone, kRelaxedPublish, kRelaxedFree, kCountsFinished };

template <class Sync, RingDefect kDefect = RingDefect::kNone>
class MpmcQueue {
 public:
  static constexpr std::uint32_t kSize = 2;

  // False: it is full.
  // Memory ordering: acquire, of the cell's number; pairs with the release of who dequeued what was there, so that it
  // has been read. Release, of the number; pairs with dequeue's acquire. Relaxed, of the position: it only hands out
  // cells.
  bool enqueue(int item) {
    const std::optional<std::uint32_t> position = Draw(enqueue_at_, 0);
    if (!position) return false;
    Cell& cell = cells_[static_cast<int>(*position % kSize)];
    cell.item.set(item);
    if constexpr (kDefect == RingDefect::kCountsFinished) finished_.fetch_add(1, std::memory_order_release);
    cell.number.store(*position + 1,
                      kDefect == RingDefect::kRelaxedPublish ? std::memory_order_relaxed : std::memory_order_release);
    return true;
  }

  // -1: it is empty. Memory ordering: as enqueue.
  int dequeue() {
    if constexpr (kDefect == RingDefect::kCountsFinished) {
      const std::uint32_t position = dequeue_at_.fetch_add(1, std::memory_order_relaxed);
      finished_.await(IsMore{}, with(position), std::memory_order_acquire);
      return cells_[static_cast<int>(position % kSize)].item.get();
    }
    const std::optional<std::uint32_t> position = Draw(dequeue_at_, 1);
    if (!position) return -1;
    Cell& cell = cells_[static_cast<int>(*position % kSize)];
    const int item = cell.item.get();
    cell.number.store(*position + kSize,
                      kDefect == RingDefect::kRelaxedFree ? std::memory_order_relaxed : std::memory_order_release);
    return item;
  }

 private:
  using Position = typename Sync::template Atomic<std::uint32_t>;
  struct Cell {
    explicit Cell(int i)
        : number(static_cast<std::uint32_t>(i), ObjectName("cell.number", i)), item(-1, ObjectName("cell.item", i)) {}
    Position number;
    typename Sync::template Var<int> item;
  };
  struct MakeCell {
    Cell operator()(int i) const { return Cell(i); }
  };
  struct IsMore {
    constexpr bool operator()(std::uint32_t finished, std::uint32_t position) const { return finished > position; }
  };

  // The next position whose cell has reached the number that is `ahead` of it; none: the cell is a turn behind.
  std::optional<std::uint32_t> Draw(Position& at, std::uint32_t ahead) {
    std::uint32_t position = at.load(std::memory_order_relaxed);
    for (;;) {
      const std::uint32_t number = cells_[static_cast<int>(position % kSize)].number.load(std::memory_order_acquire);
      const auto difference = static_cast<std::int32_t>(number - (position + ahead));
      if (difference < 0) return std::nullopt;
      if (difference > 0) {
        position = at.load(std::memory_order_relaxed);
      } else if (at.compare_exchange_strong(position, position + 1, std::memory_order_relaxed,
                                            std::memory_order_relaxed)) {
        return position;
      }
    }
  }

  Position enqueue_at_{0, "enqueue_at"};
  Position dequeue_at_{0, "dequeue_at"};
  Position finished_{0, "finished"};  // of the defect
  Indexed<Cell, kSize, MakeCell> cells_;
};

// What is asked of it. Who has drawn a position and is slow makes the queue full, or empty, to those who come after, so
// it keeps the first of these only.
enum class MpmcPromise : std::uint8_t { kMayRefuse, kRefusesOnlyIfItMust };

// Each thread enqueues an item and dequeues one, `rounds` times. A queue that is full for a moment, or empty, is let
// be.
template <class Sync, RingDefect kDefect = RingDefect::kNone, MpmcPromise kPromise = MpmcPromise::kMayRefuse>
class MpmcClients {
 public:
  explicit MpmcClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    for (int round = 0; round < config_.rounds; ++round) {
      const int item = me * config_.rounds + round;
      Calls::invoke(kTryEnqueue, {linearize::Datum::Number(item)});
      Calls::respond(linearize::Datum::Truth(queue_.enqueue(item)));
      Calls::invoke(kDequeue);
      const int taken = queue_.dequeue();
      Calls::respond(NumberOrNil(taken));
      if (taken >= 0) items_.Take(taken);
    }
  }

  using Promised = std::conditional_t<kPromise == MpmcPromise::kMayRefuse, RefusingQueue, Queue>;
  static Promised Specification() { return Promised(MpmcQueue<Sync, kDefect>::kSize); }

 private:
  using Calls = OperationNotes<Sync, Promised>;
  static constexpr bool kMayRefuse = kPromise == MpmcPromise::kMayRefuse;
  static constexpr int kTryEnqueue = kMayRefuse ? int{RefusingQueue::kTryEnqueue} : int{Queue::kTryEnqueue};
  static constexpr int kDequeue = kMayRefuse ? int{RefusingQueue::kTryDequeue} : int{Queue::kDequeue};

  const ProgramConfig config_;
  MpmcQueue<Sync, kDefect> queue_;
  Items<Sync> items_;
};

}  // namespace doorway

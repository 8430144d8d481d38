#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "harness/sync/waiter_fifo.h"

// A queue of sleeping threads, woken when a condition may have changed. The condition is the caller's; the waiting
// thread enqueues *before* it tests:
//
//   for (;;) {                              condition = true;
//     queue.prepare_to_wait();              queue.wake_all();
//     if (condition) break;
//     queue.sleep();
//   }
//   queue.finish_wait();
//
// so that a waker either finds it in the queue, or was early enough for the test to see its change. Tested the other
// way round, a wake-up between test and enqueuing is lost, and the thread sleeps for ever.
//
// A thread is asleep as long as it is in the queue; the queue is one word (waiter_fifo.h), every step on it one update,
// as if made under the queue's own lock. Wakers take that lock always: for one that first looks whether anybody waits,
// see has_waiters.
//
// Contract: a thread is in the queue at most once; at most ten wait; the thread calls finish_wait before it is done.
// Fairness: wake_one wakes the thread that has waited longest. What a woken thread then finds is up to the condition.

namespace doorway {

template <class Sync>
class WaitQueue {
 public:
  explicit WaitQueue(ObjectName name = "wait_queue", Site site = Site::Here()) : queue_(0, name, site) {}

  // Enqueues this thread, unless it is in the queue.
  // Memory ordering: acquire; pairs with the release of a wake that came too early: the condition as changed before
  // that wake is seen. A kernel's function of this name is a full barrier besides, for wakers that ask has_waiters.
  void prepare_to_wait(Site site = Site::Here()) {
    const bool full = queue_.update(Enqueue{}, IsFull{}, with(Self()), std::memory_order_acquire, site);
    Sync::check(!full, "WaitQueue: more than ten threads wait", site);
  }

  // Waits until woken: until this thread is no longer in the queue.
  // Memory ordering: acquire; pairs with the wake's release.
  void sleep(Site site = Site::Here()) {
    queue_.await(IsNotQueued{}, unseen, with(Self()), std::memory_order_acquire, site);
  }

  // Leaves the queue, woken or not.
  // Memory ordering: relaxed; it publishes nothing, and as an update it keeps others' release sequences going.
  void finish_wait(Site site = Site::Here()) {
    queue_.update(Dequeue{}, unseen, with(Self()), std::memory_order_relaxed, site);
  }

  // Wakes everybody in the queue.
  // Memory ordering: release; pairs with the acquires of sleep and of a later prepare_to_wait.
  void wake_all(Site site = Site::Here()) { queue_.exchange(0, unseen, std::memory_order_release, site); }

  // Wakes the thread that has waited longest, if any. Memory ordering: as wake_all.
  void wake_one(Site site = Site::Here()) {
    queue_.update(DequeueFirst{}, unseen, with(), std::memory_order_release, site);
  }

  // Whether somebody waits.
  // Memory ordering: relaxed. A waker that skips its wake on "no" needs a seq_cst fence between changing the condition
  // and asking, and the sleeper one between prepare_to_wait and its test: the two pair, so that at least one sees the
  // other.
  bool has_waiters(Site site = Site::Here()) const { return queue_.load(std::memory_order_relaxed, site) != 0; }

 private:
  static std::uint8_t Self() { return static_cast<std::uint8_t>(Sync::self()); }

  struct IsFull {
    constexpr bool operator()(std::uint64_t word, std::uint8_t /*thread*/) const { return WaiterFifo(word).full(); }
  };
  struct Enqueue {
    constexpr std::uint64_t operator()(std::uint64_t word, std::uint8_t thread) const {
      WaiterFifo queue(word);
      if (!queue.contains(thread) && !queue.full()) queue.push(thread, 0);
      return queue.bits();
    }
  };
  struct Dequeue {
    constexpr std::uint64_t operator()(std::uint64_t word, std::uint8_t thread) const {
      WaiterFifo queue(word);
      for (int i = 0; i < queue.size(); ++i) {
        if (queue.at(i).thread == thread) {
          queue.remove(i);
          break;
        }
      }
      return queue.bits();
    }
  };
  struct DequeueFirst {
    constexpr std::uint64_t operator()(std::uint64_t word) const {
      WaiterFifo queue(word);
      if (!queue.empty()) queue.pop();
      return queue.bits();
    }
  };
  struct IsNotQueued {
    constexpr bool operator()(std::uint64_t word, std::uint8_t thread) const {
      return !WaiterFifo(word).contains(thread);
    }
  };

  typename Sync::template Atomic<std::uint64_t> queue_;
};

}  // namespace doorway

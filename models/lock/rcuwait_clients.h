#pragma once

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "locks/rcuwait.h"
#include "models/lock/clients.h"

// One thread waits for an item that another one makes, again and again; the maker waits until it has been taken. And
// what is wrong in a wait for one.

namespace doorway::lock {

template <class Sync, template <class> class WaitOf>
class WaitClients {
 public:
  explicit WaitClients(const ClientConfig& config) : config_(config) {}

  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Turn(me); });
    for (int round = 0; round < config_.rounds; ++round) Turn(me);
  }

 private:
  void Turn(int me) {
    if (me != 0) {
      item_.await([](bool there) { return !there; }, with(), std::memory_order_relaxed);
      item_.store(true, std::memory_order_relaxed);
      wait_.wake();
      return;
    }
    Sync::note(notes::kDoorway, me);
    wait_.prepare();
    for (;;) {
      wait_.start_sleep();
      if (item_.load(std::memory_order_relaxed)) break;
      wait_.sleep();
    }
    wait_.finish();
    Sync::note(notes::kEnter, me);
    item_.store(false, std::memory_order_relaxed);
  }

  const ClientConfig config_;
  WaitOf<Sync> wait_;
  typename Sync::template Atomic<bool> item_{false, "item"};
};

// The waker's look for a waiter may be done before its change is seen.
template <class Sync>
class RcuWaitNoWakerFence : public RcuWait<Sync> {
 public:
  void wake() { this->wake_if_there(); }
};

// The waiter's test may be done before it is seen asleep.
template <class Sync>
class RcuWaitNoWaiterFence : public RcuWait<Sync> {
 public:
  void start_sleep() { this->fall_asleep(); }
};

// Says that it is asleep only when it sleeps, after the test: a waker in between finds it awake.
template <class Sync>
class RcuWaitTestsFirst : public RcuWait<Sync> {
 public:
  void start_sleep() { Sync::fence(std::memory_order_seq_cst); }
  void sleep() {
    this->fall_asleep();
    RcuWait<Sync>::sleep();
  }
};

}  // namespace doorway::lock

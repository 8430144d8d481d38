#pragma once

#include <atomic>
#include <bit>
#include <cstdint>

#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"

// Mutexes for transactions that take several of them, in whatever order: "wound/wait". An older transaction that finds
// a mutex held by a younger one wounds it: the younger one, when it next has to wait, gives back what it holds instead.
// A younger one waits for an older one. So nobody waits in a circle, and the oldest never gives back.
//
//   for (;;) {
//     first.lock(me, false);                    // holds nothing: waits for as long as it takes
//     if (second.lock(me, true)) break;
//     first.unlock(me);                         // wounded: the other way round
//     std::swap(first, second);
//   }
//
// Contract: a transaction is known by its age, 0 the oldest, and keeps it however often it begins again. At most one
// owner; not reentrant. Who is told to give back gives back all it holds before it locks again.
// Fairness: between transactions, by age. Whoever finds a mutex free takes it, before those that wait, and is wounded
// by an older one of these.
// Cost: a compare-exchange and a barrier to lock, one compare-exchange to unlock, if nobody waits.
// Space: a word, the holder and the set of those that wait, under a lock of their own.
//
// Source: Linux, kernel/locking/ww_mutex.h and Documentation/locking/ww-mutex-design.rst; Rosenkrantz, Stearns, Lewis,
// "System level concurrency control for distributed database systems", TODS 1978. The kernel's mutex has the owner's
// task in its word; here the word says only that it is held, and who holds it is published after, as the kernel's
// context is.

namespace doorway {

// All transactions that may meet.
template <class Sync>
class WwTransactions {
 public:
  static constexpr int kMost = 3;

  bool is_wounded(int age) const { return wounded_[age].load(std::memory_order_relaxed); }
  // It holds nothing any more.
  void recover(int age) { wounded_[age].store(false, std::memory_order_relaxed); }
  void wound(int age) { wounded_[age].store(true, std::memory_order_relaxed); }

  // Memory ordering: release and acquire, so that who wakes up sees that it is wounded. A wake-up that comes before the
  // sleep is not lost.
  void wake(int age) { awake_[age].store(true, std::memory_order_release); }
  void sleep(int age) { awake_[age].await_update(IsAwake{}, Asleep{}, with(), std::memory_order_acquire); }

 private:
  struct IsAwake {
    constexpr bool operator()(bool awake) const { return awake; }
  };
  struct Asleep {
    constexpr bool operator()(bool /*awake*/) const { return false; }
  };
  template <class T>
  using Atomic = typename Sync::template Atomic<T>;

  Atomic<bool> wounded_[kMost] = {Atomic<bool>(false, ObjectName("wounded", 0)),
                                  Atomic<bool>(false, ObjectName("wounded", 1)),
                                  Atomic<bool>(false, ObjectName("wounded", 2))};
  Atomic<bool> awake_[kMost] = {Atomic<bool>(false, ObjectName("awake", 0)),
                                Atomic<bool>(false, ObjectName("awake", 1)),
                                Atomic<bool>(false, ObjectName("awake", 2))};
};

template <class Sync>
class WwMutex {
 public:
  explicit WwMutex(WwTransactions<Sync>& transactions, ObjectName name = "ww") : all_(transactions), word_(0, name) {}

  // Waits until transaction `me` is the owner: true. False, if it holds others and was wounded while it waited.
  // Memory ordering: acquire, the step that takes it where nobody waits; it pairs with unlock's release.
  bool lock(int me, bool holds_others) {
    return lock_with(
        me, holds_others, [this, me] { look_for_waiters(me); }, [this, me] { wound_holder(me); });
  }

  // Memory ordering: release; pairs with lock's acquires.
  void unlock(int /*me*/) {
    holder_.store(0, std::memory_order_relaxed);
    std::uint8_t held = kHeld;
    if (word_.compare_exchange_strong(held, 0, std::memory_order_release, std::memory_order_relaxed)) return;
    queue_lock_.lock();
    const std::uint8_t waiting = waiting_.get();
    word_.store(waiting == 0 ? 0 : kWaiters, std::memory_order_release);
    if (waiting != 0) all_.wake(std::countr_zero(waiting));
    queue_lock_.unlock();
  }

 protected:
  // `owns` is called by who has found it free, and `waits`, with the queue's lock held, by who is in the queue.
  template <class Owns, class Waits>
  bool lock_with(int me, bool holds_others, Owns owns, Waits waits) {
    if (!holds_others) all_.recover(me);
    if (take_free()) {
      publish(me);
      owns();
      return true;
    }
    queue_lock_.lock();
    enqueue(me);
    waits();
    const bool taken = wait(me, holds_others);
    queue_lock_.unlock();
    return taken;
  }

  // Of a new owner, published. Full barrier; pairs with that of a waiter: either the waiter sees who holds the mutex,
  // or this sees that somebody waits.
  void look_for_waiters(int me) {
    Sync::fence(std::memory_order_seq_cst);
    look_without_barrier(me);
  }
  void look_without_barrier(int me) {
    if ((word_.load(std::memory_order_relaxed) & kWaiters) == 0) return;
    queue_lock_.lock();
    be_wounded(me);
    queue_lock_.unlock();
  }

  // Of a waiter. A holder that is not published yet looks itself, when it is.
  void wound_holder(int me) {
    const int holder = published();
    if (holder <= me) return;
    all_.wound(holder);
    all_.wake(holder);  // it may sleep for another mutex
  }
  int published() const { return holder_.load(std::memory_order_relaxed) - 1; }

  WwTransactions<Sync>& all_;

 private:
  static constexpr std::uint8_t kHeld = 1, kWaiters = 2;
  static constexpr std::uint8_t bit(int age) { return static_cast<std::uint8_t>(1U << age); }

  bool take_free() {
    std::uint8_t free = 0;
    return word_.compare_exchange_strong(free, kHeld, std::memory_order_acquire, std::memory_order_relaxed);
  }
  void publish(int me) { holder_.store(static_cast<std::uint8_t>(me + 1), std::memory_order_relaxed); }

  // The rest with the queue's lock held.
  void be_wounded(int me) {
    if ((waiting_.get() & (bit(me) - 1)) != 0) all_.wound(me);
  }
  void enqueue(int me) {
    waiting_.set(static_cast<std::uint8_t>(waiting_.get() | bit(me)));
    word_.fetch_or(kWaiters, std::memory_order_relaxed);
    Sync::fence(std::memory_order_seq_cst);  // see look_for_waiters
  }
  bool wait(int me, bool holds_others) {
    while (!take_waited_for()) {
      if (holds_others && all_.is_wounded(me)) {
        leave(me);
        return false;
      }
      queue_lock_.unlock();
      all_.sleep(me);
      queue_lock_.lock();
    }
    leave(me);
    publish(me);
    be_wounded(me);
    return true;
  }
  // Memory ordering: relaxed; who let it go with somebody waiting held the queue's lock.
  bool take_waited_for() {
    std::uint8_t free = kWaiters;
    return word_.compare_exchange_strong(free, kHeld | kWaiters, std::memory_order_relaxed, std::memory_order_relaxed);
  }
  void leave(int me) {
    const auto rest = static_cast<std::uint8_t>(waiting_.get() & ~bit(me));
    waiting_.set(rest);
    if (rest == 0) word_.fetch_and(static_cast<std::uint8_t>(~kWaiters), std::memory_order_relaxed);
  }

  Mutex<Sync> queue_lock_{"ww.queue_lock"};
  typename Sync::template Atomic<std::uint8_t> word_;
  typename Sync::template Atomic<std::uint8_t> holder_{0, "ww.holder"};  // age + 1; 0: nobody, or not published yet
  typename Sync::template Var<std::uint8_t> waiting_{0, "ww.waiting"};   // ages, as bits
};

}  // namespace doorway

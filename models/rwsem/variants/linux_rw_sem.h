#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/mutex.h"
#include "locks/linux_rw_sem.h"

// The semaphore of Linux with one thing different: what is wrong with each stands above it.

namespace doorway::rwsem {

template <class Sync>
using LinuxAsItIs = LinuxRwSem<Sync>;

// A head has waited too long at once, or at any later time: all are explored.
struct TimesOutAnyTime : RwSemPolicy {
  template <class Sync>
  static bool TimedOut(bool /*refused_before*/) {
    return Sync::choose(2) == 1;
  }
};
template <class Sync>
using AnyTimeout = LinuxRwSem<Sync, TimesOutAnyTime>;

// Nobody ever has waited too long: there is no handoff.
struct TimesOutNever : RwSemPolicy {
  template <class Sync>
  static bool TimedOut(bool /*refused_before*/) {
    return false;
  }
};
template <class Sync>
using NoHandoff = LinuxRwSem<Sync, TimesOutNever>;

// A writer that queues behind a head that has asked for the handoff takes the semaphore all the same, and the handoff.
struct IgnoresHandoffPolicy : RwSemPolicy {
  static constexpr bool YieldsToHead(bool /*head_asked*/) { return false; }
};
template <class Sync>
using IgnoresHandoff = LinuxRwSem<Sync, IgnoresHandoffPolicy>;

// The wait lock goes to whoever finds it free.
template <class Sync>
using UnfairWaitLock = LinuxRwSem<Sync, RwSemPolicy, Mutex<Sync>>;

// Readers steal beside other readers: with two of them, the count need never come to nobody.
template <class Sync>
class ReadersSteal : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;
  using Count = RwSemCount;

 public:
  void down_read() {
    const std::uint32_t count = this->count_in();
    if (!Count::RefusesThieves(count)) {
      this->tag_arrival(Base::kReader, true);
      if (Count::Readers(count) == 1 && (count & Count::kWaiters) != 0) this->bring_readers();
    } else if (!this->queue_read(Base::kReader)) {
      this->sleep_read(false);
    }
  }
};

// A reader that takes itself out of the count, and queues, wakes nobody.
template <class Sync>
class BacksOffSilently : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;
  using Count = RwSemCount;

 public:
  void down_read() {
    const std::uint32_t count = this->count_in();
    if (!Count::RefusesReaders(count)) {
      this->tag_arrival(Base::kReader, true);
      return;
    }
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    const bool alone = queue.fifo.empty();
    this->append(queue, RwSemQueue::kRead);
    this->count_.fetch_add((alone ? Count::kWaiters : 0) - Count::kReader, std::memory_order_relaxed);
    this->tag_arrival(Base::kReader, false);
    this->wait_lock_.unlock();
    this->sleep_read(false);
  }
};

// A writer tries first, and says afterwards that somebody waits.
template <class Sync>
class TriesBeforeItSaysSo : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;

 public:
  void down_write() {
    if (this->steal_write()) {
      this->tag_arrival(Base::kWriter, true);
      return;
    }
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    this->append(queue, RwSemQueue::kWrite);
    const bool inside = this->try_write(queue);
    if (!inside) this->count_.fetch_or(RwSemCount::kWaiters, std::memory_order_relaxed);
    this->tag_arrival(Base::kWriter, inside);
    this->wait_lock_.unlock();
    if (inside) return;
    do {
      this->sleep_write();
    } while (!this->try_again());
  }
};

// A downgrade lets in the head of the queue, also if it is a writer.
template <class Sync>
class DowngradeGrantsWriter : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;
  using Count = RwSemCount;

 public:
  void down_write() {
    if (this->steal_write()) {
      this->tag_arrival(Base::kWriter, true);
      return;
    }
    if (this->queue_write(Base::kWriter)) return;
    for (;;) {
      this->slot().await(IsAwake{}, unseen, with(), std::memory_order_acquire);
      if (this->slot().load(std::memory_order_relaxed) == Base::Slot::kGranted) return;
      if (this->try_again()) return;
    }
  }
  void downgrade() {
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    const bool writer_first = !queue.fifo.empty() && queue.fifo.front().kind == RwSemQueue::kWrite;
    if (writer_first) {
      const int head = queue.fifo.front().thread;
      queue.Remove(head);
      this->set_waiters(queue);
      // The count: a reader more, and the writer's bit is the new one's.
      this->count_.fetch_add(Count::kReader - (queue.fifo.empty() ? Count::kWaiters : 0), std::memory_order_release);
      this->grant(head);
    }
    this->wait_lock_.unlock();
    if (!writer_first) Base::downgrade();
  }

 private:
  struct IsAwake {
    constexpr bool operator()(typename Base::Slot slot) const { return slot != Base::Slot::kAsleep; }
  };
};

// The same mistake by half: a downgrade wakes a writer, which lets nobody in. It looks at the count, and sleeps again.
template <class Sync>
class DowngradeWakesWriter : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;
  using Count = RwSemCount;

 public:
  void downgrade() {
    const std::uint32_t old = this->count_.fetch_add(Count::kReader - Count::kWriter, std::memory_order_release);
    if ((old & Count::kWaiters) == 0) return;
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    if (!queue.fifo.empty()) {
      const WaiterFifo::Waiter head = queue.fifo.front();
      if (head.kind == RwSemQueue::kWrite) this->wake_writer(head.thread);
      if (head.kind == RwSemQueue::kRead) this->wake_head(queue, Base::Wake::kReadersOfReader);
    }
    this->wait_lock_.unlock();
  }
};

// A waiter that has waited too long decides, before it has the wait lock, that the handoff is its own. Killed before it
// has set it, or after another has cleared it, it takes it back all the same, by a subtraction.
template <class Sync>
class KilledSubtracts : public LinuxRwSem<Sync, TimesOutAnyTime> {
  using Base = LinuxRwSem<Sync, TimesOutAnyTime>;
  using Count = RwSemCount;

 public:
  bool down_write_killable() {
    if (this->steal_write()) return this->tag_arrival(Base::kWriter, true);
    if (this->queue_write(Base::kWriter)) return true;
    bool asks = false;  // what Linux kept beside the wait lock, in the thread
    for (;;) {
      if (Sync::choose(2) == 1) break;
      this->sleep_write();
      asks = Sync::choose(2) == 1;
      if (asks && Sync::choose(2) == 1) break;
      if (this->try_again()) return true;
    }
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    const bool was_head = queue.IsHead(Sync::self());
    queue.Remove(Sync::self());
    this->set_waiters(queue);
    if (asks) {
      const std::uint32_t old = this->count_.fetch_sub(Count::kHandoff, std::memory_order_relaxed);
      this->tag_count((old & Count::kHandoff) != 0);
    }
    if (queue.fifo.empty()) {
      this->count_.fetch_and(~Count::kWaiters, std::memory_order_relaxed);
    } else if (was_head) {
      this->wake_head(queue, Base::Wake::kAnybody);
    }
    this->wait_lock_.unlock();
    return false;
  }
};

// A killed waiter leaves the handoff set, though nobody waits any more: the ways past the queue stay closed.
template <class Sync>
class KilledLeavesHandoff : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;
  using Count = RwSemCount;

 public:
  bool down_write_killable() {
    if (this->steal_write()) return this->tag_arrival(Base::kWriter, true);
    if (this->queue_write(Base::kWriter)) return true;
    for (;;) {
      if (Sync::choose(2) == 1) break;
      this->sleep_write();
      if (this->try_again()) return true;
    }
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    const bool was_head = queue.IsHead(Sync::self());
    queue.Remove(Sync::self());
    this->set_waiters(queue);
    if (queue.fifo.empty()) {
      this->count_.fetch_and(~Count::kWaiters, std::memory_order_relaxed);
    } else if (was_head) {
      this->wake_head(queue, Base::Wake::kAnybody);
    }
    this->wait_lock_.unlock();
    return false;
  }
};

// A killed head of the queue does not wake the next one, who may have been waiting for it alone.
template <class Sync>
class KilledWakesNobody : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;

 public:
  bool down_write_killable() {
    if (this->steal_write()) return this->tag_arrival(Base::kWriter, true);
    if (this->queue_write(Base::kWriter)) return true;
    for (;;) {
      if (Sync::choose(2) == 1) break;
      this->sleep_write();
      if (this->try_again()) return true;
    }
    this->wait_lock_.lock();
    RwSemQueue queue = this->waiters();
    queue.Remove(Sync::self());
    this->set_waiters(queue);
    if (queue.fifo.empty()) {
      this->count_.fetch_and(~(RwSemCount::kWaiters | RwSemCount::kHandoff), std::memory_order_relaxed);
    }
    this->wait_lock_.unlock();
    return false;
  }
};

// A reader that is let in by another does not see what that one saw.
template <class Sync>
class GrantsRelaxed : public LinuxRwSem<Sync> {
  using Base = LinuxRwSem<Sync>;
  using Count = RwSemCount;

 public:
  void down_read() {
    const std::uint32_t count = this->count_in();
    if (!Count::RefusesReaders(count)) {
      this->tag_arrival(Base::kReader, true);
    } else if (!this->queue_read(Base::kReader)) {
      this->slot().await(typename Base::IsGranted{}, unseen, with(), std::memory_order_relaxed);
    }
  }
};

}  // namespace doorway::rwsem

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "locks/linux_rw_sem_word.h"

// A sleeping reader-writer lock with the encoding of Linux: a count that is enough where nobody waits, and a queue
// under a lock of its own (the wait lock) for those who do.
//
//   reader   adds itself to the count. If a writer is in, or anybody waits, it takes itself out again, queues and
//            sleeps. It is let in by whoever wakes it: its share of the count is then there already.
//   writer   takes the count if nobody is in. Else it queues, sets "somebody waits", and tries again each time it is
//            woken. Being woken lets nobody in: another may be faster.
//   leaving  whoever leaves it empty wakes the head of the queue: a writer alone, or all readers that wait.
//
// Those who come may *steal* it past the queue while it is free, but has not been taken yet by the writer that was
// woken: a writer always, a reader only if no other reader is in (else readers that overlap would keep the writer from
// ever being woken). So that this ends, a head of the queue that has been refused for too long asks for the *handoff*:
// then nobody steals.
//
// Contract: many readers or one writer; not reentrant, for readers neither. At most ten threads wait. Threads 0 to 11.
// Killable waiters may give up: in place of being woken, they may be killed at any time (all cases are explored).
//
// Fairness: nobody who waits starves. Policy::TimedOut says when a waiter has waited too long: as it is, at the second
// refusal as the head of the queue; Linux takes 4 ms. So a head is overtaken by whoever steals before its second
// refusal, and a writer besides by readers that wait behind it, once they are let in with a reader at the head.
// Refusals are counted, not thieves: a head that was woken and is slow to try may be overtaken any number of times.
// This stands on a fair wait lock, as Linux has; over a Mutex, a woken writer may fail to get that.
//
// Source: Linux 5.16 (kernel/locking/rwsem.c): the layout of 5.3, readers that do not spin (5.11), and the handoff's
// mend of 5.16. Left out: spinning (a thread that spins and then takes the lock is one that comes later), the owner
// field (a hint for spinners; of a reader that steals it decides, if the count is two readers or more, by who owned it
// last, where this one never steals), the limit to readers woken at once, the look at the queue of a writer that is not
// the first in it (nothing depends on it), wake-ups that come after the wait lock is released (they only come early or
// twice), and the full barriers of the count's other updates.

namespace doorway {

// When a waiter at the head of the queue has waited too long: if it is refused, and has been before. And whether a
// writer that is not the first in the queue leaves a free semaphore to the first: if that has asked for the handoff.
struct RwSemPolicy {
  static constexpr bool YieldsToHead(bool head_asked) { return head_asked; }
  template <class Sync>
  static bool TimedOut(bool refused_before) {
    return refused_before;
  }
};

template <class Sync, class Policy = RwSemPolicy, class WaitLock = FifoMutex<Sync>>
class LinuxRwSem {
 public:
  // `name` is for reports: that of the count.
  explicit LinuxRwSem(ObjectName name = "count") : count_(0, name) {}

  // What a thread's doorway is tagged with, if it does not say otherwise.
  static constexpr Value kReader = 0;
  static constexpr Value kWriter = 1;

  // Waits until inside as a reader. The doorway is the step by which it gets in, or gets into the queue.
  // Memory ordering: acquire; pairs with the release of up_write, and of downgrade: they head a release sequence, since
  // the count changes by updates alone. Who is let in by another is so by that one's acquire and its release (grant).
  void down_read(Value group = kReader) { read(group, false); }

  // Waits until inside as a writer. Memory ordering: acquire; pairs with the releases of up_read and up_write.
  void down_write(Value group = kWriter) { write(group, false); }

  // The same, but may give up. Returns whether it is inside.
  bool down_read_killable(Value group = kReader) { return read(group, true); }
  bool down_write_killable(Value group = kWriter) { return write(group, true); }

  // Memory ordering: release, all three; pair with the acquires above.
  void up_read() {
    const std::uint32_t old = count_.fetch_sub(Count::kReader, std::memory_order_release);
    tag_count(Count::Readers(old) != 0);
    const std::uint32_t left = old - Count::kReader;
    if (!Count::IsHeld(left) && (left & Count::kWaiters) != 0) wake();
  }
  void up_write() {
    const std::uint32_t old = count_.fetch_sub(Count::kWriter, std::memory_order_release);
    tag_count((old & Count::kWriter) != 0);
    if ((old & Count::kWaiters) != 0) wake();
  }
  // The writer becomes a reader, and lets readers in that are first in the queue.
  void downgrade() {
    const std::uint32_t old = count_.fetch_add(Count::kReader - Count::kWriter, std::memory_order_release);
    tag_count((old & Count::kWriter) != 0);
    if ((old & Count::kWaiters) != 0) bring_readers();
  }

  // For when all is quiet: nobody is in, nobody waits, and the count says so.
  bool is_at_rest() const { return count_.load(std::memory_order_relaxed) == 0 && waiters_.get() == 0; }

  // On an update that takes somebody out of the count: its argument is 1 if there was nobody to take.
  static constexpr NoteKind kCount{"count"};

 protected:
  using Count = RwSemCount;

  // Whom a wake may let in.
  enum class Wake : std::uint8_t {
    kAnybody,          // nobody was in
    kReaders,          // readers were in, or about to go
    kReadersOfReader,  // the caller is in as a reader
  };
  static constexpr int kThreads = 12;
  // What a waiter sleeps on.
  enum class Slot : std::uint8_t { kAsleep, kWoken, kGranted };

  // ---- Readers

  bool read(Value group, bool killable) {
    const std::uint32_t count = count_in();
    if (!Count::RefusesReaders(count)) return tag_arrival(group, true);
    if (Count::Readers(count) == 1 && !Count::RefusesThieves(count)) {
      tag_arrival(group, true);
      if ((count & Count::kWaiters) != 0) bring_readers();
      return true;
    }
    return queue_read(group) || sleep_read(killable);
  }

  // Memory ordering: acquire, as down_read's.
  std::uint32_t count_in() { return count_.fetch_add(Count::kReader, std::memory_order_acquire) + Count::kReader; }

  // A reader that is in lets in those that wait, if one of them is first in the queue.
  void bring_readers() {
    wait_lock_.lock();
    RwSemQueue queue = waiters();
    if (!queue.fifo.empty()) wake_head(queue, Wake::kReadersOfReader);
    wait_lock_.unlock();
  }

  // Queues a reader that has counted itself. Returns true if it may stay instead.
  // Memory ordering: acquire, the look at the count: as count_in's. Relaxed, the step out: the reader has done nothing.
  bool queue_read(Value group) {
    wait_lock_.lock();
    RwSemQueue queue = waiters();
    const bool alone = queue.fifo.empty();
    if (alone && !Count::RefusesThieves(count_.load(std::memory_order_acquire))) {
      tag_arrival(group, true);
      wait_lock_.unlock();
      return true;
    }
    append(queue, RwSemQueue::kRead);
    const std::uint32_t change = (alone ? Count::kWaiters : 0) - Count::kReader;
    const std::uint32_t count = count_.fetch_add(change, std::memory_order_relaxed) + change;
    tag_arrival(group, false);
    after_backing_off(queue, count);
    wait_lock_.unlock();
    return false;
  }

  // The last one in may have left while this reader was counted: then nobody has woken anybody.
  void after_backing_off(RwSemQueue& queue, std::uint32_t count) {
    if ((count & Count::kWriter) != 0) return;
    wake_head(queue, Count::Readers(count) != 0 ? Wake::kReaders : Wake::kAnybody);
  }

  // Memory ordering: acquire, the slot: pairs with grant's release. Relaxed, the second look: by the wait lock.
  bool sleep_read(bool killable) {
    if (!killable || Sync::choose(2) == 0) {
      slot().await(IsGranted{}, unseen, with(), std::memory_order_acquire);
      return true;
    }
    wait_lock_.lock();
    const bool granted = slot().load(std::memory_order_relaxed) == Slot::kGranted;
    if (!granted) give_up();
    wait_lock_.unlock();
    return granted;
  }

  // ---- Writers

  bool write(Value group, bool killable) {
    if (steal_write()) return tag_arrival(group, true);
    if (queue_write(group)) return true;
    for (;;) {
      if (killable && Sync::choose(2) == 1) break;
      sleep_write();
      if (try_again()) return true;
    }
    wait_lock_.lock();
    give_up();
    wait_lock_.unlock();
    return false;
  }

  // Memory ordering: acquire, as down_write's.
  bool steal_write() {
    return count_.try_update(RwSemSteal{}, with(), std::memory_order_acquire, std::memory_order_relaxed).done;
  }

  // Queues a writer, and lets it try at once. Memory ordering: relaxed, the flag: it is set before the count is looked
  // at for the last time, by try_write, in one location.
  bool queue_write(Value group) {
    wait_lock_.lock();
    RwSemQueue queue = waiters();
    append(queue, RwSemQueue::kWrite);
    count_.fetch_or(Count::kWaiters, std::memory_order_relaxed);
    tag_arrival(group, false);
    const bool inside = try_write(queue);
    wait_lock_.unlock();
    return inside;
  }

  // Memory ordering: relaxed; who is woken takes the wait lock, and then the count.
  void sleep_write() { slot().await(IsWoken{}, unseen, with(), std::memory_order_relaxed); }

  bool try_again() {
    wait_lock_.lock();
    slot().store(Slot::kAsleep, std::memory_order_relaxed);
    RwSemQueue queue = waiters();
    const bool inside = try_write(queue);
    wait_lock_.unlock();
    return inside;
  }

  // Takes the semaphore for a writer in the queue, or notes that it was refused. REQUIRES: the wait lock is held.
  bool try_write(RwSemQueue& queue) {
    const bool head = queue.IsHead(Sync::self());
    const bool yields = !head && Policy::YieldsToHead(queue.head_asked);
    const bool too_long = head && Policy::template TimedOut<Sync>(queue.head_refused);
    const bool last = queue.fifo.size() == 1;
    const auto tried = count_.try_update(RwSemTry{}, with(yields, too_long, last), std::memory_order_acquire,
                                         std::memory_order_relaxed);
    if (tried && !Count::IsHeld(tried.old)) {
      Sync::tag(notes::kAdmit, Sync::self());
      queue.Remove(Sync::self());
      set_waiters(queue);
      return true;
    }
    if (!head) return false;
    queue.head_refused = true;
    queue.head_asked = queue.head_asked || tried.done;
    set_waiters(queue);
    return false;
  }

  // ---- The queue. All of these: REQUIRES: the wait lock is held.

  // Memory ordering: relaxed; whoever wakes does so under the wait lock.
  void append(RwSemQueue& queue, RwSemQueue::Kind kind) {
    Sync::check(!queue.fifo.full(), "LinuxRwSem: more than ten threads wait");
    queue.fifo.push(Sync::self(), kind);
    set_waiters(queue);
    slot().store(Slot::kAsleep, std::memory_order_relaxed);
  }

  // A killed waiter leaves the queue. What it has asked for goes with the queue, if that is empty now; else it is left
  // to those who wait, whom it does not hold up. Memory ordering: relaxed; nothing has been done.
  void give_up() {
    RwSemQueue queue = waiters();
    const bool was_head = queue.IsHead(Sync::self());
    queue.Remove(Sync::self());
    set_waiters(queue);
    if (queue.fifo.empty()) {
      count_.fetch_and(~(Count::kWaiters | Count::kHandoff), std::memory_order_relaxed);
    } else if (was_head) {
      wake_head(queue, Wake::kAnybody);
    }
  }

  void wake() {
    wait_lock_.lock();
    RwSemQueue queue = waiters();
    if (!queue.fifo.empty()) wake_head(queue, Wake::kAnybody);
    wait_lock_.unlock();
  }

  // Wakes the head, if it is a writer; lets in all readers in the queue, if it is a reader.
  // Memory ordering: acquire, the share of the count taken first: as down_read's, on behalf of those let in. (A caller
  // that is in has it.)
  void wake_head(RwSemQueue& queue, Wake how) {
    const WaiterFifo::Waiter head = queue.fifo.front();
    if (head.kind == RwSemQueue::kWrite) {
      if (how == Wake::kAnybody) wake_writer(head.thread);
      return;
    }
    if (how == Wake::kReadersOfReader) return let_readers_in(queue, 0);
    const std::uint32_t old = count_.fetch_add(Count::kReader, std::memory_order_acquire);
    if ((old & Count::kWriter) == 0) return let_readers_in(queue, 1);
    const bool ask = Policy::template TimedOut<Sync>(queue.head_refused) && (old & Count::kHandoff) == 0;
    queue.head_refused = true;
    queue.head_asked = queue.head_asked || ask;
    set_waiters(queue);
    const std::uint32_t back = (ask ? Count::kHandoff : 0) - Count::kReader;
    count_.fetch_add(back, std::memory_order_relaxed);  // the writer will wake when it leaves
  }

  // Of those who wait, all readers go in, also those behind a writer. `counted`: how many of them the count has.
  // Memory ordering: relaxed, the count: the caller has seen what they are to see, and their slots tell them.
  void let_readers_in(RwSemQueue& queue, std::uint32_t counted) {
    const WaiterFifo before = queue.fifo;
    std::uint32_t change = 0 - counted * Count::kReader;
    for (int i = 0; i < before.size(); ++i) {
      if (before.at(i).kind != RwSemQueue::kRead) continue;
      queue.Remove(before.at(i).thread);
      change += Count::kReader;
    }
    set_waiters(queue);
    if (queue.fifo.empty()) change -= Count::kWaiters;
    if ((count_.load(std::memory_order_relaxed) & Count::kHandoff) != 0) change -= Count::kHandoff;
    if (change != 0) count_.fetch_add(change, std::memory_order_relaxed);
    for (int i = 0; i < before.size(); ++i) {
      if (before.at(i).kind == RwSemQueue::kRead) grant(before.at(i).thread);
    }
  }

  // Memory ordering: release; pairs with sleep_read's acquire.
  void grant(int thread) {
    slots_[thread].store(Slot::kGranted, std::memory_order_release);
    Sync::tag(notes::kAdmit, thread);
  }
  // Memory ordering: relaxed, as sleep_write.
  void wake_writer(int thread) { slots_[thread].store(Slot::kWoken, std::memory_order_relaxed); }

  // ---- What all use

  RwSemQueue waiters() const { return RwSemQueue(waiters_.get()); }
  void set_waiters(const RwSemQueue& queue) { waiters_.set(queue.Bits()); }

  // Sits on the operation just done. Returns `inside`.
  static bool tag_arrival(Value group, bool inside) {
    Sync::tag(notes::kDoorway, Sync::self(), group);
    if (inside) Sync::tag(notes::kAdmit, Sync::self(), group);
    return inside;
  }
  static void tag_count(bool right) { Sync::tag(kCount, Sync::self(), static_cast<Value>(!right)); }

  struct IsGranted {
    constexpr bool operator()(Slot slot) const { return slot == Slot::kGranted; }
  };
  struct IsWoken {
    constexpr bool operator()(Slot slot) const { return slot == Slot::kWoken; }
  };

  using AtomicSlot = typename Sync::template Atomic<Slot>;
  // One a thread; in a kernel, the state of the task and the node on its stack.
  struct Slots {
    AtomicSlot& operator[](int thread) { return items[thread]; }
    AtomicSlot items[kThreads] = {
        AtomicSlot(Slot::kAsleep, ObjectName("slot", 0)),  AtomicSlot(Slot::kAsleep, ObjectName("slot", 1)),
        AtomicSlot(Slot::kAsleep, ObjectName("slot", 2)),  AtomicSlot(Slot::kAsleep, ObjectName("slot", 3)),
        AtomicSlot(Slot::kAsleep, ObjectName("slot", 4)),  AtomicSlot(Slot::kAsleep, ObjectName("slot", 5)),
        AtomicSlot(Slot::kAsleep, ObjectName("slot", 6)),  AtomicSlot(Slot::kAsleep, ObjectName("slot", 7)),
        AtomicSlot(Slot::kAsleep, ObjectName("slot", 8)),  AtomicSlot(Slot::kAsleep, ObjectName("slot", 9)),
        AtomicSlot(Slot::kAsleep, ObjectName("slot", 10)), AtomicSlot(Slot::kAsleep, ObjectName("slot", 11))};
  };
  AtomicSlot& slot() { return slots_[Sync::self()]; }

  typename Sync::template Atomic<std::uint32_t> count_;
  WaitLock wait_lock_{"wait_lock"};
  typename Sync::template Var<std::uint64_t> waiters_{0, "waiters"};
  Slots slots_;
};

}  // namespace doorway

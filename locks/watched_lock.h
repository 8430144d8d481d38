#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"
#include "harness/sync/rw_sem.h"

// Locks that know who holds them, so that whoever begins to sleep, or does I/O, can be warned: "not while you hold
// mmap_lock", "not while you hold a spinlock".
//
//   HeldLocks<Sync> held;                                    if (held.forbids_io()) warn();
//   WatchedRwSem<Sync> mmap_lock(held, 0);                   if (held.forbids_sleep()) warn();
//
// What is kept is a count for each thread and lock, not a flag: a thread may hold several locks of one kind (two mms),
// and the end of one section must not end the other. It follows the thread that holds, not the code: who lets go on a
// way that does not come back here (a page fault that drops the lock and says "retry") has to let go here; who lets
// another thread let go has to say so (hand_over). A downgrade is no end.
//
// Contract: locks 0 to 7 of each kind, held at most 15 times by one thread; threads 0 to 11. Otherwise that of the lock
// inside. The warning is exact: it comes iff the thread holds a lock.
// Cost: nothing is shared. Memory ordering: none; the record of a thread is its own, plain data, and a lock's is as it
// was: all that it says of order is the inner lock's.
//
// Source: the idea of "no I/O under mmap_sem" of the linux-mm discussion: keep the sleeping lock, and warn.

namespace doorway {

template <class Sync>
class HeldLocks {
 public:
  enum class Kind : std::uint8_t { kSleeping, kSpinning };

  // This thread holds the lock once more, or once less.
  void take(Kind kind, int lock) { add(Unit(kind, lock)); }
  void give(Kind kind, int lock) { add(0 - Unit(kind, lock)); }

  // Whether this thread must not do I/O: it holds a lock.
  bool forbids_io() const { return mine().get() != 0; }
  // Whether this thread must not sleep: it holds a spinlock.
  bool forbids_sleep() const { return mine().get() >> kSpinningAt != 0; }

 protected:
  using Record = typename Sync::template Var<std::uint64_t>;
  static constexpr int kSpinningAt = 32;

  static constexpr std::uint64_t Unit(Kind kind, int lock) {
    return std::uint64_t{1} << (4 * lock + (kind == Kind::kSpinning ? kSpinningAt : 0));
  }
  void add(std::uint64_t units) { mine().set(mine().get() + units); }
  Record& mine() { return records_[Sync::self()]; }
  const Record& mine() const { return records_[Sync::self()]; }

 private:
  Record records_[12] = {
      Record(0, ObjectName("held", 0)), Record(0, ObjectName("held", 1)),  Record(0, ObjectName("held", 2)),
      Record(0, ObjectName("held", 3)), Record(0, ObjectName("held", 4)),  Record(0, ObjectName("held", 5)),
      Record(0, ObjectName("held", 6)), Record(0, ObjectName("held", 7)),  Record(0, ObjectName("held", 8)),
      Record(0, ObjectName("held", 9)), Record(0, ObjectName("held", 10)), Record(0, ObjectName("held", 11))};
};

// A reader-writer semaphore that is watched.
template <class Sync, class Semaphore = FairRwSem<Sync>, class Held = HeldLocks<Sync>>
class WatchedRwSem {
  static constexpr auto kKind = HeldLocks<Sync>::Kind::kSleeping;

 public:
  using HeldBy = Held;

  WatchedRwSem(Held& held, int index) : held_(held), index_(index), inner_(ObjectName("rwsem", index)) {}

  void down_read() {
    inner_.down_read();
    held_.take(kKind, index_);
  }
  void down_write() {
    inner_.down_write();
    held_.take(kKind, index_);
  }
  void up_read() {
    held_.give(kKind, index_);
    inner_.up_read();
  }
  void up_write() {
    held_.give(kKind, index_);
    inner_.up_write();
  }
  void downgrade() { inner_.downgrade(); }

  // This thread holds it for reading, and leaves it to another to let go, by up_read_non_owner.
  void hand_over() { held_.give(kKind, index_); }
  void up_read_non_owner() { inner_.up_read(); }

  Semaphore& inner() { return inner_; }

 private:
  Held& held_;
  const int index_;
  Semaphore inner_;
};

// A spinlock that is watched.
template <class Sync, class Inner = Mutex<Sync>, class Held = HeldLocks<Sync>>
class WatchedSpinLock {
  static constexpr auto kKind = HeldLocks<Sync>::Kind::kSpinning;

 public:
  WatchedSpinLock(Held& held, int index) : held_(held), index_(index), inner_(ObjectName("spinlock", index)) {}

  void lock() {
    inner_.lock();
    held_.take(kKind, index_);
  }
  void unlock() {
    held_.give(kKind, index_);
    inner_.unlock();
  }

 private:
  Held& held_;
  const int index_;
  Inner inner_;
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A reader-writer spinlock with a queue: who does not get in at once takes its turn at an inner lock, and the head of
// that queue waits for the word. Readers in an interrupt do not queue: they wait for a writer that is in, never for one
// that waits.
//
//   bits 0-7 a writer is in, bit 8 a writer waits, bits 9-31 how many readers have come
//
// Contract: many readers or one writer; not reentrant for writers, nor for readers in task context. A thread may be
// interrupted by a reader (read_lock_in_interrupt) while it reads, and while it waits to write; while it writes, or
// waits to read or write at the inner lock, interrupts that take the lock for writing must be off.
// Fairness: first come, first served among those that queue, by the inner lock (here the specification of a fair one;
// in a kernel a queued spinlock). A newcomer that finds no writer in, nor waiting, reads past the queue. The head of
// the queue is overtaken by nobody but interrupts: a writer since it has set the waiting bit, a reader since it is
// counted again. These are the doorways. Cost: uncontended one update to lock, one to unlock. Space: two words. Kernels
// store to the writer's byte alone; here that is an update of the word.
//
// Source: Linux, kernel/locking/qrwlock.c, include/asm-generic/qrwlock.h.

namespace doorway {

template <class Sync>
class QRwLock {
 public:
  // Memory ordering: acquire, the steps that find no writer in: they pair with write_unlock's release. Relaxed, taking
  // oneself out of the count again: nothing has been read.
  void read_lock() {
    if (count_me()) return admit_reader();
    word_.fetch_sub(kReader, std::memory_order_relaxed);
    queue_.lock();
    // Relaxed: the wait is the acquire. The count keeps later writers out.
    word_.fetch_add(kReader, std::memory_order_relaxed);
    Sync::tag(notes::kDoorway, Sync::self(), kReaders);
    await_no_writer();
    queue_.unlock();
  }
  // The same, for a reader in an interrupt: it may have come upon a reader, while a writer waits for that.
  void read_lock_in_interrupt() {
    if (!count_me()) word_.await(IsWithoutWriter{}, unseen, with(), std::memory_order_acquire);
  }

  // Memory ordering: release; pairs with the acquire of the writer that finds no reader left. The word changes by
  // updates alone, so it sees all of them.
  void read_unlock() { word_.fetch_sub(kReader, std::memory_order_release); }

  // Memory ordering: acquire, the steps that take the word; they pair with the releases of both unlocks. Relaxed, the
  // waiting bit: it publishes nothing.
  void write_lock() {
    if (take(std::memory_order_acquire)) return;
    queue_.lock();
    if (!take(std::memory_order_acquire)) {
      word_.fetch_or(kWaiting, std::memory_order_relaxed);
      Sync::tag(notes::kDoorway, Sync::self(), kWriters);
      word_.await_update(IsOnlyWaiting{}, Take{}, with(), std::memory_order_acquire);
      Sync::tag(notes::kAdmit, Sync::self(), kWriters);
    }
    queue_.unlock();
  }

  // Memory ordering: release; pairs with the acquires of both locks.
  void write_unlock() { word_.fetch_sub(kWriterIn, std::memory_order_release); }

 protected:
  static constexpr std::uint32_t kWriterIn = 1;
  static constexpr std::uint32_t kWaiting = 1 << 8;
  static constexpr std::uint32_t kReader = 1 << 9;
  static constexpr Value kReaders = 0, kWriters = 1;  // the groups, of tags

  // Whether no writer is in or waits: then the caller is in as a reader.
  bool count_me() { return (word_.fetch_add(kReader, std::memory_order_acquire) & (kWriterIn | kWaiting)) == 0; }
  void admit_reader() {
    Sync::tag(notes::kDoorway, Sync::self(), kReaders);
    Sync::tag(notes::kAdmit, Sync::self(), kReaders);
  }
  void await_no_writer(std::memory_order order = std::memory_order_acquire) {
    word_.await(IsWithoutWriter{}, unseen, with(), order);
    Sync::tag(notes::kAdmit, Sync::self(), kReaders);
  }
  bool take(std::memory_order order) {
    std::uint32_t free = 0;
    if (!word_.compare_exchange_strong(free, kWriterIn, order, std::memory_order_relaxed)) return false;
    Sync::tag(notes::kDoorway, Sync::self(), kWriters);
    Sync::tag(notes::kAdmit, Sync::self(), kWriters);
    return true;
  }

  struct IsWithoutWriter {
    constexpr bool operator()(std::uint32_t word) const { return (word & kWriterIn) == 0; }
  };
  struct IsOnlyWaiting {
    constexpr bool operator()(std::uint32_t word) const { return word == kWaiting; }
  };
  struct Take {
    constexpr std::uint32_t operator()(std::uint32_t /*word*/) const { return kWriterIn; }
  };

  typename Sync::template Atomic<std::uint32_t> word_{0, "word"};
  FifoMutex<Sync> queue_{"queue"};
};

}  // namespace doorway

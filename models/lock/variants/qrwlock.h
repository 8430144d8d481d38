#pragma once

#include <atomic>

#include "harness/sync/operands.h"
#include "locks/qrwlock.h"
#include "models/lock/clients.h"

// Queued reader-writer locks with one thing wrong, and clients that are interrupted.

namespace doorway::lock {

// A writer at the head of the queue does not say that it waits: two readers that overlap for ever keep it out.
template <class Sync>
class QRwNoWaitingBit : public QRwLock<Sync> {
  using Base = QRwLock<Sync>;

 public:
  void write_lock() {
    if (this->take(std::memory_order_acquire)) return;
    this->queue_.lock();
    if (!this->take(std::memory_order_acquire)) {
      this->word_.load(std::memory_order_relaxed);
      Sync::tag(notes::kDoorway, Sync::self(), Base::kWriters);
      this->word_.await_update(IsFree{}, typename Base::Take{}, with(), std::memory_order_acquire);
      Sync::tag(notes::kAdmit, Sync::self(), Base::kWriters);
    }
    this->queue_.unlock();
  }

 private:
  struct IsFree {
    constexpr bool operator()(std::uint32_t word) const { return word == 0; }
  };
};

// A reader that does not get in leaves its count behind while it queues: behind a writer that waits for the count.
template <class Sync>
class QRwCountedInQueue : public QRwLock<Sync> {
 public:
  void read_lock() {
    if (this->count_me()) return this->admit_reader();
    this->queue_.lock();
    this->await_no_writer();
    this->queue_.unlock();
  }
};

// The last reader out is no release.
template <class Sync>
class QRwRelaxedReadUnlock : public QRwLock<Sync> {
  using Base = QRwLock<Sync>;

 public:
  void read_unlock() { this->word_.fetch_sub(Base::kReader, std::memory_order_relaxed); }
};

// A reader at the head of the queue does not acquire.
template <class Sync>
class QRwRelaxedWait : public QRwLock<Sync> {
  using Base = QRwLock<Sync>;

 public:
  void read_lock() {
    if (this->count_me()) return this->admit_reader();
    this->word_.fetch_sub(Base::kReader, std::memory_order_relaxed);
    this->queue_.lock();
    this->word_.fetch_add(Base::kReader, std::memory_order_relaxed);
    Sync::tag(notes::kDoorway, Sync::self(), Base::kReaders);
    this->await_no_writer(std::memory_order_relaxed);
    this->queue_.unlock();
  }
};

// An interrupt may come upon each reader, and reads.
template <class Sync, template <class> class Lock, bool kQueues>
class InterruptedReaders : public Clients<Sync, Lock> {
  using Base = Clients<Sync, Lock>;

 public:
  using Base::Base;
  void before() {
    for (int reader = 0; reader < this->config_.readers; ++reader) Sync::interrupt(reader, Handler{}, with(this));
  }

 private:
  struct Handler {
    void operator()(InterruptedReaders* clients) const {
      if constexpr (kQueues) {
        clients->lock_.queue_up_in_interrupt();
      } else {
        clients->lock_.read_lock_in_interrupt();
      }
      clients->data_.get(unseen);
      clients->lock_.read_unlock();
    }
  };
};

// Readers in an interrupt queue, as others do: behind a writer that waits for the reader that they interrupt.
template <class Sync>
class QRwInterruptsQueue : public QRwLock<Sync> {
  using Base = QRwLock<Sync>;

 public:
  void queue_up_in_interrupt() {
    if (this->count_me()) return;
    this->word_.fetch_sub(Base::kReader, std::memory_order_relaxed);
    this->queue_.lock();
    this->word_.fetch_add(Base::kReader, std::memory_order_relaxed);
    this->word_.await(typename Base::IsWithoutWriter{}, unseen, with(), std::memory_order_acquire);
    this->queue_.unlock();
  }
};

}  // namespace doorway::lock

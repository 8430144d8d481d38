#pragma once

#include <atomic>

#include "locks/percpu_rwsem.h"

// Per-CPU reader-writer semaphores with one thing wrong.

namespace doorway::lock {

// The writer looks at the counts before the readers on the quick way have counted themselves.
template <class Sync>
class PerCpuNoGracePeriod : public PerCpuRwSem<Sync> {
 public:
  void write_lock() {
    this->writers_.lock();
    this->send_readers_slowly();
    this->shut();
    Sync::fence(std::memory_order_seq_cst);
    this->await_readers(std::memory_order_acquire);
  }
};

// No barrier between shutting the door and looking at the counts.
template <class Sync>
class PerCpuNoWriterFence : public PerCpuRwSem<Sync> {
 public:
  void write_lock() {
    this->writers_.lock();
    this->send_readers_slowly();
    this->rcu_.wait();
    this->shut();
    this->await_readers(std::memory_order_acquire);
  }
};

// No barrier between counting and looking at the door, on the slow way.
template <class Sync>
class PerCpuNoReaderFence : public PerCpuRwSem<Sync> {
 public:
  void read_lock(int cpu) {
    this->rcu_.enter(cpu);
    bool in = true;
    if (this->slow_.load(std::memory_order_relaxed)) {
      in = try_without_fence(cpu);
    } else {
      this->counts_[cpu].fetch_add(1, std::memory_order_relaxed);
    }
    this->rcu_.leave(cpu);
    while (!in) {
      this->shut_.await(typename PerCpuRwSem<Sync>::IsOpen{}, unseen, with(), std::memory_order_relaxed);
      in = try_without_fence(cpu);
    }
  }

 private:
  bool try_without_fence(int cpu) {
    this->counts_[cpu].fetch_add(1, std::memory_order_relaxed);
    if (this->is_open()) return true;
    this->counts_[cpu].fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
};

// Goes back to the quick way at once: a reader may find it so, and not see that the door was opened after a write.
template <class Sync>
class PerCpuQuickTooSoon : public PerCpuRwSem<Sync> {
 public:
  void write_unlock() {
    this->shut_.store(false, std::memory_order_release);
    this->slow_.store(false, std::memory_order_relaxed);
    this->writers_.unlock();
  }
};

// The writer does not acquire what the readers release.
template <class Sync>
class PerCpuRelaxedWait : public PerCpuRwSem<Sync> {
 public:
  void write_lock() {
    this->writers_.lock();
    this->send_readers_slowly();
    this->rcu_.wait();
    this->shut();
    Sync::fence(std::memory_order_seq_cst);
    this->await_readers(std::memory_order_relaxed);
  }
};

}  // namespace doorway::lock

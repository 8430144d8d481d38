#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "locks/cas_seqlock.h"
#include "locks/linux_rwlock.h"
#include "models/classic/programs.h"
#include "properties/operation_notes.h"
#include "properties/sequential/counter.h"

// Clients of locks for readers and writers: every other thread writes, the second of them first; the others read. And
// what breaks those locks.

namespace doorway {

inline constexpr std::array<std::string_view, 2> kReadersAndWriters = {"reader", "writer"};

// Inside, writers write plain data, and readers read it.
template <class Sync, template <class> class LockOf>
class RwClients {
 public:
  explicit RwClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Visit(me); });
    for (int round = 0; round < config_.rounds; ++round) Visit(me);
  }

 private:
  void Visit(int me) {
    const bool writes = me % 2 == 1;
    writes ? lock_.write_lock() : lock_.read_lock();
    Sync::note(notes::kEnter, me, static_cast<Value>(writes));
    if (writes) {
      data_.set(me);
    } else {
      data_.get(unseen);
    }
    Sync::note(notes::kLeave, me, static_cast<Value>(writes));
    writes ? lock_.write_unlock() : lock_.read_unlock();
  }

  const ProgramConfig config_;
  LockOf<Sync> lock_;
  typename Sync::template Var<int> data_{0, "data"};
};

template <class Sync>
class RelaxedReadUnlock : public LinuxRwLock<Sync> {
 public:
  void read_unlock() { this->Unlock(1, std::memory_order_relaxed); }
};
template <class Sync>
class RelaxedWriteUnlock : public LinuxRwLock<Sync> {
 public:
  void write_unlock() { this->Unlock(this->bias_, std::memory_order_relaxed); }
};
// As many readers as the bias: a writer takes nothing that they have left.
template <class Sync>
class BiasTooSmall : public LinuxRwLock<Sync> {
 public:
  BiasTooSmall() : LinuxRwLock<Sync>(2) {}
  void write_lock() { this->Lock(1); }  // takes one of the two
  void write_unlock() { this->Unlock(1, std::memory_order_release); }
};
// Does not put back what it took when it is refused.
template <class Sync>
class KeepsWhatItTook : public LinuxRwLock<Sync> {
 public:
  void write_lock() {
    if (this->word_.update(typename LinuxRwLock<Sync>::Take{}, typename LinuxRwLock<Sync>::Suffices{},
                           with(this->bias_), std::memory_order_acquire)) {
      return;
    }
    this->word_.await_update(typename LinuxRwLock<Sync>::Suffices{}, typename LinuxRwLock<Sync>::Take{},
                             with(this->bias_), std::memory_order_acquire);
  }
};

// A writer adds one to both halves, a reader gets the same from both: a counter.
template <class Sync, template <class> class LockOf>
class SeqClients {
 public:
  explicit SeqClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    for (int round = 1; round <= config_.rounds; ++round) {
      if (me % 2 == 1) {
        Calls::invoke(Counter::kIncrement);
        lock_.write_lock();
        const int value = left_.load(std::memory_order_relaxed) + 1;
        left_.store(value, std::memory_order_relaxed);
        right_.store(value, std::memory_order_relaxed);
        lock_.write_unlock();
        Calls::respond();
      } else {
        Calls::invoke(Counter::kRead);
        Calls::respond(linearize::Datum::Number(Read()));
      }
    }
  }
  void after() {
    const int writes = config_.threads / 2 * config_.rounds;
    Sync::check(left_.load(std::memory_order_relaxed) == writes && right_.load(std::memory_order_relaxed) == writes,
                "a write was lost");
  }

  static Counter Specification() { return Counter(); }

 private:
  using Calls = OperationNotes<Sync, Counter>;

  int Read() {
    for (;;) {
      const auto began = lock_.read_begin();
      const int left = left_.load(std::memory_order_relaxed);
      const int right = right_.load(std::memory_order_relaxed);
      if (lock_.read_retry(began)) continue;
      Sync::check(left == right, "one half is older than the other");
      return left;
    }
  }

  const ProgramConfig config_;
  LockOf<Sync> lock_;
  typename Sync::template Atomic<int> left_{0, "left"};
  typename Sync::template Atomic<int> right_{0, "right"};
};

template <class Sync>
class NoWriteFence : public CasSeqLock<Sync> {
 public:
  void write_lock() { this->Begin(false); }
};
template <class Sync>
class NoReadFence : public CasSeqLock<Sync> {
 public:
  bool read_retry(typename CasSeqLock<Sync>::Number began) const { return this->Changed(began, false); }
};
template <class Sync>
class RelaxedWriteEnd : public CasSeqLock<Sync> {
 public:
  void write_unlock() { this->End(std::memory_order_relaxed); }
};
// Does not ask whether a writer is in.
template <class Sync>
class ReadsBesideWriter : public CasSeqLock<Sync> {
 public:
  typename CasSeqLock<Sync>::Number read_begin() const { return this->sequence_.load(std::memory_order_acquire); }
};
// One bit: after one section the number is what it was.
template <class Sync>
class OneBitSequence : public CasSeqLock<Sync> {
 public:
  OneBitSequence() : CasSeqLock<Sync>(1) {}
};

}  // namespace doorway

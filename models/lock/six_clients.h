#pragma once

#include <atomic>

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "locks/six_lock.h"
#include "models/lock/clients.h"
#include "models/lock/seq_clients.h"
#include "properties/outcomes.h"

// Clients of the lock of three modes: a reader reads, unlocks, and locks again if nothing was written since, which
// must show the same; a writer reads under intent, and changes to exclusive. Without end nobody relocks: numbers come
// round. And what is wrong in such locks.

namespace doorway::lock {

template <class Sync, template <class> class LockOf>
class SixClients {
 public:
  explicit SixClients(const ClientConfig& config) : config_(config), lock_(config.width) {}

  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Visit(me); });
    for (int round = 0; round < config_.rounds; ++round) Visit(me);
  }

 private:
  void Visit(int me) {
    Sync::note(kCall, me);
    if (me < config_.readers) {
      Read(me);
    } else {
      Write(me);
    }
  }
  void Read(int me) {
    lock_.read_lock();
    Sync::note(notes::kEnter, me, kReader);
    const int first = data_.get();
    Sync::note(notes::kLeave, me, kReader);
    const auto number = lock_.number();
    lock_.read_unlock();
    if (config_.rounds == 0 || !lock_.relock(number)) return;
    Sync::note(notes::kEnter, me, kReader);
    const int second = data_.get();
    Sync::tag(kReads, me, RightOrWrong(first == second));
    Sync::note(notes::kLeave, me, kReader);
    lock_.read_unlock();
  }
  void Write(int me) {
    lock_.intent_lock();
    const int next = (data_.get() + 1) % 3;
    lock_.write_lock();
    Sync::note(notes::kEnter, me, kWriter);
    data_.set(next);
    Sync::note(notes::kLeave, me, kWriter);
    lock_.write_unlock();
    lock_.intent_unlock();
  }

  const ClientConfig config_;
  LockOf<Sync> lock_;
  typename Sync::template Var<int> data_{0, "data"};
};

// Without intent: who means to write reads, and waits to be the only reader. Two that do wait for each other.
template <class Sync>
class SixReadersUpgrade : public SixLock<Sync> {
  using Base = SixLock<Sync>;

 public:
  using Base::Base;
  void intent_lock() { this->read_lock(); }
  void intent_unlock() {}
  void write_lock() { this->word_.await_update(IsOnlyReader{}, BecomeWriter{}, with(), std::memory_order_acquire); }

 private:
  struct IsOnlyReader {
    constexpr bool operator()(std::uint64_t word) const { return (word & (Base::kReaders | Base::kExclusive)) == 1; }
  };
  struct BecomeWriter {
    constexpr std::uint64_t operator()(std::uint64_t word) const { return (word - 1) | Base::kExclusive; }
  };
};

// Locks again whatever was written.
template <class Sync>
class SixRelocksBlindly : public SixLock<Sync> {
 public:
  using SixLock<Sync>::SixLock;
  bool relock(typename SixLock<Sync>::Number /*number*/) {
    this->read_lock();
    return true;
  }
};

// Changes to exclusive without waiting for readers.
template <class Sync>
class SixRushesIn : public SixLock<Sync> {
  using Base = SixLock<Sync>;

 public:
  using Base::Base;
  void write_lock() { this->word_.fetch_or(Base::kExclusive, std::memory_order_acquire); }
};

// Does not acquire what the readers release.
template <class Sync>
class SixRelaxedWait : public SixLock<Sync> {
  using Base = SixLock<Sync>;

 public:
  using Base::Base;
  void write_lock() {
    this->word_.fetch_or(Base::kExclusive, std::memory_order_relaxed);
    this->await_readers(std::memory_order_relaxed);
  }
};

}  // namespace doorway::lock

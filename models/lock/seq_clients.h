#pragma once

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "models/lock/clients.h"
#include "properties/outcomes.h"

// The clients of sequence counts: two numbers that writers keep equal. A reader that gets through has read two that
// are.

namespace doorway::lock {

inline constexpr NoteKind kReads{"reads"};  // argument: RightOrWrong

template <class Sync, template <class> class LockOf>
class SeqClients {
 public:
  explicit SeqClients(const ClientConfig& config) : config_(config), count_(config.width) {}

  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Visit(me); });
    for (int round = 0; round < config_.rounds; ++round) Visit(me);
  }

 protected:
  void Visit(int me) {
    if (me < config_.readers) {
      Read(me);
    } else {
      Write();
    }
  }

  void Read(int me) {
    int a = 0, b = 0;
    Sync::note(notes::kDoorway, me, kReader);
    Sync::spin([this, &a, &b] {
      const auto begun = count_.read_begin();
      const int x = x_.load(std::memory_order_relaxed);
      const int y = y_.load(std::memory_order_relaxed);
      if (count_.read_retry(begun)) return true;
      a = x;
      b = y;
      return false;
    });
    Sync::tag(kReads, me, RightOrWrong(a == b));
    Sync::note(notes::kEnter, me, kReader);
  }

  // The numbers take two values, so that runs without end have few states.
  void Write() {
    count_.write_begin();
    const int next = 1 - x_.load(std::memory_order_relaxed);
    x_.store(next, std::memory_order_relaxed);
    y_.store(next, std::memory_order_relaxed);
    count_.write_end();
  }

  const ClientConfig config_;
  LockOf<Sync> count_;
  typename Sync::template Atomic<int> x_{0, "x"};
  typename Sync::template Atomic<int> y_{0, "y"};
};

// A reader in an interrupt that may come upon the first writer; unless interrupts are off while it writes.
template <class Sync, template <class> class LockOf, bool kOff>
class SeqInterrupted : public SeqClients<Sync, LockOf> {
  using Base = SeqClients<Sync, LockOf>;

 public:
  using Base::Base;
  void before() { Sync::interrupt(this->config_.readers, Handler{}, with(this)); }
  void thread(int me) {
    if (me < this->config_.readers) return this->Read(me);
    if (kOff) off_.store(true, std::memory_order_relaxed);
    this->Write();
    if (kOff) off_.store(false, std::memory_order_relaxed);
  }

 private:
  struct Handler {
    void operator()(SeqInterrupted* clients) const {
      if (kOff && clients->off_.load(std::memory_order_relaxed)) return;
      clients->Read(Sync::self());
    }
  };
  typename Sync::template Atomic<bool> off_{false, "interrupts_off"};
};

}  // namespace doorway::lock

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"
#include "locks/two_state_lock.h"

// The two-state lock, got wrong: each variant replaces entering or leaving.

namespace doorway {

// Tests, then enqueues, and sleeps without another test: a wake-up in between is lost.
template <class Sync>
class TestThenEnqueue : public TwoStateLock<Sync> {
 public:
  void enter(int group) {
    bool waited = false;
    while (!this->try_enter(group)) {
      this->sleepers_.prepare_to_wait();
      if (!waited) Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
      waited = true;
      this->sleepers_.sleep();
    }
    if (!waited) Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
  }
};

// Leaves by counting once more instead of back.
template <class Sync>
class WrongSign : public TwoStateLock<Sync> {
 public:
  void exit(int group) {
    const int step = this->Step(group);
    if (this->count_.fetch_add(step, std::memory_order_release) + step == 0) this->sleepers_.wake_all();
  }
};

// Wakes, then leaves: who is woken finds the lock as held as before, and sleeps again.
template <class Sync>
class WakeBeforeDecrement : public TwoStateLock<Sync> {
 public:
  void exit(int group) {
    this->sleepers_.wake_all();
    this->leave(group);
  }
};

// The last one out wakes nobody.
template <class Sync>
class NoWake : public TwoStateLock<Sync> {
 public:
  void exit(int group) { this->leave(group); }
};

// The last one out wakes one sleeper. That one enters, and wakes the next when it is the last one out.
template <class Sync>
class WakeOne : public TwoStateLock<Sync> {
 public:
  void exit(int group) {
    if (this->leave(group)) this->sleepers_.wake_one();
  }
};

// Waits by trying again and again instead of sleeping. The wait is one operation, so strong fairness speaks of it: a
// sleeper is woken, finds the lock taken, and has still ended a wait.
template <class Sync>
class Spinning : public TwoStateLock<Sync> {
 public:
  void enter(int group) {
    const bool inside = this->try_enter(group);
    Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    if (!inside) {
      this->count_.await_update(IsNotOthers{}, Add{}, with(this->Step(group)), std::memory_order_acquire);
    }
    Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
  }
  void exit(int group) { this->leave(group); }

 private:
  struct IsNotOthers {
    constexpr bool operator()(std::int32_t count, std::int32_t step) const {
      return count == 0 || (count > 0) == (step > 0);
    }
  };
  struct Add {
    constexpr std::int32_t operator()(std::int32_t count, std::int32_t step) const { return count + step; }
  };
};

// Wakes without being asked by how many: on every exit. Right, and needless.
template <class Sync>
class WakeAlways : public TwoStateLock<Sync> {
 public:
  void exit(int group) {
    this->leave(group);
    this->sleepers_.wake_all();
  }
};

// Spares itself the wake if nobody waits. Fences, if any: at the waker, between its change and its look; at the
// sleeper, between enqueuing and its test.
enum class Fences { kNone, kWaker, kBoth };
template <class Sync, Fences kFences>
class WakeIfActive : public TwoStateLock<Sync> {
 public:
  void enter(int group) {
    const auto me = Sync::self();
    if (this->try_enter(group)) {
      Sync::tag(notes::kDoorway, me, static_cast<Value>(group));
      Sync::tag(notes::kAdmit, me, static_cast<Value>(group));
      return;
    }
    this->sleepers_.prepare_to_wait();
    Sync::tag(notes::kDoorway, me, static_cast<Value>(group));
    if (kFences == Fences::kBoth) Sync::fence(std::memory_order_seq_cst);
    while (!this->try_enter(group)) {
      this->sleepers_.sleep();
      this->sleepers_.prepare_to_wait();
      if (kFences == Fences::kBoth) Sync::fence(std::memory_order_seq_cst);
    }
    Sync::tag(notes::kAdmit, me, static_cast<Value>(group));
    this->sleepers_.finish_wait();
  }
  void exit(int group) {
    if (!this->leave(group)) return;
    if (kFences != Fences::kNone) Sync::fence(std::memory_order_seq_cst);
    if (this->sleepers_.has_waiters()) this->sleepers_.wake_all();
  }
};
template <class Sync>
using WakeIfActiveUnfenced = WakeIfActive<Sync, Fences::kNone>;
template <class Sync>
using WakeIfActiveHalfFenced = WakeIfActive<Sync, Fences::kWaker>;
template <class Sync>
using WakeIfActiveFenced = WakeIfActive<Sync, Fences::kBoth>;

}  // namespace doorway

#pragma once

#include "locks/ww_mutex.h"

// Wound/wait mutexes with one thing wrong.

namespace doorway::lock {

// Nobody wounds anybody: two mutexes taken in two orders are a circle.
template <class Sync>
class WwNeverWounds : public WwMutex<Sync> {
 public:
  using WwMutex<Sync>::WwMutex;
  bool lock(int me, bool holds_others) {
    return this->lock_with(
        me, holds_others, [] {}, [] {});
  }
};

// A wounded transaction that sleeps for another mutex is not woken to learn of it.
template <class Sync>
class WwWoundsWithoutWaking : public WwMutex<Sync> {
 public:
  using WwMutex<Sync>::WwMutex;
  bool lock(int me, bool holds_others) {
    const auto wound = [this, me] {
      if (const int holder = this->published(); holder > me) this->all_.wound(holder);
    };
    return this->lock_with(
        me, holds_others, [this, me] { this->look_for_waiters(me); }, wound);
  }
};

// A new owner does not look whether somebody waits who came before it was published, and could not wound it.
template <class Sync>
class WwOwnerNeverLooks : public WwMutex<Sync> {
 public:
  using WwMutex<Sync>::WwMutex;
  bool lock(int me, bool holds_others) {
    return this->lock_with(
        me, holds_others, [] {}, [this, me] { this->wound_holder(me); });
  }
};

// It looks, but perhaps before it is seen as the owner.
template <class Sync>
class WwNoBarrier : public WwMutex<Sync> {
 public:
  using WwMutex<Sync>::WwMutex;
  bool lock(int me, bool holds_others) {
    return this->lock_with(
        me, holds_others, [this, me] { this->look_without_barrier(me); }, [this, me] { this->wound_holder(me); });
  }
};

// The younger one wounds: whom nobody may make give back is made to.
template <class Sync>
class WwYoungWoundsOld : public WwMutex<Sync> {
 public:
  using WwMutex<Sync>::WwMutex;
  bool lock(int me, bool holds_others) {
    const auto wound = [this, me] {
      const int holder = this->published();
      if (holder < 0 || holder >= me) return;
      this->all_.wound(holder);
      this->all_.wake(holder);
    };
    return this->lock_with(
        me, holds_others, [this, me] { this->look_for_waiters(me); }, wound);
  }
};

}  // namespace doorway::lock

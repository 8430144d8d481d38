#pragma once

#include <atomic>

#include "harness/sync/rw_sem.h"
#include "locks/linux_rw_sem.h"
#include "locks/rwsem_two_atomics_lock.h"

// The rwsem and two atomics, with one step moved, dropped or weakened: each variant replaces a step of entering or
// leaving. Some are wrong, some cost parallelism, some make no difference.

namespace doorway {

template <class Sync>
using TwoAtomicsLock = RwSemTwoAtomicsLock<Sync>;
template <class Sync>
using TwoAtomicsOverReadPreferringLock = RwSemTwoAtomicsLock<Sync, ReadPreferringRwSem<Sync>>;
template <class Sync>
using TwoAtomicsOverLinuxLock = RwSemTwoAtomicsLock<Sync, LinuxRwSem<Sync>>;

// Over that of Linux, looking for the others before announcing itself.
template <class Sync>
class LookFirstOverLinux : public TwoAtomicsOverLinuxLock<Sync> {
 public:
  using Mode = typename TwoAtomicsOverLinuxLock<Sync>::Mode;
  Mode enter(int group) {
    const bool others = this->others_present(group);
    this->announce(group);
    return others ? this->enter_exclusive(group) : this->enter_shared(group);
  }
};

// Looks for the others before it announces itself: both may see nobody.
template <class Sync>
class LookFirst : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  Mode enter(int group) {
    const bool others = this->others_present(group);
    this->announce(group);
    return others ? this->enter_exclusive(group) : this->enter_shared(group);
  }
};

// Announces and looks with less than seq_cst: each may look before the other sees it announced.
template <class Sync, std::memory_order kAnnounce>
class WeakAnnounce : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  Mode enter(int group) {
    this->present_[group].fetch_add(1, kAnnounce);
    const bool others = this->present_[1 - group].load(std::memory_order_acquire) != 0;
    return others ? this->enter_exclusive(group) : this->enter_shared(group);
  }
};
template <class Sync>
using NoBarrier = WeakAnnounce<Sync, std::memory_order_relaxed>;
template <class Sync>
using AcqRelAnnounce = WeakAnnounce<Sync, std::memory_order_acq_rel>;

// Downgrades without a second look.
template <class Sync>
class NoSecondLook : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  Mode enter(int group) { return this->others_seen(group) ? enter_exclusive(group) : this->enter_shared(group); }
  Mode enter_exclusive(int group) {
    this->down_write(group);
    this->downgrade();
    return Mode::kShared;
  }
};

// Looks at its own counter the second time, which is never zero: stays alone.
template <class Sync>
class SecondLookAtOwn : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  Mode enter(int group) { return this->others_seen(group) ? enter_exclusive(group) : this->enter_shared(group); }
  Mode enter_exclusive(int group) {
    this->down_write(group);
    if (this->others_still_present(1 - group)) return Mode::kExclusive;
    this->downgrade();
    return Mode::kShared;
  }
};

// Whoever came as a writer stays one: no harm, less parallelism.
template <class Sync>
class NeverDowngrade : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  Mode enter(int group) { return this->others_seen(group) ? enter_exclusive(group) : this->enter_shared(group); }
  Mode enter_exclusive(int group) {
    this->down_write(group);
    return Mode::kExclusive;
  }
};

// Withdraws as soon as it is inside.
template <class Sync>
class WithdrawInside : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  Mode enter(int group) {
    const Mode mode = RwSemTwoAtomicsLock<Sync>::enter(group);
    this->withdraw(group);
    return mode;
  }
  void exit(int /*group*/, Mode mode) { this->release(mode); }
};

// Withdraws before it releases the rwsem: no harm, since the rwsem still holds off writers.
template <class Sync>
class WithdrawBeforeRelease : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  void exit(int group, Mode mode) {
    this->withdraw(group);
    this->release(mode);
  }
};

// The same without a release: who reads the zero does not see the section.
template <class Sync>
class RelaxedWithdrawBeforeRelease : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  void exit(int group, Mode mode) {
    this->present_[group].fetch_sub(1, std::memory_order_relaxed);
    this->release(mode);
  }
};

// In the right order without a release.
template <class Sync>
class RelaxedWithdraw : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  void exit(int group, Mode mode) {
    this->release(mode);
    this->present_[group].fetch_sub(1, std::memory_order_relaxed);
  }
};

// Never withdraws: after a first visit, the other group is alone for ever.
template <class Sync>
class ForgetWithdraw : public RwSemTwoAtomicsLock<Sync> {
 public:
  using Mode = typename RwSemTwoAtomicsLock<Sync>::Mode;
  void exit(int /*group*/, Mode mode) { this->release(mode); }
};

}  // namespace doorway

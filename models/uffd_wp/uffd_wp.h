#pragma once

#include <atomic>

#include "models/uffd_wp/address_space.h"
#include "models/uffd_wp/ioctls.h"
#include "models/uffd_wp/lock_session.h"
#include "models/uffd_wp/scenario.h"
#include "models/uffd_wp/user_cpu.h"

// The write-protect model: the threads of a scenario over one address space. `Lock` is what excludes write-protect
// (group 0) from un-protect (group 1), with enter(group) and exit(group); only Design::kLock uses it.

namespace doorway::uffd_wp {

template <class Sync, template <class> class Lock>
class UffdWp {
 public:
  explicit UffdWp(const Scenario& scenario) : space_(scenario) {}

  void thread(int i) {
    const Scenario& scenario = space_.scenario;
    if (scenario.role(i) == Role::kIdleCpu) return;
    if (scenario.role(i) == Role::kCpu) return UserCpu<Sync, Lock>(space_, i).Run(scenario.stores);
    if (scenario.endless) {
      Sync::forever([this, i] {
        Call(i);
        Sync::choose(1);  // what the monitor does between two calls: so that one returns before the next is called
      });
    }
    Call(i);
  }

 private:
  // The ioctls of thread `i`, once. Nothing of it outlives the call.
  void Call(int i) {
    const Scenario& scenario = space_.scenario;
    const LockSession<Lock<Sync>, kMaxThreads> lock(space_.lock, space_.waiters, i);
    Ioctls<Sync, Lock> ioctls(space_, space_.range, lock);
    switch (scenario.role(i)) {
      case Role::kCpu:
      case Role::kIdleCpu:
        break;
      case Role::kWp:
        ioctls.WriteProtect();
        break;
      case Role::kUnKeeps:
        ioctls.UnProtect(WBit::kKeep);
        break;
      case Role::kUnClears:
        ioctls.UnProtect(WBit::kClear);
        break;
      case Role::kUnThreeTimes:
        ioctls.UnProtect(WBit::kClear);
        if (scenario.variant == Variant::kPromoteUnpinned) space_.references.fetch_sub(1, std::memory_order_release);
        ioctls.UnProtect(WBit::kPromote);
        ioctls.UnProtect(WBit::kClear);
        break;
      case Role::kWpThenUn:
        ioctls.WriteProtect();
        ioctls.UnProtect(WBit::kKeep);
        break;
      case Role::kUnOtherRange: {
        const LockSession<Lock<Sync>, kMaxThreads> other_lock(space_.other_lock, space_.other_waiters, i);
        Ioctls<Sync, Lock>(space_, scenario.one_range_only ? space_.range : space_.other_range,
                           scenario.lock_per_range ? other_lock : lock)
            .UnProtect(WBit::kKeep);
        break;
      }
    }
  }

  AddressSpace<Sync, Lock> space_;
};

}  // namespace doorway::uffd_wp

#pragma once

#include "models/mprotect/address_space.h"
#include "models/mprotect/demotions.h"
#include "models/mprotect/scenario.h"
#include "models/mprotect/user_cpu.h"

// The model of demoted entries: the threads of a scenario over one address space.

namespace doorway::mprotect {

template <class Sync>
class Demoting {
 public:
  explicit Demoting(const Scenario& scenario) : space_(scenario) {}

  void thread(int i) {
    if (space_.scenario.role(i) == Role::kCpu) return UserCpu<Sync>(space_, i).Run();
    if (space_.scenario.endless) {
      Sync::forever([this, i] {
        Call(i);
        Sync::choose(1);  // what its caller does between two calls: so that one returns before the next is called
      });
    }
    Call(i);
  }

 private:
  void Call(int i) {
    Demotions<Sync> demotions(space_);
    switch (space_.scenario.role(i)) {
      case Role::kCpu:
        break;
      case Role::kMprotect:
        return demotions.Mprotect();
      case Role::kMark:
        return demotions.Mark();
      case Role::kKsm:
        return demotions.Ksm();
      case Role::kMarkThenKsm:
        demotions.Mark();
        return demotions.Ksm();
      case Role::kReclaim:
        return demotions.Reclaim();
    }
  }

  AddressSpace<Sync> space_;
};

}  // namespace doorway::mprotect

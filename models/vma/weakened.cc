#include <string>

#include "locks/vma_ref_lock.h"
#include "locks/vma_subtract_lock.h"
#include "locks/vma_two_bit_lock.h"
#include "models/group/variants/weakened_sync.h"
#include "models/vma/vma_model.h"

// Every per-VMA lock, without any of its acquires, and without any of its releases, those of its mm included. In time
// the writer still keeps readers out; but who comes after the other need not see what it did: a data race, found under
// SC, too, where races are judged by the orders as written.

namespace doorway::vma {
namespace {

template <class Drop, template <class> class Lock>
Model Without(const std::string& name, const std::string& summary, const std::string& source) {
  return ClientsModelOf<Clients<WeakenedSync<ModelSync, Drop>, Lock>>({
      .name = name,
      .summary = summary,
      .about = "In time the writer still keeps readers out, in happens-before it does not.",
      .source = source,
      .expectations = Violates("no_data_race"),
  });
}

template <template <class> class Lock>
Model NoAcquire(const std::string& design, const std::string& source) {
  return Without<DropAcquire, Lock>(design + "/no_acquire",
                                    "all acquires relaxed: who comes after the other does not see what it did", source);
}

template <template <class> class Lock>
Model NoRelease(const std::string& design, const std::string& source) {
  return Without<DropRelease, Lock>(design + "/no_release",
                                    "all releases relaxed: who goes does not show the other what it did", source);
}

const Registration registrations[] = {
    Registration(NoAcquire<VmaTwoBitLock>("vma/two_bit", "locks/vma_two_bit_lock.h")),
    Registration(NoRelease<VmaTwoBitLock>("vma/two_bit", "locks/vma_two_bit_lock.h")),
    Registration(NoAcquire<VmaSubtractLock>("vma/subtract", "locks/vma_subtract_lock.h")),
    Registration(NoRelease<VmaSubtractLock>("vma/subtract", "locks/vma_subtract_lock.h")),
    Registration(NoAcquire<VmaRefLock>("vma/refcount", "locks/vma_ref_lock.h")),
    Registration(NoRelease<VmaRefLock>("vma/refcount", "locks/vma_ref_lock.h")),
};

}  // namespace
}  // namespace doorway::vma

#include "models/starter_lock/starter_lock.h"

#include "models/lock/lock_model.h"

// The lock with the clients that all mutexes have here (models/lock/clients.h), and a variant that must fail. A lock
// with readers has read_lock and write_lock instead of lock, and .clients = {.readers = 2, .writers = 1}.

namespace doorway::starter_lock {

// One step done wrong, and the claim that must fail for it. A claim that no variant breaks has not been tested.
template <class Sync>
class RelaxedUnlock : public StarterLock<Sync> {
 public:
  void unlock() { this->leave(std::memory_order_relaxed); }
};

namespace {

using namespace lock;

const Registration starter_lock(LockModel<StarterLock>({
    .name = "starter_lock/lock",
    .summary = "a mutex of one word",
    .about = "Say here what is modelled, what is left out, and why.",
    .source = "models/starter_lock/starter_lock.h",
    .clients = {.writers = 2},
    // .bypass = 0 would claim that nobody overtakes; without it, overtakes are counted.
    // What you expect; the rules in BUILD compare it with what is found.
    .expectations = Verified(),
}));

const Registration relaxed_unlock(LockModel<RelaxedUnlock>({
    .name = "starter_lock/lock/relaxed_unlock",
    .summary = "the unlock is relaxed: the next owner need not see what this one did",
    .about = "In time the sections exclude each other, in happens-before they do not.",
    .source = "models/starter_lock/starter_lock.cc",
    .clients = {.writers = 2},
    .expectations = Violates("no_data_race"),
}));

}  // namespace
}  // namespace doorway::starter_lock

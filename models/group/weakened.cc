#include <string>

#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "locks/two_state_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/baselines.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/group/variants/weakened_sync.h"

// Every group lock, without any of its acquires, and without any of its releases. In time the groups still
// exclude each other; but a member need not see what the other group did before it: a data race, found under SC too,
// where races are judged by the orders as written.

namespace doorway {
namespace {

template <template <class> class Lock>
Model NoAcquire(const std::string& design, const std::string& source) {
  return GroupModel<Weakened<Lock>::template NoAcquire>({
      .name = design + "/no_acquire",
      .summary = "all acquires relaxed: a member does not see what the other group did",
      .about = "In time the groups still exclude each other, in happens-before they do not.",
      .source = source,
      .clients = {.reds = 1, .blacks = 1, .rounds = 1},
      .claims = {Excludes()},
      .expectations = Violates("no_data_race"),
  });
}

template <template <class> class Lock>
Model NoRelease(const std::string& design, const std::string& source) {
  return GroupModel<Weakened<Lock>::template NoRelease>({
      .name = design + "/no_release",
      .summary = "all releases relaxed: a member does not show the other group what it did",
      .about = "In time the groups still exclude each other, in happens-before they do not.",
      .source = source,
      .clients = {.reds = 1, .blacks = 1, .rounds = 1},
      .claims = {Excludes()},
      .expectations = Violates("no_data_race"),
  });
}

const Registration registrations[] = {
    Registration(NoAcquire<StrictFairGroupLock>("group/strict_fair", "locks/packed_group_lock.h")),
    Registration(NoRelease<StrictFairGroupLock>("group/strict_fair", "locks/packed_group_lock.h")),
    Registration(NoAcquire<StrictFairQueueLock>("group/strict_fair_queue", "locks/queued_group_lock.h")),
    Registration(NoRelease<StrictFairQueueLock>("group/strict_fair_queue", "locks/queued_group_lock.h")),
    Registration(NoAcquire<TwoStateLock>("group/two_state", "locks/two_state_lock.h")),
    Registration(NoRelease<TwoStateLock>("group/two_state", "locks/two_state_lock.h")),
    Registration(NoAcquire<TwoAtomicsLock>("group/rwsem_two_atomics", "locks/rwsem_two_atomics_lock.h")),
    Registration(NoRelease<TwoAtomicsLock>("group/rwsem_two_atomics", "locks/rwsem_two_atomics_lock.h")),
    Registration(NoAcquire<ReadersEntryWithTurnstile>("group/readers_entry", "locks/readers_entry_lock.h")),
    Registration(NoRelease<ReadersEntryWithTurnstile>("group/readers_entry", "locks/readers_entry_lock.h")),
    Registration(NoAcquire<ReadPreferringRwSemGroupLock>("group/rwsem", "locks/rwsem_group_lock.h")),
    Registration(NoRelease<ReadPreferringRwSemGroupLock>("group/rwsem", "locks/rwsem_group_lock.h")),
    Registration(NoAcquire<MutexGroupLock>("group/mutex", "locks/mutex_group_lock.h")),
    Registration(NoRelease<MutexGroupLock>("group/mutex", "locks/mutex_group_lock.h")),
};

}  // namespace
}  // namespace doorway

#include "locks/qspinlock.h"

#include "models/group/variants/weakened_sync.h"
#include "models/lock/lock_model.h"
#include "models/lock/variants/qspinlock.h"

// The queued spinlock, and what breaks it.

namespace doorway::lock {
namespace {

constexpr const char* kQspinlockVariants = "models/lock/variants/qspinlock.h";

const Registration qspinlock_models[] = {
    Registration(LockModel<QSpinLock>({
        .name = "lock/qspinlock",
        .summary = "queued spinlock: an owner's bit, a pending bit, and the tail of a queue in 32 bits",
        .about = "The first that comes takes the free word, the second sets pending, later ones queue. Three clients: "
                 "one of each kind.",
        .source = "locks/qspinlock.h",
        .clients = {.writers = 3},
        .bypass = 0,
        .expectations = Verified(),
        .endless = HoldsForEver(),
    })),
    Registration(LockModel<QSpinHandOverInTwoSteps>({
        .name = "lock/qspinlock/hand_over_in_two_steps",
        .summary = "pending is cleared before the lock is taken: a third thread finds the word free",
        .about = "Why pending becomes locked in one step.",
        .source = kQspinlockVariants,
        .clients = {.writers = 3},
        .bypass = 0,
        .expectations = Violates("exclusion"),
    })),
    Registration(LockModel<QSpinLeavesPending>({
        .name = "lock/qspinlock/leaves_pending",
        .summary = "a thread that queues does not clear the pending bit that it set: the queue's head waits for ever",
        .about = "Pending is set before one knows whether there is a queue. It takes four clients: owner, pending, one "
                 "in the queue, and one that comes when pending is clear again.",
        .source = kQspinlockVariants,
        .clients = {.writers = 4},
        .bypass = 0,
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<QSpinRelaxedPending>({
        .name = "lock/qspinlock/relaxed_pending",
        .summary = "the pending thread does not acquire: it need not see what the owner did",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = kQspinlockVariants,
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
    Registration(LockModel<Weakened<QSpinLock>::NoRelease>({
        .name = "lock/qspinlock/no_release",
        .summary = "all releases relaxed: what the owner did need not be seen",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = "locks/qspinlock.h",
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
};

}  // namespace
}  // namespace doorway::lock

#include "locks/futex_mutex.h"

#include "models/group/variants/weakened_sync.h"
#include "models/lock/lock_model.h"
#include "models/lock/variants/futex_mutex.h"

// The futex mutex, and what breaks it.

namespace doorway::lock {
namespace {

constexpr const char* kFutexMutexVariants = "models/lock/variants/futex_mutex.h";

const Registration futex_mutex_models[] = {
    Registration(LockModel<FutexMutex>({
        .name = "lock/futex_mutex",
        .summary = "futex mutex: free, held, or held and waited for; it sleeps in the kernel",
        .about = "The kernel's side is a queue of sleepers under a lock, which looks at the word before it lets one "
                 "sleep. Overtakes are measured, not bounded: who is woken may find the mutex taken.",
        .source = "locks/futex_mutex.h",
        .expectations = Verified(),
        .endless = FailsForEver("starvation_free"),
    })),
    Registration(LockModel<FutexWaitsUnconditionally>({
        .name = "lock/futex_mutex/waits_unconditionally",
        .summary = "sleeps whatever the word says: an unlock in between wakes nobody",
        .about = "What the expected value of a futex wait is for.",
        .source = kFutexMutexVariants,
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<FutexForgetsSleepers>({
        .name = "lock/futex_mutex/forgets_sleepers",
        .summary = "who was woken takes it as not waited for: the third thread sleeps for ever",
        .about = "Why a thread that has slept takes the mutex as contended, though perhaps nobody waits.",
        .source = kFutexMutexVariants,
        .clients = {.writers = 3},
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<FutexWakesFirst>({
        .name = "lock/futex_mutex/wakes_first",
        .summary = "wakes before it lets go: the sleeper finds the mutex held, and sleeps again",
        .about = "A wake-up must come after the change that it tells of.",
        .source = kFutexMutexVariants,
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<FutexRelaxedUnlock>({
        .name = "lock/futex_mutex/relaxed_unlock",
        .summary = "unlock is no release: what the owner did need not be seen",
        .about = "The wake-up orders only what comes by it; who finds the mutex free learns nothing.",
        .source = kFutexMutexVariants,
        .expectations = Violates("no_data_race"),
    })),
    Registration(LockModel<Weakened<FutexMutex>::NoAcquire>({
        .name = "lock/futex_mutex/no_acquire",
        .summary = "all acquires relaxed: what the owner before did need not be seen",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = "locks/futex_mutex.h",
        .expectations = Violates("no_data_race"),
    })),
};

}  // namespace
}  // namespace doorway::lock

#include "models/lock/variants/phase_fair.h"

#include "locks/phase_fair_lock.h"
#include "models/lock/lock_model.h"

// The phase-fair reader-writer lock, and what breaks it.

namespace doorway::lock {
namespace {

constexpr const char* kPhaseFairVariants = "models/lock/variants/phase_fair.h";

const Registration phase_fair_models[] = {
    Registration(LockModel<PhaseFairLock>({
        .name = "lock/phase_fair",
        .summary = "phase-fair reader-writer lock: a reader waits for at most one writer",
        .about = "Readers arrive and depart by counts, writers draw tickets and announce themselves by parity. Counts "
                 "have --width bits.",
        .source = "locks/phase_fair_lock.h",
        .clients = {.readers = 2, .writers = 1},
        .has_width = true,
        .bypass = 0,
        .expectations = Verified(),
        .endless = HoldsForEver(),
    })),
    Registration(LockModel<PhaseFairLock>({
        .name = "lock/phase_fair/two_writers",
        .summary = "the phase-fair lock with two writers: no reader waits for the second one",
        .about = "What parity is for; see lock/phase_fair/no_parity.",
        .source = "locks/phase_fair_lock.h",
        .clients = {.readers = 1, .writers = 2},
        .has_width = true,
        .bypass = 0,
        .expectations = Verified(),
        .endless = HoldsForEver(),
    })),
    Registration(LockModel<PhaseFairNoParity>({
        .name = "lock/phase_fair/no_parity",
        .summary = "writers announce themselves alike: a reader takes the second for the first, which waits for it",
        .about = "The second writer waits for a reader that arrived before its announcement and does not see that this "
                 "is another one: both wait for ever.",
        .source = kPhaseFairVariants,
        .clients = {.readers = 1, .writers = 2},
        .has_width = true,
        .bypass = 0,
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<PhaseFairRushesIn>({
        .name = "lock/phase_fair/rushes_in",
        .summary = "a writer does not wait for the readers that came before it",
        .about = "What the second count is for.",
        .source = kPhaseFairVariants,
        .clients = {.readers = 1, .writers = 1},
        .has_width = true,
        .bypass = 0,
        .expectations = Violates("exclusion"),
    })),
    Registration(LockModel<PhaseFairRelaxedDeparture>({
        .name = "lock/phase_fair/relaxed_departure",
        .summary = "readers leave without a release: a writer may write what is still being read",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = kPhaseFairVariants,
        .clients = {.readers = 1, .writers = 1},
        .has_width = true,
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
    Registration(LockModel<PhaseFairRelaxedArrival>({
        .name = "lock/phase_fair/relaxed_arrival",
        .summary = "readers that find no writer present do not acquire: one may just have gone",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = kPhaseFairVariants,
        .clients = {.readers = 1, .writers = 1},
        .has_width = true,
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
};

}  // namespace
}  // namespace doorway::lock

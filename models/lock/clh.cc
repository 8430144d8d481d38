#include "models/lock/variants/clh.h"

#include "locks/clh_lock.h"
#include "models/group/variants/weakened_sync.h"
#include "models/lock/lock_model.h"

// The CLH lock, and what breaks it.

namespace doorway::lock {
namespace {

constexpr const char* kClhVariants = "models/lock/variants/clh.h";

const Registration clh_models[] = {
    Registration(LockModel<ClhLock>({
        .name = "lock/clh",
        .summary = "CLH lock: a queue of cells, each thread waits on the one before its own",
        .about =
            "A thread exchanges the tail and waits on the cell that it got, which it takes for its own afterwards.",
        .source = "locks/clh_lock.h",
        .clients = {.writers = 3},
        .bypass = 0,
        .expectations = Verified(),
        .endless = HoldsForEverUnderTso(Verdict::kVerifiedWithinBounds, {{"writers", 2}}),
    })),
    Registration(LockModel<ClhKeepsItsCell>({
        .name = "lock/clh/keeps_its_cell",
        .summary = "keeps its own cell, which the next thread has not looked at yet: both wait for ever",
        .about = "Why the cells go round.",
        .source = kClhVariants,
        .clients = {.writers = 2, .rounds = 2},
        .bypass = 0,
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<ClhHoldsLate>({
        .name = "lock/clh/holds_late",
        .summary = "marks its cell after it can be found: the next thread finds it free",
        .about = "A cell must be ready before it can be found.",
        .source = kClhVariants,
        .bypass = 0,
        .expectations = Violates("exclusion"),
    })),
    Registration(LockModel<ClhReleaseEnqueue>({
        .name = "lock/clh/release_enqueue",
        .summary = "the exchange is no acquire: the cell before may look free, as it was once",
        .about = "Right under SC and TSO. What is missing is the order between finding a cell and looking at it.",
        .source = kClhVariants,
        .bypass = 0,
        .expectations = ViolatesUnderRc11("exclusion"),
    })),
    Registration(LockModel<ClhAcquireEnqueue>({
        .name = "lock/clh/acquire_enqueue",
        .summary = "the exchange is no release: the own cell may look free, as it was once",
        .about = "Right under SC and TSO. The other half of that order.",
        .source = kClhVariants,
        .bypass = 0,
        .expectations = ViolatesUnderRc11("exclusion"),
    })),
    Registration(LockModel<Weakened<ClhLock>::NoRelease>({
        .name = "lock/clh/no_release",
        .summary = "all releases relaxed: what the owner did need not be seen",
        .about = "Under SC the sections exclude each other in time, not in happens-before.",
        .source = "locks/clh_lock.h",
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
};

}  // namespace
}  // namespace doorway::lock

#include "locks/br_lock.h"

#include "models/group/variants/weakened_sync.h"
#include "models/lock/lock_model.h"
#include "models/lock/variants/br_lock.h"

// The big-reader lock, and what breaks it.

namespace doorway::lock {
namespace {

constexpr const char* kBrLockVariants = "models/lock/variants/br_lock.h";

const Registration br_lock_models[] = {
    Registration(LockModel<BrLock>({
        .name = "lock/br_lock",
        .summary = "big-reader lock: a lock a CPU; a reader takes its own, a writer all",
        .about = "Two CPUs, with a reader each.",
        .source = "locks/br_lock.h",
        .clients = {.readers = 2, .writers = 1},
        .most = 2,
        .sections = Sections::kExclusion,
        .responses = {EveryCallEnters()},
        .expectations = Verified(),
        .endless = HoldsForEver({{"writers", 2}}),
    })),
    Registration(LockModel<BrOwnFirst>({
        .name = "lock/br_lock/own_first",
        .summary = "a writer begins with its own CPU's lock: two writers wait for each other",
        .about = "Why all writers take the locks in one order. The reader plays no part.",
        .source = kBrLockVariants,
        .clients = {.readers = 1, .writers = 2},
        .most = 2,
        .sections = Sections::kExclusion,
        .responses = {EveryCallEnters()},
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<BrLeavesOutOne>({
        .name = "lock/br_lock/leaves_out_one",
        .summary = "a writer leaves out a CPU: its reader reads on",
        .about = "A writer excludes no reader whose lock it has not.",
        .source = kBrLockVariants,
        .clients = {.readers = 2, .writers = 1},
        .most = 2,
        .sections = Sections::kExclusion,
        .responses = {EveryCallEnters()},
        .expectations = Violates("exclusion"),
    })),
    Registration(LockModel<Weakened<BrLock>::NoRelease>({
        .name = "lock/br_lock/no_release",
        .summary = "all releases relaxed: what was done inside need not be seen",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = "locks/br_lock.h",
        .clients = {.readers = 1, .writers = 1},
        .most = 2,
        .sections = Sections::kExclusion,
        .responses = {EveryCallEnters()},
        .expectations = Violates("no_data_race"),
    })),
};

}  // namespace
}  // namespace doorway::lock

#include "models/group/variants/baselines.h"

#include "locks/mutex_group_lock.h"
#include "models/group/group_model.h"

// What one would use for want of a group lock.

namespace doorway {
namespace {

const Registration mutex(GroupModel<MutexGroupLock>({
    .name = "group/mutex",
    .summary = "a mutex: excludes everybody",
    .about = "The baseline that excludes too much; group/mutex/parallel shows what is lost.",
    .source = "locks/mutex_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {ExcludesEverybody()},
    .expectations = Verified(),
}));

const Registration mutex_parallel(GroupModel<MutexGroupLock>({
    .name = "group/mutex/parallel",
    .summary = "a mutex, asked for parallelism within a group: there is none",
    .about = "The claim that tells a group lock from a mutex finds no witness.",
    .source = "locks/mutex_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = NoWitness("same_group_parallel"),
}));

const Registration rwsem(GroupModel<ReadPreferringRwSemGroupLock>({
    .name = "group/rwsem",
    .summary = "a rwsem that prefers readers: red reads, black writes",
    .about = "Reds run in parallel, and may keep black out: overtakes are measured, not bounded.",
    .source = "locks/rwsem_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), RedsParallel(), BypassMeasured()},
    .expectations = Verified(),
    .endless = StarvesForEver(),
}));

const Registration fair_rwsem(GroupModel<FairRwSemGroupLock>({
    .name = "group/rwsem/fair",
    .summary = "a rwsem in which readers queue behind a writer that waits: red reads, black writes",
    .about = "What the rwsem that prefers readers lacks: nobody is overtaken. Blacks still exclude each other.",
    .source = "locks/rwsem_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), RedsParallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration rwsem_writers(GroupModel<ReadPreferringRwSemGroupLock>({
    .name = "group/rwsem/writers_parallel",
    .summary = "a rwsem, asked for parallelism within the group that writes: there is none",
    .about = "A rwsem is a group lock for one of the two groups only.",
    .source = "locks/rwsem_group_lock.h",
    .clients = {.reds = 1, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), BlacksParallel()},
    .expectations = NoWitness("black_parallel"),
}));

const Registration readers_entry(GroupModel<ReadersEntryWithTurnstile>({
    .name = "group/readers_entry",
    .summary = "first member in takes the room, last one out gives it back, behind a turnstile",
    .about = "The textbook's readers' entry for both groups. The room is given back by another thread than took it.",
    .source = "locks/readers_entry_lock.h",
    .clients = {.reds = 2, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration no_turnstile(GroupModel<ReadersEntryWithoutTurnstile>({
    .name = "group/readers_entry/no_turnstile",
    .summary = "the readers' entry without its turnstile: members of the group inside join past the waiter",
    .about = "Two reds that overlap keep black out for ever.",
    .source = "locks/readers_entry_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Violates("bypass_bound"),
    .endless = OvertakesForEver(),
}));

}  // namespace
}  // namespace doorway

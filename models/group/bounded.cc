#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/rules.h"
#include "models/group/variants/second_phase.h"

// The bounded-unfair group lock: up to K may join past the waiters. And two ways to get the bound wrong.

namespace doorway {
namespace {

const Registration bounded(GroupModel<BoundedGroupLock>({
    .name = "group/bounded",
    .summary = "bounded-unfair two-group lock in one word: one newcomer may join past the waiters (K = 1)",
    .about = "As group/strict_fair, but up to K newcomers of the group inside join though the other group waits, "
             "unless one of their own waits too. Here K = 1.",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), Parallel(), BypassAtMost(1)},
    .expectations = Verified(),
    .endless = HoldsForEver({{"blacks", 2}}),
}));

const Registration bounded_2(GroupModel<Bounded2GroupLock>({
    .name = "group/bounded_2",
    .summary = "bounded-unfair two-group lock in one word: two newcomers may join past the waiters (K = 2)",
    .about = "As group/bounded, with K = 2.",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), Parallel(), BypassAtMost(2)},
    .expectations = Verified(),
    .endless = HoldsForEver({{"blacks", 2}}),
}));

const Registration bounded_queue(GroupModel<BoundedQueueLock>({
    .name = "group/bounded_queue",
    .summary = "the bounded-unfair lock (K = 1) as a kernel would build it: inner lock, list of waiter nodes",
    .about = "The rule of group/bounded over plain data under an inner mutex, with a list of waiter nodes.",
    .source = "locks/queued_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), Parallel(), BypassAtMost(1)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration bound_too_low(GroupModel<Bounded2GroupLock>({
    .name = "group/bounded_2/bound_is_tight",
    .summary = "K = 2, claimed to let one overtake: two do",
    .about = "Shows that the bound of group/bounded_2 is reached.",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), BypassAtMost(1)},
    .expectations = Violates("bypass_bound"),
    .endless = FailsForEver("bypass_bound"),
}));

const Registration bound_active(GroupModel<BoundActiveLock>({
    .name = "group/bounded/bound_active_members",
    .summary = "bounds the members inside (2) instead of the admissions: overtakes grow with the run",
    .about = "\"At most K active\" is not \"at most K more through the door\": each member that leaves makes room for "
             "another. With two reds of n rounds, 2n-1 overtakes.",
    .source = "models/group/variants/rules.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), Parallel(), BypassAtMost(2)},
    .expectations = Violates("bypass_bound"),
    .endless = OvertakesForEver(),
}));

const Registration second_phase(GroupModelOf<SecondPhase<ModelSync, BoundedGroupLock>>({
    .name = "group/bounded/second_phase",
    .summary = "the bounded lock (K = 1) where a waiter might be overtaken in two phases: it is not",
    .about = "A partly scripted run of three reds and three blacks (models/group/variants/second_phase.h).",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 3, .blacks = 3, .rounds = 1},
    .fixed_clients = true,
    .claims = {Excludes(), BypassAtMost(1)},
    .expectations = Verified(),
}));

const Registration bound_per_phase(GroupModelOf<SecondPhase<ModelSync, BoundPerPhaseLock>>({
    .name = "group/bounded/bound_per_phase",
    .summary = "up to K = 1 joins in each phase, whoever waits: a waiter is overtaken in two phases",
    .about = "The rule as one first writes it down: join while fewer than K did since the group changed. A waiter "
             "with one of the other group and one of its own before it sits through two phases of the other group, "
             "and is overtaken by K in each. The run is partly scripted (models/group/variants/second_phase.h); it "
             "needs three threads of each group.",
    .source = "models/group/variants/rules.h",
    .clients = {.reds = 3, .blacks = 3, .rounds = 1},
    .fixed_clients = true,
    .claims = {Excludes(), BypassAtMost(1)},
    .expectations = Violates("bypass_bound"),
}));

}  // namespace
}  // namespace doorway

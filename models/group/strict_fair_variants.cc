#include "locks/packed_group_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/queued.h"
#include "models/group/variants/rules.h"

// The strict-fair group lock, with one thing wrong; and a few things that look wrong and are not.

namespace doorway {
namespace {

const Registration phase_overtakes(GroupModel<StrictFairPhaseGroupLock>({
    .name = "group/strict_fair_phase/no_overtakes",
    .summary = "the phase-fair lock, claimed to let nobody overtake: it does",
    .about = "Held by red, with black, red, black in the queue: both blacks go first, and the second one came after "
             "the red.",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 2, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), BypassAtMost(0)},
    .expectations = Violates("bypass_bound"),
    .endless = FailsForEver("bypass_bound"),
}));

const Registration join_past_queue(GroupModel<JoinPastQueueLock>({
    .name = "group/strict_fair/join_past_queue",
    .summary = "looks at the group inside but not at the queue: newcomers overtake, and may starve the other group",
    .about = "The test \"the group inside is mine\" without \"and nobody waits\".",
    .source = "models/group/variants/rules.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Violates("bypass_bound"),
    .endless = OvertakesForEver(),
}));

const Registration over_fifo(GroupModel<StrictFairOverFifoLock>({
    .name = "group/strict_fair_queue/fifo_inner",
    .summary = "the real strict-fair lock over a fair inner mutex",
    .about = "As group/strict_fair_queue; the inner mutex is handed over in the order of arrival, so that nobody is "
             "passed on the way to the queue either.",
    .source = "locks/queued_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration second_section(GroupModel<EnqueueInSecondSection>({
    .name = "group/strict_fair_queue/enqueue_in_second_section",
    .summary = "decides in one inner section that it must wait, and enqueues in the next: nobody wakes it",
    .about = "Between the two sections the last member leaves, and finds an empty list.",
    .source = "models/group/variants/queued.h",
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration stale_flag(GroupModel<StaleFlagLock>({
    .name = "group/strict_fair_queue/stale_flag",
    .summary = "does not clear a node's flag when the node is used again: the second wait does not wait",
    .about = "Needs a thread that waits twice.",
    .source = "models/group/variants/queued.h",
    .clients = {.reds = 1, .blacks = 1, .rounds = 2},
    .claims = {Excludes()},
    .expectations = Violates("exclusion"),
}));

const Registration clear_flag_late(GroupModel<ClearFlagLateLock>({
    .name = "group/strict_fair_queue/clear_flag_late",
    .summary = "clears the node's flag after the inner section: it may wipe out the grant",
    .about = "The node is in the list already when its thread clears the flag.",
    .source = "models/group/variants/queued.h",
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration stack_nodes(GroupModelOf<StackNodeClients<ModelSync, StrictFairQueueLock>>({
    .name = "group/strict_fair_queue/stack_nodes",
    .summary = "the real strict-fair lock with waiter nodes on the stack, gone when enter returns",
    .about = "As group/strict_fair_queue; each wait makes its node and destroys it.",
    .source = "locks/queued_group_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration grant_first(GroupModelOf<StackNodeClients<ModelSync, GrantFirstLock>>({
    .name = "group/strict_fair_queue/grant_before_unlink",
    .summary = "grants a waiter its place before taking its node out of the list: the node may be gone by then",
    .about = "With nodes on the stack, as a kernel has them.",
    .source = "models/group/variants/queued.h",
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_use_after_free"),
}));

}  // namespace
}  // namespace doorway

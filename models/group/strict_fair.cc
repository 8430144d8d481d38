#include <algorithm>

#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/rules.h"

// The strict-fair group lock: once anybody waits, everybody queues. As specification and as real lock, with both ways
// to form batches; and what breaks it.

namespace doorway {
namespace {

// Phase-fair batches: all of the other group but the one at the head may go before a waiter that came earlier.
int OtherGroupLessOne(const GroupConfig& clients) { return std::max(clients.reds, clients.blacks) - 1; }

const Registration strict_fair(GroupModel<StrictFairGroupLock>({
    .name = "group/strict_fair",
    .summary = "strict-fair two-group lock in one word, admitting the queue's head and its colleagues behind it",
    .about =
        "The full-fairness group lock, as a specification: state and queue in one word. Members of the group inside "
        "join only while nobody waits. The last one out admits the head of the queue and those of its group right "
        "behind.",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 2, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration strict_fair_phase(GroupModel<StrictFairPhaseGroupLock>({
    .name = "group/strict_fair_phase",
    .summary = "strict-fair two-group lock in one word, admitting all of the group at the queue's head",
    .about = "As group/strict_fair, but phase-fair: the last one out admits all that wait of the next group. A waiter "
             "sits through at most the current phase and one more, and is overtaken by at most the other group less "
             "one.",
    .source = "locks/packed_group_lock.h",
    .clients = {.reds = 2, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(OtherGroupLessOne)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration strict_fair_queue(GroupModel<StrictFairQueueLock>({
    .name = "group/strict_fair_queue",
    .summary = "the strict-fair lock as a kernel would build it: inner lock, list of waiter nodes",
    .about = "The same rule as group/strict_fair over plain data under an inner mutex, with a list of nodes on each "
             "of which one thread waits.",
    .source = "locks/queued_group_lock.h",
    .clients = {.reds = 2, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver({{"blacks", 1}}),
}));

const Registration strict_fair_phase_queue(GroupModel<StrictFairPhaseQueueLock>({
    .name = "group/strict_fair_phase_queue",
    .summary = "the phase-fair lock as a kernel would build it: inner lock, list of waiter nodes",
    .about = "As group/strict_fair_queue; the last one out takes all of the next group out of the list, also from its "
             "middle.",
    .source = "locks/queued_group_lock.h",
    .clients = {.reds = 2, .blacks = 2, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(OtherGroupLessOne)},
    .expectations = Verified(),
    .endless = HoldsForEver({{"blacks", 1}}),
}));

}  // namespace
}  // namespace doorway

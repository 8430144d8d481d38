#include "locks/two_state_lock.h"
#include "models/group/group_model.h"

// The two-state shared lock: a signed counter and a wait queue, unfair.

namespace doorway {
namespace {

const Registration two_state(GroupModel<TwoStateLock>({
    .name = "group/two_state",
    .summary = "two-state shared lock: a signed counter and a wait queue; unfair",
    .about = "Members of one group count up, of the other down; who would cross zero sleeps, and the last one out "
             "wakes all. Newcomers of the group inside join past the sleepers: overtakes are measured, not bounded.",
    .source = "locks/two_state_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassMeasured()},
    .expectations = Verified(),
}));

const Registration unfair(GroupModel<TwoStateLock>({
    .name = "group/two_state/bounded_bypass",
    .summary = "the two-state lock, claimed to let at most one overtake: with n rounds of two reds it is 2n-1",
    .about = "No bound holds for every number of rounds; these clients refute 1.",
    .source = "locks/two_state_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), BypassAtMost(1)},
    .expectations = Violates("bypass_bound"),
}));

}  // namespace
}  // namespace doorway

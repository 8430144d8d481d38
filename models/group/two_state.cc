#include <algorithm>

#include "locks/two_state_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/black_once.h"

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
    .endless = StarvesForEver({{"reds", 1}}),
}));

const Registration unfair(GroupModelOf<BlackOnce<ModelSync, TwoStateLock>>({
    .name = "group/two_state/bounded_bypass",
    .summary = "the two-state lock, claimed to let at most two overtake: with two reds of n rounds it is 2n-1",
    .about = "No bound holds for every number of rounds; these clients, of which black comes once, refute 2.",
    .source = "locks/two_state_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 2},
    .claims = {Excludes(), BypassAtMost(2)},
    .expectations = Violates("bypass_bound"),
    .endless = OvertakesForEver({{"reds", 1}}),
}));

// All visits of the other group but the one that is inside when the waiter comes. No bound if they have no end.
int AllOthers(const GroupConfig& clients) {
  return clients.rounds == 0 ? -1 : std::max(clients.reds * clients.rounds, clients.blacks) - 1;
}

const Registration black_once(GroupModelOf<BlackOnce<ModelSync, TwoStateLock>>({
    .name = "group/two_state/black_once",
    .summary = "the two-state lock with a black that comes once: two reds of n rounds overtake it 2n-1 times",
    .about = "What group/two_state/bounded_bypass breaks off, to its end.",
    .source = "locks/two_state_lock.h",
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(AllOthers)},
    .expectations = Verified(),
    .endless = StarvesForEver({{"reds", 1}}),
}));

}  // namespace
}  // namespace doorway

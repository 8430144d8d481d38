#include "models/group/variants/lock_order.h"

#include "locks/packed_group_lock.h"
#include "locks/two_state_lock.h"
#include "models/group/group_model.h"

// Right locks, wrong clients: the two deadlocks of page-cache users, and reentrance.

namespace doorway {
namespace {

constexpr const char* kLockOrderClients = "models/group/variants/lock_order.h";

const Registration nest_other_colour(GroupModelOf<NestOtherColour<ModelSync, TwoStateLock>>({
    .name = "group/two_state/nest_other_colour",
    .summary = "a member enters as the other group: it waits for itself",
    .about = "Direct I/O (black) into a buffer that is mapped from the same file: the page fault (red) comes in the "
             "middle of it. bcachefs treats this case apart.",
    .source = kLockOrderClients,
    .clients = {.reds = 1, .blacks = 0, .rounds = 1},
    .fixed_clients = true,
    .claims = {},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration two_state_nest_same(GroupModelOf<NestSameColour<ModelSync, TwoStateLock>>({
    .name = "group/two_state/nest_same_colour",
    .summary = "a member enters again as the same group: the unfair lock lets it",
    .about = "Since nobody of the group inside ever waits, entering twice is safe.",
    .source = kLockOrderClients,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Verified(),
}));

const Registration strict_nest_same(GroupModelOf<NestSameColour<ModelSync, StrictFairGroupLock>>({
    .name = "group/strict_fair/nest_same_colour",
    .summary = "a member enters again as the same group: behind a waiter, which waits for it",
    .about = "The price of fairness: no reentrance.",
    .source = kLockOrderClients,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration folio_lock_order(GroupModelOf<FolioLockOrder<ModelSync, TwoStateLock>>({
    .name = "group/two_state/folio_lock_order",
    .summary = "insertion locks the folio and then enters, truncation enters and then locks the folio: deadlock",
    .about = "Two locks in two orders.",
    .source = kLockOrderClients,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

}  // namespace
}  // namespace doorway

#include "models/group/variants/rwsem_two_atomics.h"

#include <algorithm>

#include "locks/rwsem_two_atomics_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/meet_then_join.h"

// The group lock made of a rwsem and two counters.

namespace doorway {
namespace {

constexpr const char* kLock = "locks/rwsem_two_atomics_lock.h";

// Over a rwsem that prefers readers: members of the other group that looked before the waiter's group announced itself,
// each once.
int UnderWay(const GroupConfig& clients) { return std::max(clients.reds, clients.blacks); }

const Registration rwsem_two_atomics(GroupModel<TwoAtomicsLock>({
    .name = "group/rwsem_two_atomics",
    .summary = "a queue-fair rwsem and a counter for each group",
    .about = "Each member announces itself, looks for the other group, and takes the rwsem for read if nobody is "
             "there, else for write. The rwsem is idealised: first come, first served, in one word "
             "(harness/sync/rw_sem.h).",
    .source = kLock,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(0)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration over_read_preferring(GroupModel<TwoAtomicsOverReadPreferringLock>({
    .name = "group/rwsem_two_atomics/read_preferring",
    .summary = "the same over a rwsem that prefers readers: overtakes are bounded by the members under way",
    .about = "Newcomers that see the waiting group's counter come as writers and queue, so only members that had "
             "looked before are admitted past a waiter.",
    .source = kLock,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassAtMost(UnderWay)},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration over_linux(GroupModel<TwoAtomicsOverLinuxLock>({
    .name = "group/rwsem_two_atomics/linux",
    .summary = "the same over the rwsem of Linux, with its count, queue, stealing and handoff",
    .about = "The rwsem that the patch stood on (locks/linux_rw_sem.h). A member that steals it overtakes those in the "
             "queue, until the first of them asks for the handoff: as often as it likes while that one is slow to try.",
    .source = "locks/linux_rw_sem.h",
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassMeasured()},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration look_first_over_linux(GroupModel<LookFirstOverLinux>({
    .name = "group/rwsem_two_atomics/linux_look_first",
    .summary = "over the rwsem of Linux, looks for the other group before it announces itself",
    .about = "The rwsem does not make up for it.",
    .source = "models/group/variants/rwsem_two_atomics.h",
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("exclusion"),
}));

const Registration meet_then_join(GroupModelOf<MeetThenJoin<ModelSync, TwoAtomicsLock>>({
    .name = "group/rwsem_two_atomics/meet_then_join",
    .summary = "a member that met the other group shares with its own again",
    .about = "A scripted meeting (models/group/variants/meet_then_join.h): a red waits for a black to leave, then "
             "another red comes. The second look and the downgrade let them be inside together.",
    .source = kLock,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .fixed_clients = true,
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
}));

}  // namespace
}  // namespace doorway

#include "models/group/variants/rwsem_two_atomics.h"

#include <algorithm>

#include "locks/rwsem_two_atomics_lock.h"
#include "models/group/group_model.h"

// The group lock made of a rwsem and two counters; and each of its steps moved, dropped or weakened.

namespace doorway {
namespace {

constexpr const char* kLock = "locks/rwsem_two_atomics_lock.h";
constexpr const char* kVariants = "models/group/variants/rwsem_two_atomics.h";

// Members of the other group that are under way when a waiter enqueues.
int OtherGroup(const GroupConfig& clients) { return std::max(clients.reds, clients.blacks); }

const Registration rwsem_two_atomics(GroupModel<TwoAtomicsLock>(
    {.name = "group/rwsem_two_atomics",
     .summary = "a queue-fair rwsem and a counter for each group",
     .about = "Each member announces itself, looks for the other group, and takes the rwsem for read if nobody is "
              "there, else for write. The rwsem is "
              "idealised: first come, first served, in one word (harness/sync/fair_rw_sem.h).",
     .source = kLock,
     .clients = {.reds = 2, .blacks = 1, .rounds = 1},
     .claims = {Excludes(), Parallel(), ParallelAfterContention(), BypassAtMost(0)},
     .expectations = Verified()}));

const Registration over_read_preferring(GroupModel<TwoAtomicsOverReadPreferringLock>(
    {.name = "group/rwsem_two_atomics/read_preferring",
     .summary = "the same over a rwsem that prefers readers: overtakes are bounded by the members under way",
     .about = "Newcomers that see the waiting group's counter come as writers, so only members that looked before are "
              "admitted past it.",
     .source = kLock,
     .clients = {.reds = 2, .blacks = 1, .rounds = 1},
     .claims = {Excludes(), Parallel(), BypassAtMost(OtherGroup)},
     .expectations = Verified()}));

const Registration look_first(
    GroupModel<LookFirst>({.name = "group/rwsem_two_atomics/look_first",
                           .summary = "looks for the other group before it announces itself: both may see nobody",
                           .about = "The two steps of the store-buffering pair, swapped.",
                           .source = kVariants,
                           .clients = {.reds = 1, .blacks = 1, .rounds = 1},
                           .claims = {Excludes()},
                           .expectations = Violates("exclusion")}));

const Registration no_second_look(GroupModel<NoSecondLook>(
    {.name = "group/rwsem_two_atomics/no_second_look",
     .summary = "downgrades without looking again: a member of the other group may read-hold the rwsem next",
     .about = "Both have seen nobody, or have stopped looking.",
     .source = kVariants,
     .clients = {.reds = 1, .blacks = 1, .rounds = 1},
     .claims = {Excludes()},
     .expectations = Violates("exclusion")}));

const Registration withdraw_inside(GroupModel<WithdrawInside>(
    {.name = "group/rwsem_two_atomics/withdraw_inside",
     .summary = "takes itself out of the counter as soon as it is inside: the other group sees nobody",
     .about = "The counter must stand for as long as the rwsem is held.",
     .source = kVariants,
     .clients = {.reds = 1, .blacks = 1, .rounds = 1},
     .claims = {Excludes()},
     .expectations = Violates("exclusion")}));

const Registration no_barrier(
    GroupModel<NoBarrier>({.name = "group/rwsem_two_atomics/no_barrier",
                           .summary = "announces relaxed and looks with acquire: store buffering, both see nobody",
                           .about = "Right under SC. The kernel's atomic increment needs a full barrier after it.",
                           .source = kVariants,
                           .clients = {.reds = 1, .blacks = 1, .rounds = 1},
                           .claims = {Excludes()},
                           .expectations = ViolatesUnderRc11("exclusion")}));

const Registration acq_rel_announce(GroupModel<AcqRelAnnounce>(
    {.name = "group/rwsem_two_atomics/acq_rel_announce",
     .summary = "announces with acq_rel and looks with acquire: still store buffering",
     .about = "Acquire and release order nothing between a write and a later read of another location.",
     .source = kVariants,
     .clients = {.reds = 1, .blacks = 1, .rounds = 1},
     .claims = {Excludes()},
     .expectations = ViolatesUnderRc11("exclusion")}));

const Registration relaxed_withdraw(GroupModel<RelaxedWithdraw>(
    {.name = "group/rwsem_two_atomics/relaxed_withdraw",
     .summary = "leaves the counter without release: who sees it at zero does not see the section",
     .about = "Two readers of the rwsem are not ordered by it: the counter alone orders them.",
     .source = kVariants,
     .clients = {.reds = 1, .blacks = 1, .rounds = 1},
     .claims = {Excludes()},
     .expectations = ViolatesUnderRc11("no_data_race")}));

const Registration second_look_at_own(GroupModel<SecondLookAtOwn>(
    {.name = "group/rwsem_two_atomics/second_look_at_own",
     .summary = "looks at its own counter the second time: excludes, but a member that met the other group stays alone",
     .about = "Safe, and no longer a group lock under contention.",
     .source = kVariants,
     .clients = {.reds = 2, .blacks = 1, .rounds = 1},
     .claims = {Excludes(), Parallel(), ParallelAfterContention()},
     .expectations = NoWitness("parallel_after_contention")}));

const Registration forget_withdraw(GroupModel<ForgetWithdraw>(
    {.name = "group/rwsem_two_atomics/forget_withdraw",
     .summary = "never leaves the counter: excludes, but after its first visit the other group is alone for ever",
     .about = "Safe, and a mutex from then on.",
     .source = kVariants,
     .clients = {.reds = 2, .blacks = 1, .rounds = 1},
     .claims = {Excludes(), Parallel(), ParallelAfterContention()},
     .expectations = NoWitness("parallel_after_contention")}));

const Registration withdraw_before_release(GroupModel<WithdrawBeforeRelease>(
    {.name = "group/rwsem_two_atomics/withdraw_before_release",
     .summary = "leaves the counter before the rwsem: no harm",
     .about = "Who sees the zero may read-hold the rwsem beside it, but its section is over; writers still wait.",
     .source = kVariants,
     .clients = {.reds = 2, .blacks = 1, .rounds = 1},
     .claims = {Excludes(), Parallel()},
     .expectations = Verified()}));

const Registration never_downgrade(
    GroupModel<NeverDowngrade>({.name = "group/rwsem_two_atomics/never_downgrade",
                                .summary = "stays a writer if it came as one: no harm, less parallelism",
                                .about = "Members that met the other group stay alone to the end of their section.",
                                .source = kVariants,
                                .clients = {.reds = 2, .blacks = 1, .rounds = 1},
                                .claims = {Excludes(), Parallel()},
                                .expectations = Verified()}));

}  // namespace
}  // namespace doorway

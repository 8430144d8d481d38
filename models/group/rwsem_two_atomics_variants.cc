#include "models/group/group_model.h"
#include "models/group/variants/meet_then_join.h"
#include "models/group/variants/rwsem_two_atomics.h"

// The rwsem and two atomics, with one step moved, dropped or weakened.

namespace doorway {
namespace {

constexpr const char* kRwsemTwoAtomicsVariants = "models/group/variants/rwsem_two_atomics.h";

const Registration look_first(GroupModel<LookFirst>({
    .name = "group/rwsem_two_atomics/look_first",
    .summary = "looks for the other group before it announces itself: both may see nobody",
    .about = "The two steps of the store-buffering pair, swapped.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("exclusion"),
}));

const Registration no_second_look(GroupModel<NoSecondLook>({
    .name = "group/rwsem_two_atomics/no_second_look",
    .summary = "downgrades without looking again: a member of the other group may hold the rwsem for read beside it",
    .about = "That member looked before this one announced itself, and takes the rwsem when the downgrade lets "
             "readers in.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("exclusion"),
}));

const Registration withdraw_inside(GroupModel<WithdrawInside>({
    .name = "group/rwsem_two_atomics/withdraw_inside",
    .summary = "takes itself out of the counter as soon as it is inside: the other group sees nobody",
    .about = "The counter must stand for as long as the rwsem is held.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("exclusion"),
}));

const Registration no_barrier(GroupModel<NoBarrier>({
    .name = "group/rwsem_two_atomics/no_barrier",
    .summary = "announces relaxed and looks with acquire: store buffering, both see nobody",
    .about = "Right under SC. The kernel's atomic increment needs a full barrier after it.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = ViolatesUnderRc11("exclusion"),
}));

const Registration acq_rel_announce(GroupModel<AcqRelAnnounce>({
    .name = "group/rwsem_two_atomics/acq_rel_announce",
    .summary = "announces with acq_rel and looks with acquire: still store buffering",
    .about = "Acquire and release order nothing between a write and a later read of another location.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = ViolatesUnderRc11("exclusion"),
}));

const Registration relaxed_withdraw_before_release(GroupModel<RelaxedWithdrawBeforeRelease>({
    .name = "group/rwsem_two_atomics/relaxed_withdraw_before_release",
    .summary = "leaves the counter before the rwsem, and without release: who sees it at zero does not see the "
               "section",
    .about = "Two that hold the rwsem for read are not ordered by it: the counter alone orders them.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_data_race"),
}));

const Registration relaxed_withdraw(GroupModel<RelaxedWithdraw>({
    .name = "group/rwsem_two_atomics/relaxed_withdraw",
    .summary = "leaves the counter after the rwsem, without release: RC11 shows no harm",
    .about = "For the counter's zero to be seen before the rwsem is released, a write would have to overtake an "
             "earlier update that reads from a later one: load buffering, which RC11 excludes and hardware does not. "
             "So the lock keeps its release.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
}));

const Registration second_look_at_own(GroupModelOf<MeetThenJoin<ModelSync, SecondLookAtOwn>>({
    .name = "group/rwsem_two_atomics/second_look_at_own",
    .summary = "looks at its own counter the second time: excludes, but a member that met the other group stays alone",
    .about = "Safe, and no longer a group lock under contention: in the run of group/rwsem_two_atomics/meet_then_join "
             "there is no witness.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .fixed_clients = true,
    .claims = {Excludes(), Parallel()},
    .expectations = NoWitness("same_group_parallel"),
}));

const Registration forget_withdraw(GroupModelOf<MeetThenJoin<ModelSync, ForgetWithdraw>>({
    .name = "group/rwsem_two_atomics/forget_withdraw",
    .summary = "never leaves the counter: excludes, but after its first visit the other group is alone for ever",
    .about = "Safe, and a mutex from then on: in the run of group/rwsem_two_atomics/meet_then_join there is no "
             "witness.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .fixed_clients = true,
    .claims = {Excludes(), Parallel()},
    .expectations = NoWitness("same_group_parallel"),
}));

const Registration withdraw_before_release(GroupModel<WithdrawBeforeRelease>({
    .name = "group/rwsem_two_atomics/withdraw_before_release",
    .summary = "leaves the counter before the rwsem: no harm",
    .about = "Who sees the zero may hold the rwsem for read beside it, but its section is over; writers still wait.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration never_downgrade(GroupModel<NeverDowngrade>({
    .name = "group/rwsem_two_atomics/never_downgrade",
    .summary = "stays a writer if it came as one: no harm, less parallelism",
    .about = "Members that met the other group stay alone to the end of their section.",
    .source = kRwsemTwoAtomicsVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

}  // namespace
}  // namespace doorway

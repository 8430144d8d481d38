#include <array>
#include <string>

#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "locks/rwsem_two_atomics_lock.h"
#include "locks/two_state_lock.h"
#include "models/group/clients.h"
#include "models/group/variants/baselines.h"
#include "models/group/variants/black_once.h"
#include "models/group/variants/from_call.h"
#include "models/group/variants/lock_order.h"
#include "models/group/variants/meet_then_join.h"
#include "models/group/variants/queued.h"
#include "models/group/variants/rules.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/group/variants/second_phase.h"
#include "models/group/variants/two_state.h"
#include "models/group/variants/weakened_sync.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// The group locks under upstream Relacy: exclusion, data races, stuck threads, use after free. It is not asked about
// overtakes and parallelism, which are claims about orders and about all executions.

namespace doorway {
namespace {

GroupConfig ClientsOf(const Configuration& configuration) {
  return {configuration.at("reds"), configuration.at("blacks"), configuration.at("rounds")};
}

// A model of `Clients`, a class like GroupClients over RelacySync. A model without parameters says how many threads it
// has.
template <class Clients, class Monitor = ExclusionMonitor>
RelacyRegistration Of(const std::string& name, int threads = 0) {
  return {name, [threads](const Configuration& configuration) {
            const GroupConfig clients = ClientsOf(configuration);
            const int count = threads > 0 ? threads : clients.reds + clients.blacks;
            return OpinionOf(RunRelacy<Clients, Monitor>(clients, count));
          }};
}

template <template <class> class Lock>
RelacyRegistration OfLock(const std::string& name) {
  return Of<GroupClients<RelacySync, Lock>>(name);
}

// Every lock of models/group/weakened.cc.
template <template <class> class Lock>
std::array<RelacyRegistration, 2> OfWeakened(const std::string& design) {
  return {OfLock<Weakened<Lock>::template NoAcquire>(design + "/no_acquire"),
          OfLock<Weakened<Lock>::template NoRelease>(design + "/no_release")};
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
    Of<GroupClients<RelacySync, MutexGroupLock>, MutualExclusionMonitor>("group/mutex"),
    OfLock<MutexGroupLock>("group/mutex/parallel"),
    OfLock<ReadPreferringRwSemGroupLock>("group/rwsem"),
    OfLock<ReadPreferringRwSemGroupLock>("group/rwsem/writers_parallel"),
    OfLock<FairRwSemGroupLock>("group/rwsem/fair"),
    OfLock<ReadersEntryWithTurnstile>("group/readers_entry"),
    OfLock<ReadersEntryWithoutTurnstile>("group/readers_entry/no_turnstile"),

    OfLock<BoundedGroupLock>("group/bounded"),
    OfLock<Bounded2GroupLock>("group/bounded_2"),
    OfLock<BoundedQueueLock>("group/bounded_queue"),
    OfLock<Bounded2GroupLock>("group/bounded_2/bound_is_tight"),
    OfLock<BoundActiveLock>("group/bounded/bound_active_members"),
    Of<SecondPhase<RelacySync, BoundedGroupLock>>("group/bounded/second_phase", 6),
    Of<SecondPhase<RelacySync, BoundPerPhaseLock>>("group/bounded/bound_per_phase", 6),

    Of<NestOtherColour<RelacySync, TwoStateLock>>("group/two_state/nest_other_colour", 1),
    Of<NestSameColour<RelacySync, TwoStateLock>>("group/two_state/nest_same_colour"),
    Of<NestSameColour<RelacySync, StrictFairGroupLock>>("group/strict_fair/nest_same_colour"),
    Of<FolioLockOrder<RelacySync, TwoStateLock>>("group/two_state/folio_lock_order"),

    OfLock<TwoAtomicsLock>("group/rwsem_two_atomics"),
    OfLock<TwoAtomicsOverReadPreferringLock>("group/rwsem_two_atomics/read_preferring"),
    OfLock<TwoAtomicsOverLinuxLock>("group/rwsem_two_atomics/linux"),
    OfLock<LookFirstOverLinux>("group/rwsem_two_atomics/linux_look_first"),
    Of<MeetThenJoin<RelacySync, TwoAtomicsLock>>("group/rwsem_two_atomics/meet_then_join", 3),

    OfLock<LookFirst>("group/rwsem_two_atomics/look_first"),
    OfLock<NoSecondLook>("group/rwsem_two_atomics/no_second_look"),
    OfLock<WithdrawInside>("group/rwsem_two_atomics/withdraw_inside"),
    OfLock<NoBarrier>("group/rwsem_two_atomics/no_barrier"),
    OfLock<AcqRelAnnounce>("group/rwsem_two_atomics/acq_rel_announce"),
    OfLock<RelaxedWithdrawBeforeRelease>("group/rwsem_two_atomics/relaxed_withdraw_before_release"),
    OfLock<RelaxedWithdraw>("group/rwsem_two_atomics/relaxed_withdraw"),
    Of<MeetThenJoin<RelacySync, SecondLookAtOwn>>("group/rwsem_two_atomics/second_look_at_own", 3),
    Of<MeetThenJoin<RelacySync, ForgetWithdraw>>("group/rwsem_two_atomics/forget_withdraw", 3),
    OfLock<WithdrawBeforeRelease>("group/rwsem_two_atomics/withdraw_before_release"),
    OfLock<NeverDowngrade>("group/rwsem_two_atomics/never_downgrade"),

    OfLock<StrictFairGroupLock>("group/strict_fair"),
    OfLock<StrictFairPhaseGroupLock>("group/strict_fair_phase"),
    OfLock<StrictFairQueueLock>("group/strict_fair_queue"),
    OfLock<StrictFairPhaseQueueLock>("group/strict_fair_phase_queue"),

    OfLock<StrictFairPhaseGroupLock>("group/strict_fair_phase/no_overtakes"),
    OfLock<JoinPastQueueLock>("group/strict_fair/join_past_queue"),
    OfLock<StrictFairOverFifoLock>("group/strict_fair_queue/fifo_inner"),
    OfLock<EnqueueInSecondSection>("group/strict_fair_queue/enqueue_in_second_section"),
    OfLock<StaleFlagLock>("group/strict_fair_queue/stale_flag"),
    OfLock<ClearFlagLateLock>("group/strict_fair_queue/clear_flag_late"),
    Of<StackNodeClients<RelacySync, StrictFairQueueLock>>("group/strict_fair_queue/stack_nodes"),
    Of<StackNodeClients<RelacySync, GrantFirstLock>>("group/strict_fair_queue/grant_before_unlink"),

    Of<FromCall<RelacySync, MutexGroupLock>>("group/mutex/from_call"),
    Of<FromCall<RelacySync, StrictFairGroupLock>>("group/strict_fair/from_call"),
    Of<FromCall<RelacySync, StrictFairQueueLock>>("group/strict_fair_queue/from_call"),
    Of<FromCall<RelacySync, StrictFairOverFifoLock>>("group/strict_fair_queue/fifo_inner_from_call"),
    Of<FromCall<RelacySync, ReadersEntryWithTurnstile>>("group/readers_entry/from_call"),
    Of<FromCall<RelacySync, ReadersEntryWithFifoTurnstile>>("group/readers_entry/fifo_turnstile_from_call"),

    OfLock<TwoStateLock>("group/two_state"),
    Of<BlackOnce<RelacySync, TwoStateLock>>("group/two_state/bounded_bypass"),
    Of<BlackOnce<RelacySync, TwoStateLock>>("group/two_state/black_once"),
    OfLock<TestThenEnqueue>("group/two_state/test_then_enqueue"),
    OfLock<WrongSign>("group/two_state/wrong_sign"),
    OfLock<WakeBeforeDecrement>("group/two_state/wake_before_decrement"),
    OfLock<NoWake>("group/two_state/no_wake"),
    OfLock<Spinning>("group/two_state/spinning"),
    OfLock<WakeOne>("group/two_state/wake_one"),
    OfLock<WakeAlways>("group/two_state/wake_always"),
    OfLock<WakeIfActiveUnfenced>("group/two_state/wake_if_active"),
    OfLock<WakeIfActiveHalfFenced>("group/two_state/wake_if_active_half_fenced"),
    OfLock<WakeIfActiveFenced>("group/two_state/wake_if_active_fenced"),
};

[[maybe_unused]] const std::array<RelacyRegistration, 2> weakened[] = {
    OfWeakened<StrictFairGroupLock>("group/strict_fair"),
    OfWeakened<StrictFairQueueLock>("group/strict_fair_queue"),
    OfWeakened<TwoStateLock>("group/two_state"),
    OfWeakened<TwoAtomicsLock>("group/rwsem_two_atomics"),
    OfWeakened<ReadersEntryWithTurnstile>("group/readers_entry"),
    OfWeakened<ReadPreferringRwSemGroupLock>("group/rwsem"),
    OfWeakened<MutexGroupLock>("group/mutex"),
};

}  // namespace
}  // namespace doorway

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
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

// The group locks on engines that run a model as it stands: upstream Relacy (group_relacy.cc), real threads
// (group_native.cc). Relacy sees exclusion, data races, stuck threads, use after free. It is not asked about overtakes
// and parallelism, which are claims about orders and about all executions.

namespace doorway {

template <class Engine>
class GroupOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  // A model of `Clients`, a class like GroupClients over Sync. A model without parameters says how many threads it has.
  template <class Clients, class Monitor = ExclusionMonitor>
  static Registered Of(const std::string& name, int threads = 0) {
    return Engine::template Register<Clients, Monitor>(name, [threads](const Configuration& configuration) {
      const GroupConfig clients{configuration.at("reds"), configuration.at("blacks"), configuration.at("rounds")};
      return std::pair(clients, threads > 0 ? threads : clients.reds + clients.blacks);
    });
  }

  template <template <class> class Lock>
  static Registered OfLock(const std::string& name) {
    return Of<GroupClients<Sync, Lock>>(name);
  }

  // Every lock of models/group/weakened.cc.
  template <template <class> class Lock>
  static void AddWeakened(const std::string& design, std::vector<Registered>* all) {
    all->push_back(OfLock<Weakened<Lock>::template NoAcquire>(design + "/no_acquire"));
    all->push_back(OfLock<Weakened<Lock>::template NoRelease>(design + "/no_release"));
  }

 public:
  static std::vector<Registered> All() {
    std::vector<Registered> all = {
        Of<GroupClients<Sync, MutexGroupLock>, MutualExclusionMonitor>("group/mutex"),
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
        Of<SecondPhase<Sync, BoundedGroupLock>>("group/bounded/second_phase", 6),
        Of<SecondPhase<Sync, BoundPerPhaseLock>>("group/bounded/bound_per_phase", 6),

        Of<NestOtherColour<Sync, TwoStateLock>>("group/two_state/nest_other_colour", 1),
        Of<NestSameColour<Sync, TwoStateLock>>("group/two_state/nest_same_colour"),
        Of<NestSameColour<Sync, StrictFairGroupLock>>("group/strict_fair/nest_same_colour"),
        Of<FolioLockOrder<Sync, TwoStateLock>>("group/two_state/folio_lock_order"),

        OfLock<TwoAtomicsLock>("group/rwsem_two_atomics"),
        OfLock<TwoAtomicsOverReadPreferringLock>("group/rwsem_two_atomics/read_preferring"),
        OfLock<TwoAtomicsOverLinuxLock>("group/rwsem_two_atomics/linux"),
        OfLock<LookFirstOverLinux>("group/rwsem_two_atomics/linux_look_first"),
        Of<MeetThenJoin<Sync, TwoAtomicsLock>>("group/rwsem_two_atomics/meet_then_join", 3),

        OfLock<LookFirst>("group/rwsem_two_atomics/look_first"),
        OfLock<NoSecondLook>("group/rwsem_two_atomics/no_second_look"),
        OfLock<WithdrawInside>("group/rwsem_two_atomics/withdraw_inside"),
        OfLock<NoBarrier>("group/rwsem_two_atomics/no_barrier"),
        OfLock<AcqRelAnnounce>("group/rwsem_two_atomics/acq_rel_announce"),
        OfLock<RelaxedWithdrawBeforeRelease>("group/rwsem_two_atomics/relaxed_withdraw_before_release"),
        OfLock<RelaxedWithdraw>("group/rwsem_two_atomics/relaxed_withdraw"),
        Of<MeetThenJoin<Sync, SecondLookAtOwn>>("group/rwsem_two_atomics/second_look_at_own", 3),
        Of<MeetThenJoin<Sync, ForgetWithdraw>>("group/rwsem_two_atomics/forget_withdraw", 3),
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
        Of<StackNodeClients<Sync, StrictFairQueueLock>>("group/strict_fair_queue/stack_nodes"),
        Of<StackNodeClients<Sync, GrantFirstLock>>("group/strict_fair_queue/grant_before_unlink"),

        Of<FromCall<Sync, MutexGroupLock>>("group/mutex/from_call"),
        Of<FromCall<Sync, StrictFairGroupLock>>("group/strict_fair/from_call"),
        Of<FromCall<Sync, StrictFairQueueLock>>("group/strict_fair_queue/from_call"),
        Of<FromCall<Sync, StrictFairOverFifoLock>>("group/strict_fair_queue/fifo_inner_from_call"),
        Of<FromCall<Sync, ReadersEntryWithTurnstile>>("group/readers_entry/from_call"),
        Of<FromCall<Sync, ReadersEntryWithFifoTurnstile>>("group/readers_entry/fifo_turnstile_from_call"),

        OfLock<TwoStateLock>("group/two_state"),
        Of<BlackOnce<Sync, TwoStateLock>>("group/two_state/bounded_bypass"),
        Of<BlackOnce<Sync, TwoStateLock>>("group/two_state/black_once"),
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
    AddWeakened<StrictFairGroupLock>("group/strict_fair", &all);
    AddWeakened<StrictFairQueueLock>("group/strict_fair_queue", &all);
    AddWeakened<TwoStateLock>("group/two_state", &all);
    AddWeakened<TwoAtomicsLock>("group/rwsem_two_atomics", &all);
    AddWeakened<ReadersEntryWithTurnstile>("group/readers_entry", &all);
    AddWeakened<ReadPreferringRwSemGroupLock>("group/rwsem", &all);
    AddWeakened<MutexGroupLock>("group/mutex", &all);
    return all;
  }
};

}  // namespace doorway

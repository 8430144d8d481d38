#include <string>

#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "locks/br_lock.h"
#include "locks/clh_lock.h"
#include "locks/futex_mutex.h"
#include "locks/osq_lock.h"
#include "locks/percpu_rwsem.h"
#include "locks/phase_fair_lock.h"
#include "locks/qrwlock.h"
#include "locks/qspinlock.h"
#include "locks/rcuwait.h"
#include "locks/seqlock.h"
#include "locks/six_lock.h"
#include "models/group/variants/weakened_sync.h"
#include "models/lock/clients.h"
#include "models/lock/osq_clients.h"
#include "models/lock/rcuwait_clients.h"
#include "models/lock/seq_clients.h"
#include "models/lock/six_clients.h"
#include "models/lock/variants/br_lock.h"
#include "models/lock/variants/clh.h"
#include "models/lock/variants/futex_mutex.h"
#include "models/lock/variants/percpu_rwsem.h"
#include "models/lock/variants/phase_fair.h"
#include "models/lock/variants/qrwlock.h"
#include "models/lock/variants/qspinlock.h"
#include "models/lock/variants/seqlock.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// The family under upstream Relacy: exclusion, data races, stuck threads.

namespace doorway::lock {
namespace {

// A writer is inside alone.
class WritersMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.kind == kReads) return note.argument != 0 ? "reads_consistent" : nullptr;
    const bool writer = note.argument == kWriter;
    if (note.kind == notes::kEnter && note.end == RelacyNote::End::kEarliest) {
      if (writers_ > 0 || (writer && readers_ > 0)) return "exclusion";
      ++(writer ? writers_ : readers_);
    }
    if (note.kind == notes::kLeave && note.end == RelacyNote::End::kLatest) --(writer ? writers_ : readers_);
    return nullptr;
  }

 private:
  int readers_ = 0;
  int writers_ = 0;
};

template <class AnyClients>
RelacyRegistration OfClients(const std::string& name) {
  return {name, [](const Configuration& configuration) {
            ClientConfig config{configuration.at("readers"), configuration.at("writers"), configuration.at("rounds")};
            if (configuration.at("width") > 0) config.width = configuration.at("width");
            return OpinionOf(RunRelacy<AnyClients, WritersMonitor>(config, config.readers + config.writers));
          }};
}

template <template <class> class Lock>
RelacyRegistration Of(const std::string& name) {
  return OfClients<Clients<RelacySync, Lock>>(name);
}

template <template <class> class Lock>
RelacyRegistration OfSeq(const std::string& name) {
  return OfClients<SeqClients<RelacySync, Lock>>(name);
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
    Of<ClhLock>("lock/clh"),
    Of<ClhKeepsItsCell>("lock/clh/keeps_its_cell"),
    Of<ClhHoldsLate>("lock/clh/holds_late"),
    Of<ClhReleaseEnqueue>("lock/clh/release_enqueue"),
    Of<ClhAcquireEnqueue>("lock/clh/acquire_enqueue"),
    Of<Weakened<ClhLock>::NoRelease>("lock/clh/no_release"),

    Of<QSpinLock>("lock/qspinlock"),
    Of<QSpinHandOverInTwoSteps>("lock/qspinlock/hand_over_in_two_steps"),
    Of<QSpinLeavesPending>("lock/qspinlock/leaves_pending"),
    Of<QSpinRelaxedPending>("lock/qspinlock/relaxed_pending"),
    Of<Weakened<QSpinLock>::NoRelease>("lock/qspinlock/no_release"),

    Of<FutexMutex>("lock/futex_mutex"),
    Of<FutexWaitsUnconditionally>("lock/futex_mutex/waits_unconditionally"),
    Of<FutexForgetsSleepers>("lock/futex_mutex/forgets_sleepers"),
    Of<FutexWakesFirst>("lock/futex_mutex/wakes_first"),
    Of<FutexRelaxedUnlock>("lock/futex_mutex/relaxed_unlock"),
    Of<Weakened<FutexMutex>::NoAcquire>("lock/futex_mutex/no_acquire"),

    Of<QRwLock>("lock/qrwlock"),
    Of<QRwNoWaitingBit>("lock/qrwlock/no_waiting_bit"),
    Of<QRwCountedInQueue>("lock/qrwlock/counted_in_queue"),
    Of<QRwRelaxedReadUnlock>("lock/qrwlock/relaxed_read_unlock"),
    Of<QRwRelaxedWait>("lock/qrwlock/relaxed_wait"),

    Of<PhaseFairLock>("lock/phase_fair"),
    Of<PhaseFairLock>("lock/phase_fair/two_writers"),
    Of<PhaseFairNoParity>("lock/phase_fair/no_parity"),
    Of<PhaseFairRushesIn>("lock/phase_fair/rushes_in"),
    Of<PhaseFairRelaxedDeparture>("lock/phase_fair/relaxed_departure"),
    Of<PhaseFairRelaxedArrival>("lock/phase_fair/relaxed_arrival"),

    OfSeq<SeqCount>("lock/seqcount"),
    OfSeq<SeqLock>("lock/seqlock"),
    OfSeq<SeqCount>("lock/seqcount/two_writers"),
    OfSeq<SeqCount>("lock/seqcount/too_narrow"),
    OfSeq<SeqReadsOdd>("lock/seqcount/reads_odd"),
    OfSeq<SeqNoReadFence>("lock/seqcount/no_read_fence"),
    OfSeq<SeqNoWriteFence>("lock/seqcount/no_write_fence"),
    OfSeq<SeqRelaxedEnd>("lock/seqcount/relaxed_end"),

    Of<PerCpuRwSem>("lock/percpu_rwsem"),
    Of<PerCpuNoGracePeriod>("lock/percpu_rwsem/no_grace_period"),
    Of<PerCpuNoWriterFence>("lock/percpu_rwsem/no_writer_fence"),
    Of<PerCpuNoReaderFence>("lock/percpu_rwsem/no_reader_fence"),
    Of<PerCpuQuickTooSoon>("lock/percpu_rwsem/quick_too_soon"),
    Of<PerCpuRelaxedWait>("lock/percpu_rwsem/relaxed_wait"),

    OfClients<WaitClients<RelacySync, RcuWait>>("lock/rcuwait"),
    OfClients<WaitClients<RelacySync, RcuWaitTestsFirst>>("lock/rcuwait/tests_first"),
    OfClients<WaitClients<RelacySync, RcuWaitNoWakerFence>>("lock/rcuwait/no_waker_fence"),
    OfClients<WaitClients<RelacySync, RcuWaitNoWaiterFence>>("lock/rcuwait/no_waiter_fence"),

    OfClients<OsqClients<RelacySync, OsqLock>>("lock/osq"),
    OfClients<OsqClients<RelacySync, OsqNotCutOff>>("lock/osq/not_cut_off"),
    OfClients<OsqClients<RelacySync, OsqNotJoined>>("lock/osq/not_joined"),
    OfClients<OsqClients<RelacySync, OsqTailToNobody>>("lock/osq/tail_to_nobody"),
    OfClients<OsqClients<RelacySync, OsqRelaxedGrant>>("lock/osq/relaxed_grant"),

    OfClients<SixClients<RelacySync, SixLock>>("lock/six"),
    OfClients<SixClients<RelacySync, SixReadersUpgrade>>("lock/six/readers_upgrade"),
    OfClients<SixClients<RelacySync, SixRelocksBlindly>>("lock/six/relocks_blindly"),
    OfClients<SixClients<RelacySync, SixLock>>("lock/six/too_narrow"),
    OfClients<SixClients<RelacySync, SixRushesIn>>("lock/six/rushes_in"),
    OfClients<SixClients<RelacySync, SixRelaxedWait>>("lock/six/relaxed_wait"),

    Of<BrLock>("lock/br_lock"),
    Of<BrOwnFirst>("lock/br_lock/own_first"),
    Of<BrLeavesOutOne>("lock/br_lock/leaves_out_one"),
    Of<Weakened<BrLock>::NoRelease>("lock/br_lock/no_release"),
};

}  // namespace
}  // namespace doorway::lock

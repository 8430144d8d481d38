#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
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
#include "locks/ww_mutex.h"
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
#include "models/lock/variants/ww_mutex.h"
#include "models/lock/ww_clients.h"
#include "models/registry/model.h"

// The family on engines that run a model as it stands: upstream Relacy (relacy.cc), which sees exclusion, data races
// and stuck threads, and real threads (native.cc). Models with interrupts are not among them: Relacy has none.

namespace doorway::lock {

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

template <class Engine>
class LockOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  template <class AnyClients>
  static Registered OfClients(const std::string& name) {
    return Engine::template Register<AnyClients, WritersMonitor>(name, [](const Configuration& configuration) {
      ClientConfig config{configuration.at("readers"), configuration.at("writers"), configuration.at("rounds")};
      if (configuration.at("width") > 0) config.width = configuration.at("width");
      return std::pair(config, config.readers + config.writers);
    });
  }

  template <template <class> class Lock>
  static Registered Of(const std::string& name) {
    return OfClients<Clients<Sync, Lock>>(name);
  }

  template <template <class> class Lock>
  static Registered OfSeq(const std::string& name) {
    return OfClients<SeqClients<Sync, Lock>>(name);
  }

 public:
  static std::vector<Registered> All() {
    return {
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

        OfClients<WaitClients<Sync, RcuWait>>("lock/rcuwait"),
        OfClients<WaitClients<Sync, RcuWaitTestsFirst>>("lock/rcuwait/tests_first"),
        OfClients<WaitClients<Sync, RcuWaitNoWakerFence>>("lock/rcuwait/no_waker_fence"),
        OfClients<WaitClients<Sync, RcuWaitNoWaiterFence>>("lock/rcuwait/no_waiter_fence"),

        OfClients<OsqClients<Sync, OsqLock>>("lock/osq"),
        OfClients<OsqClients<Sync, OsqNotCutOff>>("lock/osq/not_cut_off"),
        OfClients<OsqClients<Sync, OsqNotJoined>>("lock/osq/not_joined"),
        OfClients<OsqClients<Sync, OsqTailToNobody>>("lock/osq/tail_to_nobody"),
        OfClients<OsqClients<Sync, OsqRelaxedGrant>>("lock/osq/relaxed_grant"),

        OfClients<WwClients<Sync, WwMutex>>("lock/ww_mutex"),
        OfClients<WwClients<Sync, WwNeverWounds>>("lock/ww_mutex/never_wounds"),
        OfClients<WwClients<Sync, WwWoundsWithoutWaking>>("lock/ww_mutex/wounds_without_waking"),
        OfClients<WwClients<Sync, WwOwnerNeverLooks>>("lock/ww_mutex/owner_never_looks"),
        OfClients<WwClients<Sync, WwNoBarrier>>("lock/ww_mutex/no_barrier"),
        OfClients<WwClients<Sync, WwYoungWoundsOld>>("lock/ww_mutex/young_wounds_old"),

        OfClients<SixClients<Sync, SixLock>>("lock/six"),
        OfClients<SixClients<Sync, SixReadersUpgrade>>("lock/six/readers_upgrade"),
        OfClients<SixClients<Sync, SixRelocksBlindly>>("lock/six/relocks_blindly"),
        OfClients<SixClients<Sync, SixLock>>("lock/six/too_narrow"),
        OfClients<SixClients<Sync, SixRushesIn>>("lock/six/rushes_in"),
        OfClients<SixClients<Sync, SixRelaxedWait>>("lock/six/relaxed_wait"),

        Of<BrLock>("lock/br_lock"),
        Of<BrOwnFirst>("lock/br_lock/own_first"),
        Of<BrLeavesOutOne>("lock/br_lock/leaves_out_one"),
        Of<Weakened<BrLock>::NoRelease>("lock/br_lock/no_release"),
    };
  }
};

}  // namespace doorway::lock

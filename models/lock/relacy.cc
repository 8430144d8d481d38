#include <string>

#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "locks/clh_lock.h"
#include "locks/futex_mutex.h"
#include "locks/phase_fair_lock.h"
#include "locks/qrwlock.h"
#include "locks/qspinlock.h"
#include "models/group/variants/weakened_sync.h"
#include "models/lock/clients.h"
#include "models/lock/variants/clh.h"
#include "models/lock/variants/futex_mutex.h"
#include "models/lock/variants/phase_fair.h"
#include "models/lock/variants/qrwlock.h"
#include "models/lock/variants/qspinlock.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// The family under upstream Relacy: exclusion, data races, stuck threads.

namespace doorway::lock {
namespace {

// A writer is inside alone.
class WritersMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
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

template <template <class> class Lock>
RelacyRegistration Of(const std::string& name, int width = 2) {
  return {name, [width](const Configuration& configuration) {
            ClientConfig config{configuration.at("readers"), configuration.at("writers"), configuration.at("rounds")};
            config.width = configuration.at("width") > 0 ? configuration.at("width") : width;
            return OpinionOf(
                RunRelacy<Clients<RelacySync, Lock>, WritersMonitor>(config, config.readers + config.writers));
          }};
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
};

}  // namespace
}  // namespace doorway::lock

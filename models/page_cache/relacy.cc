#include <string>

#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "locks/rwsem_two_atomics_lock.h"
#include "locks/two_state_lock.h"
#include "models/group/variants/baselines.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/group/variants/weakened_sync.h"
#include "models/page_cache/clients.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// Buffered and direct I/O under upstream Relacy: exclusion, data races, stuck threads, failed checks.

namespace doorway {
namespace {

using enum PageCacheDefect;

template <template <class> class Lock, PageCacheDefect kDefect = kNone>
RelacyRegistration Of(const std::string& name) {
  return {"page_cache/" + name, [](const Configuration& configuration) {
            const GroupConfig clients{configuration.at("reds"), configuration.at("blacks"), configuration.at("rounds")};
            return OpinionOf(RunRelacy<PageCacheClients<RelacySync, Lock, kDefect>, ExclusionMonitor>(
                clients, clients.reds + clients.blacks));
          }};
}

// One thread, of direct I/O.
template <template <class> class Lock>
RelacyRegistration OfOwnMapping(const std::string& name) {
  return {"page_cache/" + name, [](const Configuration& /*configuration*/) {
            const GroupConfig clients{0, 1, 1};
            return OpinionOf(RunRelacy<PageCacheClients<RelacySync, Lock, kOwnMapping>, ExclusionMonitor>(clients, 1));
          }};
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
    Of<MutexGroupLock>("mutex"),
    Of<ReadPreferringRwSemGroupLock>("rwsem"),
    Of<FairRwSemGroupLock>("fair_rwsem"),
    Of<ReadersEntryWithTurnstile>("readers_entry"),
    Of<TwoAtomicsLock>("rwsem_two_atomics"),
    Of<NoBarrier>("rwsem_two_atomics/no_barrier"),
    Of<TwoStateLock>("two_state"),
    Of<StrictFairGroupLock>("strict_fair"),
    Of<StrictFairPhaseGroupLock>("strict_fair_phase"),
    Of<StrictFairQueueLock>("strict_fair_queue"),
    Of<StrictFairPhaseQueueLock>("strict_fair_phase_queue"),
    Of<BoundedGroupLock>("bounded"),
    Of<Bounded2GroupLock>("bounded_2"),
    Of<BoundedQueueLock>("bounded_queue"),

    Of<TwoStateLock, kNoLock>("two_state/no_lock"),
    Of<TwoStateLock, kNoWriteBack>("two_state/no_write_back"),
    Of<TwoStateLock, kNoInvalidate>("two_state/no_invalidate"),
    Of<TwoStateLock, kInvalidateFirst>("two_state/invalidate_first"),
    Of<Weakened<TwoStateLock>::NoAcquire>("two_state/no_acquire"),
    Of<Weakened<TwoStateLock>::NoRelease>("two_state/no_release"),
    Of<TwoStateLock, kFaultFirst>("two_state/fault_first"),
    Of<TwoStateLock, kFolioFirst>("two_state/folio_first"),
    Of<StrictFairGroupLock, kFolioFirst>("strict_fair/folio_first"),
    OfOwnMapping<TwoStateLock>("two_state/own_mapping"),
    OfOwnMapping<StrictFairGroupLock>("strict_fair/own_mapping"),
};

}  // namespace
}  // namespace doorway

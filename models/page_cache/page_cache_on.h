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
#include "models/group/variants/baselines.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/group/variants/weakened_sync.h"
#include "models/page_cache/clients.h"
#include "models/registry/model.h"

// Buffered and direct I/O on engines that run a model as it stands: upstream Relacy (relacy.cc), which sees exclusion,
// data races, stuck threads and failed checks, and real threads (native.cc).

namespace doorway {

template <class Engine>
class PageCacheOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  using enum PageCacheDefect;

  template <template <class> class Lock, PageCacheDefect kDefect = kNone>
  static Registered Of(const std::string& name) {
    return Engine::template Register<PageCacheClients<Sync, Lock, kDefect>, ExclusionMonitor>(
        "page_cache/" + name, [](const Configuration& configuration) {
          const GroupConfig clients{configuration.at("reds"), configuration.at("blacks"), configuration.at("rounds")};
          return std::pair(clients, clients.reds + clients.blacks);
        });
  }

  // One thread, of direct I/O.
  template <template <class> class Lock>
  static Registered OfOwnMapping(const std::string& name) {
    return Engine::template Register<PageCacheClients<Sync, Lock, kOwnMapping>, ExclusionMonitor>(
        "page_cache/" + name, [](const Configuration& /*configuration*/) {
          return std::pair(GroupConfig{0, 1, 1}, 1);
        });
  }

 public:
  static std::vector<Registered> All() {
    return {
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
  }
};

}  // namespace doorway

#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "locks/rwsem_two_atomics_lock.h"
#include "locks/two_state_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/baselines.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/group/variants/weakened_sync.h"
#include "models/page_cache/clients.h"

// Buffered and direct I/O over each group lock, and what users of a right one can do wrong.

namespace doorway {
namespace {

constexpr const char* kAbout =
    "One page of a file: buffered writes (group 0) go through the page cache, direct writes (group 1) past it. Each "
    "client has a sector of the page, and finds there what it wrote last; so do, in the end, buffered and direct "
    "reads.";

// Over a lock that holds. `reds`, `blacks`: as few as show two of one group inside.
template <template <class> class Lock>
Model Holds(const std::string& name, const std::string& summary, int reds = 2, int blacks = 1) {
  return GroupModelOf<PageCacheClients<ModelSync, Lock>>({
      .name = "page_cache/" + name,
      .summary = summary,
      .about = kAbout,
      .source = "models/page_cache/clients.h",
      .clients = {.reds = reds, .blacks = blacks, .rounds = 1},
      .claims = {Excludes()},
      .responses = {},
      .expectations = Verified(),
  });
}

template <class Clients>
Model Fails(const std::string& name, const std::string& summary, const std::string& about,
            const std::vector<Expectation>& expectations, GroupConfig clients = {.reds = 1, .blacks = 1, .rounds = 1}) {
  return GroupModelOf<Clients>({
      .name = "page_cache/" + name,
      .summary = summary,
      .about = about + kAbout,
      .source = "models/page_cache/clients.h",
      .clients = clients,
      .fixed_clients = clients.reds == 0,
      .claims = {Excludes()},
      .responses = {},
      .expectations = expectations,
  });
}

const Registration holding[] = {
    Registration(Holds<MutexGroupLock>("mutex", "buffered and direct I/O one at a time")),
    Registration(Holds<ReadPreferringRwSemGroupLock>(
        "rwsem", "the inode's rwsem: buffered I/O for reading, direct I/O for writing")),
    Registration(Holds<FairRwSemGroupLock>("fair_rwsem", "... a fair one")),
    Registration(Holds<ReadersEntryWithTurnstile>("readers_entry", "over the readers' entry lock")),
    Registration(Holds<TwoAtomicsLock>("rwsem_two_atomics", "over the rwsem and two atomics")),
    Registration(Holds<TwoStateLock>("two_state", "over the two-state lock, as in bcachefs")),
    Registration(Holds<StrictFairGroupLock>("strict_fair", "over the strict-fair group lock, in one word")),
    Registration(Holds<StrictFairPhaseGroupLock>("strict_fair_phase", "... with phase-fair batches")),
    Registration(Holds<StrictFairQueueLock>("strict_fair_queue", "over the strict-fair group lock, with waiter nodes")),
    Registration(Holds<StrictFairPhaseQueueLock>("strict_fair_phase_queue", "... with phase-fair batches")),
    Registration(Holds<BoundedGroupLock>("bounded", "over the bounded-unfair group lock (K = 1), in one word")),
    Registration(Holds<Bounded2GroupLock>("bounded_2", "... (K = 2)")),
    Registration(Holds<BoundedQueueLock>("bounded_queue", "over the bounded-unfair group lock, with waiter nodes")),
};

template <PageCacheDefect kDefect>
using WithTwoState = PageCacheClients<ModelSync, TwoStateLock, kDefect>;

const Registration failing[] = {
    Registration(Fails<WithTwoState<PageCacheDefect::kNoLock>>(
        "two_state/no_lock", "nobody takes the group lock: a page is filled while direct I/O writes",
        "What the lock is for: the page holds what was on the disk before. ", Violates("no_failed_check"))),
    Registration(Fails<WithTwoState<PageCacheDefect::kNoWriteBack>>(
        "two_state/no_write_back", "direct I/O drops a dirty page: a buffered write is lost", "",
        Violates("no_failed_check"))),
    Registration(Fails<WithTwoState<PageCacheDefect::kNoInvalidate>>(
        "two_state/no_invalidate", "direct I/O leaves the page where it is: buffered reads are stale", "",
        Violates("no_failed_check"))),
    Registration(Fails<WithTwoState<PageCacheDefect::kInvalidateFirst>>(
        "two_state/invalidate_first", "direct I/O drops the page before it enters: it may come back",
        "Between the two nothing keeps buffered I/O from bringing the page in again. ", Violates("no_failed_check"))),
    Registration(Fails<PageCacheClients<ModelSync, Weakened<TwoStateLock>::NoAcquire>>(
        "two_state/no_acquire", "all acquires of the lock relaxed: what is read from the disk may be old", "",
        ViolatesUnderRc11("no_failed_check"))),
    Registration(Fails<PageCacheClients<ModelSync, Weakened<TwoStateLock>::NoRelease>>(
        "two_state/no_release", "all releases of the lock relaxed", "", ViolatesUnderRc11("no_failed_check"))),

    Registration(Fails<PageCacheClients<ModelSync, NoBarrier>>(
        "rwsem_two_atomics/no_barrier",
        "announce and look without a full barrier between: both groups get in, and a write is lost", "Right under SC. ",
        ViolatesUnderRc11("no_failed_check"))),

    // The two bugs of lock order.
    Registration(Fails<WithTwoState<PageCacheDefect::kOwnMapping>>(
        "two_state/own_mapping", "the buffer of direct I/O is mapped from the same file: it waits for itself",
        "The page fault that brings the buffer in is buffered I/O, and comes while its thread is inside as direct "
        "I/O. ",
        Violates("no_stuck_thread"), {.reds = 0, .blacks = 1, .rounds = 1})),
    Registration(Fails<WithTwoState<PageCacheDefect::kFolioFirst>>(
        "two_state/folio_first",
        "buffered I/O locks the folio and then enters, direct I/O the other way round: deadlock",
        "Two locks in two orders. ", Violates("no_stuck_thread"))),
    Registration(Fails<PageCacheClients<ModelSync, StrictFairGroupLock, PageCacheDefect::kOwnMapping>>(
        "strict_fair/own_mapping", "the same over a fair lock",
        "No group lock can help: its groups exclude each other, also in one thread. ", Violates("no_stuck_thread"),
        {.reds = 0, .blacks = 1, .rounds = 1})),
    Registration(Fails<PageCacheClients<ModelSync, StrictFairGroupLock, PageCacheDefect::kFolioFirst>>(
        "strict_fair/folio_first", "the same over a fair lock", "Two locks in two orders. ",
        Violates("no_stuck_thread"))),
};

Model FaultFirst() {
  return GroupModelOf<PageCacheClients<ModelSync, TwoStateLock, PageCacheDefect::kFaultFirst>>({
      .name = "page_cache/two_state/fault_first",
      .summary = "the buffer of direct I/O is brought in before direct I/O enters: no deadlock, and nothing lost",
      .about =
          std::string("The buffer may be dropped again before it is used, and then direct I/O starts anew; that is "
                      "not followed. ") +
          kAbout,
      .source = "models/page_cache/clients.h",
      .clients = {.reds = 1, .blacks = 1, .rounds = 1},
      .claims = {Excludes()},
      .responses = {},
      .expectations = Verified(),
  });
}
const Registration fault_first(FaultFirst());

}  // namespace
}  // namespace doorway

#include "models/group/variants/from_call.h"

#include <string>
#include <utility>
#include <vector>

#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "models/group/group_model.h"
#include "models/group/variants/baselines.h"
#include "models/group/variants/queued.h"

// The fair locks, with starvation counted from the call of enter instead of from the doorway. What a thread passes on
// its way to the queue then matters: a mutex that whoever finds it free may take lets a thread be passed for ever, one
// that is handed over in the order of arrival does not.

namespace doorway {
namespace {

template <template <class> class Lock>
Model CountedFromCall(const std::string& name, const std::string& summary, const std::string& about,
                      const std::string& source, std::vector<Expectation> endless) {
  return GroupModelOf<FromCall<ModelSync, Lock>>({
      .name = name,
      .summary = summary,
      .about = about,
      .source = source,
      .clients = {.reds = 2, .blacks = 1, .rounds = 1},
      .claims = {Excludes()},
      .responses = {{"every_call_enters", "who calls enter enters", kCalls, notes::kEnter}},
      .expectations = Verified(),
      .endless = std::move(endless),
  });
}

std::vector<Expectation> StarvesUnderWeakFairness() { return FailsUnlessStrong("every_call_enters"); }

const Registration strict_fair_from_call(CountedFromCall<StrictFairGroupLock>(
    "group/strict_fair/from_call", "the strict-fair lock in one word, counted from the call: nobody starves",
    "The first step of enter is the doorway.", "locks/packed_group_lock.h", HoldsForEver()));

const Registration over_barging_from_call(CountedFromCall<StrictFairQueueLock>(
    "group/strict_fair_queue/from_call",
    "the real strict-fair lock over a barging inner mutex, counted from the call: a thread may never reach the queue",
    "The inner mutex goes to whoever finds it free. A thread that waits for it finds it taken each time, by members "
    "that come and leave: the rule of the queue does not help who never gets into it. Under strong fairness it does "
    "get the mutex, and so enters.",
    "locks/queued_group_lock.h", StarvesUnderWeakFairness()));

const Registration over_fifo_from_call(CountedFromCall<StrictFairOverFifoLock>(
    "group/strict_fair_queue/fifo_inner_from_call",
    "the real strict-fair lock over a fair inner mutex, counted from the call: nobody starves",
    "As group/strict_fair_queue/from_call, but the inner mutex is handed over in the order of arrival.",
    "locks/queued_group_lock.h", HoldsForEver()));

const Registration turnstile_from_call(CountedFromCall<ReadersEntryWithTurnstile>(
    "group/readers_entry/from_call",
    "the readers' entry behind a barging turnstile, counted from the call: a thread may never get through it",
    "The turnstile goes to whoever finds it open.", "locks/readers_entry_lock.h", StarvesUnderWeakFairness()));

const Registration fifo_turnstile_from_call(CountedFromCall<ReadersEntryWithFifoTurnstile>(
    "group/readers_entry/fifo_turnstile_from_call",
    "the readers' entry behind a fair turnstile, counted from the call: nobody starves",
    "The turnstile is passed in the order of arrival. The doors may still be barging: while a thread at the "
    "turnstile's "
    "head waits at one, only the members inside can pass it, and they do not come back before it is in.",
    "locks/readers_entry_lock.h", HoldsForEver()));

const Registration mutex_from_call(CountedFromCall<MutexGroupLock>(
    "group/mutex/from_call", "a barging mutex, counted from the call: a thread may be passed for ever",
    "Its doorway is behind its wait, so that from there nothing is left to be claimed.", "locks/mutex_group_lock.h",
    StarvesUnderWeakFairness()));

}  // namespace
}  // namespace doorway

#include "locks/ww_mutex.h"

#include "models/group/variants/weakened_sync.h"
#include "models/lock/lock_model.h"
#include "models/lock/variants/ww_mutex.h"
#include "models/lock/ww_clients.h"

// Wound/wait mutexes, and what breaks them.

namespace doorway::lock {
namespace {

template <template <class> class Lock>
Model WwModel(const char* name, const char* summary, const char* about, const char* source,
              std::vector<Expectation> expectations) {
  Model model = LockModelOf<WwClients<ModelSync, Lock>>({
      .name = name,
      .summary = summary,
      .about = about,
      .source = source,
      .clients = {.writers = 2},
      .most = WwTransactions<ModelSync>::kMost,
      .sections = Sections::kExclusion,
      .responses = {},
      .expectations = std::move(expectations),
  });
  model.about = std::string(about) +
                " Transactions, as many as --writers, take two mutexes, every other one in the other order; the lower "
                "a thread's number, the older its transaction. That the oldest never gives back is a check.";
  return model;
}

// Under TSO within the bound of its store buffers.
std::vector<Expectation> VerifiedBufferingStores() {
  std::vector<Expectation> expectations = Verified();
  for (Expectation& expectation : expectations) {
    if (expectation.memory == MemoryModel::kTso) expectation.verdict = Verdict::kVerifiedWithinBounds;
  }
  return expectations;
}

constexpr const char* kWwVariants = "models/lock/variants/ww_mutex.h";

const Registration ww_mutex_models[] = {
    Registration(WwModel<WwMutex>(
        "lock/ww_mutex", "wound/wait: the younger transaction gives back, the older one waits",
        "Several mutexes in any order, and no circle of waiting.", "locks/ww_mutex.h", VerifiedBufferingStores())),
    Registration(WwModel<WwNeverWounds>("lock/ww_mutex/never_wounds", "nobody gives back: a circle",
                                        "The deadlock that it is all about.", kWwVariants,
                                        Violates("no_stuck_thread"))),
    Registration(WwModel<WwWoundsWithoutWaking>(
        "lock/ww_mutex/wounds_without_waking", "who is wounded while it sleeps sleeps on",
        "It holds what the older one waits for, and waits for what that one holds.", kWwVariants,
        Violates("no_stuck_thread"))),
    Registration(WwModel<WwOwnerNeverLooks>(
        "lock/ww_mutex/owner_never_looks", "a waiter that came before the owner was published wounds nobody",
        "Taking the mutex and saying who has it are two steps.", kWwVariants, Violates("no_stuck_thread"))),
    Registration(WwModel<WwNoBarrier>("lock/ww_mutex/no_barrier", "no barrier between being published and the look",
                                      "Store buffering: right under SC alone.", kWwVariants,
                                      ViolatesUnderRc11AndTso("no_stuck_thread"))),
    Registration(WwModel<WwYoungWoundsOld>("lock/ww_mutex/young_wounds_old", "the younger one wounds the older one",
                                           "Then even the oldest transaction may have to give back.", kWwVariants,
                                           Violates("no_failed_check"))),
};

}  // namespace
}  // namespace doorway::lock

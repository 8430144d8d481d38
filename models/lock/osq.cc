#include "models/lock/lock_model.h"
#include "models/lock/osq_clients.h"

// The queue that may be left, and what breaks it.

namespace doorway::lock {
namespace {

template <template <class> class Lock>
Model OsqModel(const char* name, const char* summary, const char* about, int threads,
               std::vector<Expectation> expectations, std::vector<Expectation> endless = {}) {
  return LockModelOf<OsqClients<ModelSync, Lock>>({
      .name = name,
      .summary = summary,
      .about = std::string(about) + " Each thread is patient, or may give up at any time.",
      .source = endless.empty() ? "models/lock/osq_clients.h" : "locks/osq_lock.h",
      .clients = {.writers = threads},
      .sections = Sections::kExclusion,
      .responses = {{"patient_enter", "who calls and is patient gets in", kCall, notes::kEnter}},
      .expectations = std::move(expectations),
      .endless = std::move(endless),
  });
}

const Registration osq_models[] = {
    Registration(OsqModel<OsqLock>("lock/osq", "MCS queue that a thread may leave before it is served",
                                   "Who leaves cuts itself off from the node before, and joins its neighbours.", 3,
                                   Verified(), HoldsForEver({{"writers", 2}}))),
    Registration(OsqModel<OsqNotCutOff>(
        "lock/osq/not_cut_off", "leaves without cutting itself off from the node before",
        "That one hands over to it, or waits for ever for a link.", 3, Violates("no_stuck_thread"))),
    Registration(OsqModel<OsqNotJoined>("lock/osq/not_joined", "leaves without joining its neighbours",
                                        "Nobody hands over to the node behind.", 3, Violates("no_stuck_thread"))),
    Registration(OsqModel<OsqTailToNobody>("lock/osq/tail_to_nobody",
                                           "the last one that leaves takes the node before along",
                                           "Who comes next finds the lock free.", 3, Violates("exclusion"))),
    Registration(OsqModel<OsqRelaxedGrant>("lock/osq/relaxed_grant", "the hand-over is no release",
                                           "As in a kernel, where the queue guards no data.", 2,
                                           Violates("no_data_race"))),
};

}  // namespace
}  // namespace doorway::lock

#include <string>

#include "models/lock/lock_model.h"
#include "models/lock/seq_model.h"
#include "models/lock/six_clients.h"

// The lock of three modes, shared, intent and exclusive, and what breaks it.

namespace doorway::lock {
namespace {

template <template <class> class Lock>
Model SixModel(const char* name, const char* summary, const char* about, ClientConfig clients,
               std::vector<Expectation> expectations, std::vector<Expectation> endless = {}) {
  return LockModelOf<SixClients<ModelSync, Lock>>({
      .name = name,
      .summary = summary,
      .about = about,
      .source = endless.empty() ? "models/lock/six_clients.h" : "locks/six_lock.h",
      .clients = clients,
      .has_width = true,
      .sections = Sections::kExclusion,
      .claims = {ReadsConsistent},
      .responses = {EveryCallEnters()},
      .expectations = std::move(expectations),
      .endless = std::move(endless),
  });
}

constexpr ClientConfig kOneOfEach{.readers = 1, .writers = 1};
constexpr ClientConfig kTwoWriters{.readers = 1, .writers = 2};

std::vector<Expectation> StarvesReaders() { return {FailsForEver("every_call_enters").front()}; }

const Registration six_models[] = {
    Registration(
        SixModel<SixLock>("lock/six", "lock of three modes: shared, intent, exclusive; a number allows relocking",
                          "Writers read under intent and change to exclusive; readers unlock and lock again if "
                          "nothing was written. Without end, "
                          "under weak fairness, readers may come too late each time.",
                          kTwoWriters, Verified(), StarvesReaders())),
    Registration(SixModel<SixReadersUpgrade>("lock/six/readers_upgrade",
                                             "no intent: two readers that mean to write wait for each other",
                                             "What intent is for.", kTwoWriters, Violates("no_stuck_thread"))),
    Registration(SixModel<SixRelocksBlindly>("lock/six/relocks_blindly", "a reader locks again whatever was written",
                                             "What the number is for.", kOneOfEach, Violates("reads_consistent"))),
    Registration(SixModel<SixLock>("lock/six/too_narrow", "numbers of one bit: two sections look like none",
                                   "Numbers come round; in 32 bits after 2^32 sections.",
                                   {.readers = 1, .writers = 2, .width = 1}, Violates("reads_consistent"))),
    Registration(SixModel<SixRushesIn>("lock/six/rushes_in", "changes to exclusive without waiting for readers",
                                       "Intent does not exclude readers.", kOneOfEach, Violates("exclusion"))),
    Registration(SixModel<SixRelaxedWait>("lock/six/relaxed_wait", "the writer does not acquire what readers release",
                                          "In time the sections exclude each other, in happens-before they do not.",
                                          kOneOfEach, Violates("no_data_race"))),
};

}  // namespace
}  // namespace doorway::lock

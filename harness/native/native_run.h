#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/behaviour/model_error.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "harness/native/subject.h"

// Runs a model on real threads, again and again, disturbed at random: what the hardware and the compiler make of the
// very sources that the explorers explore.
//
//   NativeModel<Clients<StressSync, ClhLock>, ClientConfig> subject(config, threads);
//   Report report = RunNative(subject, claims, options);
//
// A run begins with a new model, and ends when its threads have ended. A number of copies run side by side, each a
// process of its own, so that a model that crashes, corrupts its memory or never ends harms nobody.
//
// What an answer is worth:
// - A violation is real. The clock orders operations as far as they do not overlap; a claim is violated only where it
// is
//   whatever the order of those that do (judge.h). A thread is stuck only where every thread that has not ended polled
//   again after the last operation that got somewhere.
// - No violation is no proof, ever: the verdict is `unknown`, and says how many runs there were. Nor does an execution
//   that the hardware never shows mean that another machine, or another compiler, does not.
// - Judged are claims that have monitors, those of Sync::check, uses of dead objects (as far as they are noticed),
// stuck
//   threads, and crashes. Data races: by ThreadSanitizer, if the program is built with it.
// - Exists claims are verified by a witness.

namespace doorway {

inline constexpr std::string_view kNoCrash = "no_crash";

struct NativeOptions {
  double seconds = 1;          // of all runs together; the last one is not cut short
  std::uint64_t max_runs = 0;  // of each copy; 0: no limit
  int copies = 1;              // at a time
  bool noise = true;           // disturb the threads; off: run them as they are
  std::uint64_t seed = 1;      // of choices and disturbances; what the system does has none
  int forever_rounds = 64;     // iterations of a Sync::forever loop
  double hang_seconds = 10;    // a run that takes longer is taken to have no end; its threads have as long to stop

  // Which processors the threads run on: as the system likes; or each on its own, in order, as far as there are enough;
  // or on others from time to time.
  enum class Affinity { kNone, kSpread, kRandom };
  Affinity affinity = Affinity::kNone;

  // As of ExploreOptions: stop at the first violation of this claim (of any, if empty); "none" never stops.
  std::string stop_at;

  const std::atomic<bool>* interrupted = nullptr;                       // polled
  std::function<void(std::uint64_t runs, double seconds)> on_progress;  // called a few times a second
};

// Errors: ModelError. REQUIRES: the process has one thread.
Report RunNative(NativeSubject& subject, const std::vector<Property*>& properties, const NativeOptions& options);

// Whether this program is built with ThreadSanitizer, and so judges no_data_race.
bool FindsDataRaces();

}  // namespace doorway

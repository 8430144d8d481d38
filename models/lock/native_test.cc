#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "harness/native/native_run.h"
#include "harness/native/stress_sync.h"
#include "harness/native/subject.h"
#include "locks/clh_lock.h"
#include "locks/percpu_rwsem.h"
#include "locks/phase_fair_lock.h"
#include "locks/qspinlock.h"
#include "models/group/variants/weakened_sync.h"
#include "models/lock/clients.h"
#include "models/lock/variants/clh.h"
#include "properties/exclusion.h"
#include "properties/overtakes.h"

// Verified locks on real threads, and two that are broken. No explorer is linked, so that `bazel test --config=tsan`
// can build this in no time; there, data races are violations, too.

namespace doorway::lock {
namespace {

template <template <class> class Lock>
Report Stress(const ClientConfig& config, double seconds, std::string_view stop_at = "") {
  NativeModel<Clients<StressSync, Lock>, ClientConfig> subject(config, config.readers + config.writers);
  Exclusion exclusion(config.readers > 0 ? Exclusion::Excludes::kWriters : Exclusion::Excludes::kEverybody);
  Overtakes overtakes(std::nullopt);
  NativeOptions options;
  options.seconds = seconds;
  options.stop_at = stop_at;
  return RunNative(subject, {&exclusion, &overtakes}, options);
}

// Nothing is found, in as many goes as it takes until threads met: one, unless the machine is slow.
template <template <class> class Lock>
void ExpectNothing(const ClientConfig& config) {
  Report report = Stress<Lock>(config, 0.2);
  for (int more = 0; more < 100 && report.Find("exclusion")->antecedents == 0; ++more)
    report = Stress<Lock>(config, 0.2);
  EXPECT_EQ(report.verdict, Verdict::kUnknown);
  EXPECT_GT(report.native_runs, 0U);
  for (const ClaimResult& claim : report.claims) {
    EXPECT_NE(claim.verdict, Verdict::kViolated)
        << claim.name << ": " << (claim.evidence.has_value() ? claim.evidence->finding.sentence : "");
  }
  EXPECT_GT(report.Find("exclusion")->antecedents, 0U) << "nobody met anybody";
}

constexpr ClientConfig kMutex{.readers = 0, .writers = 3, .rounds = 3};
constexpr ClientConfig kReadersAndWriters{.readers = 2, .writers = 1, .rounds = 3};

TEST(NativeLockTest, VerifiedLocksShowNothing) {
  ExpectNothing<ClhLock>(kMutex);
  ExpectNothing<QSpinLock>(kMutex);
  ExpectNothing<PhaseFairLock>(kReadersAndWriters);
}

// Fences among its orders.
TEST(NativeLockTest, ALockThatStandsOnFencesShowsNothing) {
  ExpectNothing<PerCpuRwSem>({.readers = 1, .writers = 1, .rounds = 3});
}

TEST(NativeLockTest, ALockThatDoesNotExcludeIsCaught) {
  const Report report = Stress<ClhHoldsLate>({.writers = 2, .rounds = 3}, 60, "exclusion");
  const ClaimResult& exclusion = *report.Find("exclusion");
  ASSERT_EQ(exclusion.verdict, Verdict::kViolated) << report.native_runs << " runs";
  EXPECT_NE(exclusion.evidence->finding.sentence.find("are inside together"), std::string::npos)
      << exclusion.evidence->finding.sentence;
}

// Relaxed unlocks: x86 has no such thing. ThreadSanitizer goes by what is written.
TEST(NativeLockTest, AMissingReleaseIsADataRaceToThreadSanitizer) {
  if (!FindsDataRaces()) GTEST_SKIP() << "not built with ThreadSanitizer";
  const Report report = Stress<Weakened<ClhLock>::NoRelease>(kMutex, 60);
  ASSERT_NE(report.Find(kNoDataRace), nullptr);
  EXPECT_EQ(report.Find(kNoDataRace)->verdict, Verdict::kViolated);
}

}  // namespace
}  // namespace doorway::lock

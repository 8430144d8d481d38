#include <cstdint>
#include <string>

#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "harness/relacy/result.h"
#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"
#include "models/uffd_wp/cases.h"
#include "models/uffd_wp/scenario.h"
#include "models/uffd_wp/uffd_wp.h"
#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

// The same models under upstream Relacy, with the claims as monitors of its executions.

namespace doorway::uffd_wp {
namespace {

struct RelacyScenario {
  Scenario scenario;
  unsigned claims = 0;

  operator const Scenario&() const { return scenario; }  // NOLINT: the model is made from it
};

// The universal claims of one case. Every note is taken at its earliest place: all that matter are tags but the
// return of write-protect, which can follow its last operation at once.
class PageMonitor {
 public:
  PageMonitor() = default;  // RunRelacy wants one, and does not use it
  explicit PageMonitor(const RelacyScenario& scenario) : claims_(scenario.claims) {}

  const char* OnNote(const RelacyNote& note) {
    if (note.end != RelacyNote::End::kEarliest || mm::RangeOf(note.argument) != 0) return nullptr;
    const mm::Noted noted{note.kind, note.thread, note.subject, note.argument};
    if (lost_write_.Step(noted) && (claims_ & kNoLostWrite)) return "no_lost_write";
    if (write_after_return_.Step(noted) && (claims_ & kNoWriteAfterWpReturn)) return "no_write_after_wp_return";
    if (stale_entry_.Step(noted) && (claims_ & kNoStaleEntry)) return "no_stale_writable_entry_at_unprotect";
    if (dead_end_.Step(noted) && (claims_ & kDeadEnd)) return "dead_end";
    return nullptr;
  }

 private:
  unsigned claims_ = 0;
  mm::LostWriteMonitor lost_write_;
  mm::WriteAfterReturnMonitor write_after_return_;
  mm::StaleEntryMonitor stale_entry_{1};
  mm::DeadEndMonitor dead_end_;
};

template <class Sync>
using PlainMutex = MutexGroupLock<Sync>;

template <template <class> class Lock>
RelacyResult Run(const RelacyScenario& scenario) {
  return RunRelacy<UffdWp<RelacySync, Lock>, PageMonitor>(scenario, scenario.scenario.threads);
}

RelacyResult Run(LockKind lock, const RelacyScenario& scenario) {
  switch (lock) {
    case LockKind::kMutex:
      return Run<PlainMutex>(scenario);
    case LockKind::kStrictFair:
      return Run<StrictFairGroupLock>(scenario);
    case LockKind::kStrictFairQueue:
      return Run<StrictFairQueueLock>(scenario);
    case LockKind::kRwSemTwoAtomics:
      return Run<TwoAtomicsLock>(scenario);
    case LockKind::kLookFirst:
      return Run<LookFirst>(scenario);
    case LockKind::kNoSecondLook:
      return Run<NoSecondLook>(scenario);
    case LockKind::kWithdrawInside:
      return Run<WithdrawInside>(scenario);
    case LockKind::kNoBarrier:
      return Run<NoBarrier>(scenario);
  }
  return {};
}

SecondOpinion Ask(const Case& c, const Configuration& configuration) {
  RelacyScenario scenario{c.scenario, c.claims};
  scenario.scenario.stores = configuration.at("stores");
  return OpinionOf(Run(c.lock, scenario));
}

[[maybe_unused]] const bool registered = [] {
  for (const Case& c : Cases()) {
    const RelacyRegistration one(c.name, [&c](const Configuration& configuration) { return Ask(c, configuration); });
  }
  return true;
}();

}  // namespace
}  // namespace doorway::uffd_wp

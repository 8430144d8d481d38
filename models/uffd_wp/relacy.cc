#include <cstdint>
#include <string>

#include "harness/graph/monitor.h"
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
    if (note.end != RelacyNote::End::kEarliest) return nullptr;
    const Monitor::When when = note.kind == mm::kProtected ? Monitor::When::kEarliest : Monitor::When::kTag;
    const Monitor::Noted noted{when, note.kind, note.thread, note.subject, note.argument};
    if (lost_write_.Hears(noted) && (claims_ & kNoLostWrite)) return "no_lost_write";
    if (write_after_return_.Hears(noted) && (claims_ & kNoWriteAfterWpReturn)) return "no_write_after_wp_return";
    if (stale_entry_.Hears(noted) && (claims_ & kNoStaleEntry)) return "no_stale_writable_entry_at_unprotect";
    if (dead_end_.Hears(noted) && (claims_ & kDeadEnd)) return "dead_end";
    return nullptr;
  }

 private:
  // A monitor with its state.
  template <class M>
  class Running {
   public:
    template <class... Args>
    explicit Running(Args... args) : monitor_(args...), state_(monitor_.initial()) {}
    bool Hears(const Monitor::Noted& noted) { return monitor_.Hear(noted, &state_).flagged; }

   private:
    M monitor_;
    Value state_;
  };

  static constexpr int kRange = 0;             // the others have no stores
  static constexpr Value kCpu0Has = Value{1};  // a writable entry, at the start

  unsigned claims_ = 0;
  Running<mm::LostWriteMonitor> lost_write_{kRange};
  Running<mm::WriteAfterReturnMonitor> write_after_return_{kRange, kMaxThreads};
  Running<mm::StaleEntryMonitor> stale_entry_{kRange, kCpu0Has};
  Running<mm::DeadEndMonitor> dead_end_{kRange};
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
  RelacyScenario scenario{c.scenario.is_full() ? c.scenario.WithCallers(configuration.at("callers")) : c.scenario,
                          c.claims};
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

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "harness/graph/verdict.h"
#include "harness/sync/model_sync.h"
#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/queued_group_lock.h"
#include "models/group/variants/rwsem_two_atomics.h"
#include "models/registry/model.h"
#include "models/uffd_wp/cases.h"
#include "models/uffd_wp/scenario.h"
#include "models/uffd_wp/uffd_wp.h"
#include "properties/mm/content_changes_before_return.h"
#include "properties/mm/dead_end.h"
#include "properties/mm/no_lost_write.h"
#include "properties/mm/no_stale_writable_entry_at_unprotect.h"
#include "properties/mm/no_write_after_wp_return.h"
#include "properties/mm/page_notes.h"
#include "properties/mm/ranges_in_parallel.h"

// Registers every case with the command line.

namespace doorway::uffd_wp {
namespace {

// Under a template alias, not MutexGroupLock itself, whose second parameter says how the mutex is made.
template <class Sync>
using PlainMutex = MutexGroupLock<Sync>;

constexpr const char* kCommonAbout =
    "Modelled: one page-table entry, its page-table lock, the TLB entry of each CPU, shootdowns one CPU at a time, "
    "write faults with "
    "copy on write (page 0 has an extra reference, so that faults copy it), and the ioctls. CPU 0 starts with a "
    "writable "
    "entry. Left out: what only reads, mmap_lock where nobody takes it for writing, and the count of pending flushes "
    "where nobody reads "
    "it.";

// Without end there must be somebody who wakes the faults, and nothing that is done once and for all.
bool CanBeEndless(const Case& c) {
  for (int i = 0; i < c.scenario.threads; ++i) {
    if (c.scenario.role(i) == Role::kUnThreeTimes) return false;
  }
  return c.scenario.un_protects();
}

Scenario Configured(const Case& c, const Configuration& configuration) {
  Scenario scenario = c.scenario.is_full() ? c.scenario.WithCallers(configuration.at("callers")) : c.scenario;
  scenario.stores = configuration.at("stores");
  scenario.endless = CanBeEndless(c) && configuration.at("rounds") == 0;
  return scenario;
}

template <template <class> class Lock>
std::unique_ptr<Subject> MakeSubject(const Scenario& scenario) {
  return std::make_unique<ModelSubject<UffdWp<ModelSync, Lock>, Scenario>>(scenario, scenario.threads);
}

std::unique_ptr<Subject> MakeSubject(LockKind lock, const Scenario& scenario) {
  switch (lock) {
    case LockKind::kMutex:
      return MakeSubject<PlainMutex>(scenario);
    case LockKind::kStrictFair:
      return MakeSubject<StrictFairGroupLock>(scenario);
    case LockKind::kStrictFairQueue:
      return MakeSubject<StrictFairQueueLock>(scenario);
    case LockKind::kRwSemTwoAtomics:
      return MakeSubject<TwoAtomicsLock>(scenario);
    case LockKind::kLookFirst:
      return MakeSubject<LookFirst>(scenario);
    case LockKind::kNoSecondLook:
      return MakeSubject<NoSecondLook>(scenario);
    case LockKind::kWithdrawInside:
      return MakeSubject<WithdrawInside>(scenario);
    case LockKind::kNoBarrier:
      return MakeSubject<NoBarrier>(scenario);
  }
  return nullptr;
}

std::vector<std::unique_ptr<Property>> MakeClaims(const Case& c) {
  std::vector<std::unique_ptr<Property>> claims;
  if (c.claims & kNoLostWrite) claims.push_back(std::make_unique<mm::NoLostWrite>());
  if (c.claims & kNoWriteAfterWpReturn) claims.push_back(std::make_unique<mm::NoWriteAfterWpReturn>());
  if (c.claims & kNoStaleEntry) {
    const std::vector<std::pair<int, int>> cpu0_and_its_range = {{0, 0}};
    claims.push_back(std::make_unique<mm::NoStaleWritableEntryAtUnprotect>(cpu0_and_its_range));
  }
  if (c.claims & kDeadEnd) claims.push_back(std::make_unique<mm::DeadEnd>());
  if (c.claims & kContentChanges) claims.push_back(std::make_unique<mm::ContentChangesBeforeReturn>());
  if (c.claims & kRangesInParallel) claims.push_back(std::make_unique<mm::RangesInParallel>());
  return claims;
}

std::vector<Response> MakeResponses() {
  return {{"every_ioctl_returns", "an ioctl that is called returns", mm::kIoctlCalled, mm::kIoctlReturns},
          {"every_fault_is_answered", "a write fault that meets the marker goes on some time later", mm::kDeadEnd,
           mm::kFaultAnswered}};
}

Expectation Expected(const Case& c, MemoryModel memory, Engine engine) {
  if (c.violated.empty() || (c.under == Case::Under::kViolatedOnlyUnderRc11 && memory == MemoryModel::kSc))
    return {memory, Verdict::kVerified, "", engine};
  // An exists claim is not violated: there is just no witness.
  if (c.violated == mm::RangesInParallel().name()) return {memory, Verdict::kUnknown, c.violated, engine};
  return {memory, Verdict::kViolated, c.violated, engine};
}

Model MakeModel(const Case& c) {
  Model model;
  model.name = c.name;
  model.summary = c.summary;
  model.about = c.about + kCommonAbout;
  model.source = "models/uffd_wp/ioctls.h";
  model.parameters = {{"stores", 1, 1, 2, "stores of each user CPU"}};
  model.expectations.push_back(Expected(c, MemoryModel::kSc, Engine::kGraph));
  if (c.under != Case::Under::kScOnly) model.expectations.push_back(Expected(c, MemoryModel::kRc11, Engine::kGraph));
  model.expectations.push_back(Expected(c, MemoryModel::kSc, Engine::kState));
  if (c.scenario.variant == Variant::kSleep) {
    // A fault may sleep through every un-protect, unless a wait that could end again and again ends.
    model.expectations.push_back({MemoryModel::kSc,
                                  Verdict::kViolated,
                                  "every_fault_is_answered",
                                  Engine::kState,
                                  {{"rounds", 0}},
                                  Fairness::kWeak});
    model.expectations.push_back(
        {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}, Fairness::kStrong});
  }
  if (c.scenario.is_full()) model.parameters.push_back({"callers", 1, 1, 2, "threads for each of the two ioctls"});
  if (CanBeEndless(c)) {
    model.parameters.push_back({"rounds", 1, 0, 1, "1: ioctls are called once; 0: ioctls and stores without end"});
  }
  model.subject = [&c](const Configuration& configuration) {
    return MakeSubject(c.lock, Configured(c, configuration));
  };
  model.claims = [&c](const Configuration& /*configuration*/) { return MakeClaims(c); };
  model.responses = [&c](const Configuration& configuration) {
    return Configured(c, configuration).endless ? MakeResponses() : std::vector<Response>();
  };
  return model;
}

[[maybe_unused]] const bool registered = [] {
  for (const Case& c : Cases()) const Registration one(MakeModel(c));
  return true;
}();

}  // namespace
}  // namespace doorway::uffd_wp

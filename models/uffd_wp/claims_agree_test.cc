// The event form of each claim, judged on an execution's partial order, says the same as its monitors, run over every
// order of the execution's operations that keeps that partial order.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "models/registry/model.h"
#include "properties/mm/content_changes_before_return.h"
#include "properties/mm/dead_end.h"
#include "properties/mm/no_lost_write.h"
#include "properties/mm/no_stale_writable_entry_at_unprotect.h"
#include "properties/mm/no_write_after_wp_return.h"
#include "properties/mm/page_notes.h"
#include "properties/mm/ranges_in_parallel.h"
#include "properties/testing/linearizations.h"

namespace doorway::mm {
namespace {

using Distort = DistortedMonitor::Distort;

// How often each claim was, and was not, found by its event form; how often its monitors said otherwise.
struct Counts {
  int yes = 0;
  int no = 0;
  int different = 0;
};

class Agreement {
 public:
  // With monitors that hear what `distort` makes of it.
  explicit Agreement(Distort distort = [](Monitor::Noted noted) { return std::optional(noted); })
      : distort_(std::move(distort)) {}

  void Judge(const Execution& execution) {
    Compare(NoLostWrite(), execution, {kPageWrite, kCopyRead, kInstall});
    Compare(NoWriteAfterWpReturn(), execution, {kMark, kUnmark, kProtected, kPageWrite});
    Compare(NoStaleWritableEntryAtUnprotect({{0, 0}}), execution, {kUnmark, kFill, kShootdown});
    Compare(NoStaleWritableEntryAtUnprotect({}), execution, {kUnmark, kFill, kShootdown});
    Compare(DeadEnd(), execution, {kMark, kUnmark, kInstall, kReuse});
  }

  // Defined on the coherent order, which is the order of an execution under SC.
  void JudgeUnderSc(const Execution& execution) {
    Compare(ContentChangesBeforeReturn(), execution, {kMark, kPageWrite, kProtected});
    Compare(RangesInParallel(), execution, {kIoctlEnters, kIoctlLeaves});
  }

  const Counts& of(const std::string& claim) { return counts_[claim]; }
  const std::map<std::string, Counts>& counts() const { return counts_; }

 private:
  // The monitors are run over every interleaving, but hear of `kinds` only, which are all that they listen to.
  void Compare(Property&& claim, const Execution& execution, std::initializer_list<NoteKind> kinds) {
    const auto matters = [kinds](NoteKind kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); };
    const auto threads = static_cast<int>(execution.threads.size());
    const bool heard = HearAll(execution, Distorted(claim.Monitors(threads), distort_), matters).flagged;
    const bool found = claim.Check(execution).has_value();
    Counts& counts = counts_[std::string(claim.name())];
    ++(found ? counts.yes : counts.no);
    counts.different += found != heard;
  }

  Distort distort_;
  std::map<std::string, Counts> counts_;
};

void Explore(const std::string& name, MemoryModel memory, Agreement& agreement, std::uint64_t max_executions = 3000) {
  const Model* model = FindModel(name);
  ASSERT_NE(model, nullptr) << name;
  const std::unique_ptr<Subject> subject = model->subject(model->defaults());
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  options.max_executions = max_executions;
  options.on_execution = [&](const Execution& execution) {
    agreement.Judge(execution);
    if (memory == MemoryModel::kSc) agreement.JudgeUnderSc(execution);
  };
  doorway::Explore(*subject, {}, options);
}

TEST(ClaimsAgreeTest, WithTheirMonitors) {
  Agreement agreement;
  for (const char* name :
       {"uffd_wp/none", "uffd_wp/none/stale_entry", "uffd_wp/none/un_clears_w", "uffd_wp/group_lock",
        "uffd_wp/group_lock/no_dead_end", "uffd_wp/group_lock/wp_never_flushes", "uffd_wp/group_lock/flush_if_changed",
        "uffd_wp/group_lock/no_pte_same", "uffd_wp/group_lock/fault_sleeps",
        "uffd_wp/group_lock/unlock_before_flush_loses_write", "uffd_wp/pending_count/un_clears_w",
        "uffd_wp/flush_under_ptl/promote_any_page", "uffd_wp/group_lock/per_mm", "uffd_wp/group_lock/per_uffd"}) {
    Explore(name, MemoryModel::kSc, agreement);
    Explore(name, MemoryModel::kRc11, agreement);
  }
  EXPECT_EQ(agreement.counts().size(), 6u);
  for (const auto& [claim, counts] : agreement.counts()) {
    EXPECT_EQ(counts.different, 0) << claim;
    // Each was put to the test, both ways.
    EXPECT_GT(counts.yes, 10) << claim;
    EXPECT_GT(counts.no, 100) << claim;
  }
}

// Monitors that do not hear of something say something else.
TEST(ClaimsAgreeTest, DeafMonitorsAreNoticed) {
  struct Case {
    NoteKind kind;
    const char* claim;
    const char* model;
  };
  for (const Case& c : {Case{kPageWrite, "no_lost_write", "uffd_wp/none"},
                        {kCopyRead, "no_lost_write", "uffd_wp/none"},
                        {kInstall, "no_lost_write", "uffd_wp/none"},
                        {kPageWrite, "no_write_after_wp_return", "uffd_wp/group_lock/wp_never_flushes"},
                        {kMark, "no_write_after_wp_return", "uffd_wp/group_lock/wp_never_flushes"},
                        {kUnmark, "no_write_after_wp_return", "uffd_wp/group_lock"},
                        {kProtected, "no_write_after_wp_return", "uffd_wp/group_lock/wp_never_flushes"},
                        {kUnmark, "no_stale_writable_entry_at_unprotect", "uffd_wp/none"},
                        {kFill, "no_stale_writable_entry_at_unprotect", "uffd_wp/none"},
                        {kShootdown, "no_stale_writable_entry_at_unprotect", "uffd_wp/group_lock"},
                        {kMark, "dead_end", "uffd_wp/group_lock/no_dead_end"},
                        {kInstall, "dead_end", "uffd_wp/group_lock/no_dead_end"},
                        {kUnmark, "dead_end", "uffd_wp/group_lock"},
                        {kMark, "content_changes_before_return", "uffd_wp/group_lock"},
                        {kPageWrite, "content_changes_before_return", "uffd_wp/group_lock"},
                        {kProtected, "content_changes_before_return", "uffd_wp/group_lock"},
                        {kIoctlEnters, "ranges_in_parallel", "uffd_wp/group_lock/per_uffd"},
                        {kIoctlLeaves, "ranges_in_parallel", "uffd_wp/group_lock/per_mm"}}) {
    Agreement agreement([&c](Monitor::Noted noted) -> std::optional<Monitor::Noted> {
      if (noted.kind == c.kind) return std::nullopt;
      return noted;
    });
    Explore(c.model, MemoryModel::kSc, agreement, 3000);
    EXPECT_GT(agreement.of(c.claim).different, 0) << c.claim << " without " << c.kind.name;
  }
}

}  // namespace
}  // namespace doorway::mm

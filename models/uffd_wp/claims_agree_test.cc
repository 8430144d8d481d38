// The event form of each claim, judged on an execution's partial order, says the same as its monitor, run over
// every order of the execution's notes that keeps that partial order.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/graph/execution.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "models/registry/model.h"
#include "properties/mm/content_changes_before_return.h"
#include "properties/mm/dead_end.h"
#include "properties/mm/monitors.h"
#include "properties/mm/no_lost_write.h"
#include "properties/mm/no_stale_writable_entry_at_unprotect.h"
#include "properties/mm/no_write_after_wp_return.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// Whether `monitor` says yes in some run of `execution`, looking at notes of `kinds` only.
template <class Monitor>
bool SomeRun(const Execution& execution, const Monitor& monitor, std::initializer_list<NoteKind> kinds) {
  std::vector<const Mark*> marks;
  for (const Mark& mark : execution.marks) {
    for (const NoteKind kind : kinds) {
      if (mark.kind == kind) marks.push_back(&mark);
    }
  }
  std::vector<std::uint32_t> before(marks.size());  // a set of marks each
  for (std::size_t n = 0; n < marks.size(); ++n) {
    for (std::size_t m = 0; m < marks.size(); ++m) {
      const bool ordered = marks[m]->thread == marks[n]->thread ? marks[m]->sequence < marks[n]->sequence
                                                                : execution.Before(*marks[m], *marks[n]);
      if (ordered) before[n] |= 1u << m;
    }
  }
  std::set<std::pair<std::uint32_t, Monitor>> seen;
  std::vector<std::pair<std::uint32_t, Monitor>> open = {{0, monitor}};
  while (!open.empty()) {
    const auto [done, state] = open.back();
    open.pop_back();
    for (std::size_t n = 0; n < marks.size(); ++n) {
      if ((done >> n & 1) != 0 || (before[n] & ~done) != 0) continue;
      Monitor next = state;
      if (next.Step({marks[n]->kind, marks[n]->thread, marks[n]->subject, marks[n]->argument})) return true;
      const std::pair<std::uint32_t, Monitor> step{done | 1u << n, next};
      if (seen.insert(step).second) open.push_back(step);
    }
  }
  return false;
}

// How often each claim was, and was not, found by its event form.
struct Counts {
  int yes = 0;
  int no = 0;
};

class Agreement {
 public:
  void Judge(const Execution& execution) {
    NoLostWrite lost;
    Compare("no_lost_write", lost.Check(execution).has_value(),
            SomeRun(execution, LostWriteMonitor(), {kPageWrite, kCopyRead, kInstall}), lost_);
    NoWriteAfterWpReturn after;
    Compare("no_write_after_wp_return", after.Check(execution).has_value(),
            SomeRun(execution, WriteAfterReturnMonitor(), {kMark, kUnmark, kProtected, kPageWrite}), after_);
    NoStaleWritableEntryAtUnprotect stale({{0, 0}});
    Compare("no_stale_writable_entry_at_unprotect", stale.Check(execution).has_value(),
            SomeRun(execution, StaleEntryMonitor(1), {kUnmark, kFill, kShootdown}), stale_);
    DeadEnd dead_end;
    Compare("dead_end", dead_end.Check(execution).has_value(),
            SomeRun(execution, DeadEndMonitor(), {kMark, kUnmark, kInstall, kReuse}), dead_end_);
  }

  // Defined on the coherent order, which is the order of an execution under SC.
  void JudgeUnderSc(const Execution& execution) {
    ContentChangesBeforeReturn content;
    Compare("content_changes_before_return", content.Check(execution).has_value(),
            SomeRun(execution, ContentChangesMonitor(), {kMark, kPageWrite, kProtected}), content_);
  }

  Counts lost_, after_, stale_, dead_end_, content_;

 private:
  static void Compare(const char* claim, bool event_form, bool monitor, Counts& counts) {
    EXPECT_EQ(event_form, monitor) << claim;
    ++(event_form ? counts.yes : counts.no);
  }
};

void Explore(const std::string& name, MemoryModel memory, Agreement& agreement) {
  const Model* model = FindModel(name);
  ASSERT_NE(model, nullptr) << name;
  const std::unique_ptr<Subject> subject = model->subject(model->defaults());
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  options.max_executions = 3000;
  options.on_execution = [&](const Execution& execution) {
    if (::testing::Test::HasFailure()) return;
    agreement.Judge(execution);
    if (memory == MemoryModel::kSc) agreement.JudgeUnderSc(execution);
  };
  doorway::Explore(*subject, {}, options);
  EXPECT_FALSE(::testing::Test::HasFailure()) << name;
}

TEST(ClaimsAgreeTest, WithTheirMonitors) {
  Agreement agreement;
  for (const char* name : {"uffd_wp/none", "uffd_wp/none/stale_entry", "uffd_wp/none/un_clears_w", "uffd_wp/group_lock",
                           "uffd_wp/group_lock/no_dead_end", "uffd_wp/group_lock/wp_never_flushes",
                           "uffd_wp/group_lock/flush_if_changed", "uffd_wp/group_lock/no_pte_same",
                           "uffd_wp/group_lock/fault_sleeps", "uffd_wp/group_lock/unlock_before_flush_loses_write",
                           "uffd_wp/pending_count/un_clears_w", "uffd_wp/flush_under_ptl/promote_any_page"}) {
    Explore(name, MemoryModel::kSc, agreement);
    Explore(name, MemoryModel::kRc11, agreement);
  }
  // Each was put to the test, both ways.
  for (const Counts& counts :
       {agreement.lost_, agreement.after_, agreement.stale_, agreement.dead_end_, agreement.content_}) {
    EXPECT_GT(counts.yes, 100);
    EXPECT_GT(counts.no, 100);
  }
}

}  // namespace
}  // namespace doorway::mm

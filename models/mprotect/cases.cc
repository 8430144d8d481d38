#include "models/mprotect/cases.h"

#include <initializer_list>
#include <utility>

// Each case says in `about` only what is particular to it; register.cc adds what all have in common. A lost write takes
// two CPUs: one with a stale entry, and one that faults and copies.

namespace doorway::mprotect {
namespace {

using enum Role;

Scenario With(std::initializer_list<Role> roles, Broken broken = Broken::kNothing) {
  Scenario scenario;
  scenario.broken = broken;
  for (const Role role : roles) scenario.roles[static_cast<std::size_t>(scenario.threads++)] = role;
  return scenario;
}

constexpr const char* kNlw = "no_lost_write";
constexpr const char* kG1 = "no_write_after_wp_return";

// mprotect in one of its ways, the VMA writable before and after (other rights change, or the protection key).
Case Mprotect(const char* name, const char* summary, const char* about, Way way, const char* violated,
              bool last_vma = false) {
  Case one{std::string("mprotect/") + name, summary, about, With({kCpu, kCpu, kMprotect}), kNoLostWrite, violated};
  one.scenario.way = way;
  one.scenario.last_vma = last_vma;
  return one;
}

std::vector<Case> Ways() {
  return {
      Mprotect("write_lock", "mprotect holds mmap_lock for writing, over the flush",
               "No fault is under way, and none begins, until the flush is done. ", Way::kWriteLock, ""),
      Mprotect("downgrade_after_flush", "mprotect downgrades mmap_lock after the flush: safe",
               "Nothing is left to do then but to go. ", Way::kDowngradeAfterFlush, ""),
      Mprotect("downgrade_before_flush", "mprotect downgrades mmap_lock between the change of the entry and the flush",
               "A fault comes in between, and copies the page that the other CPU still writes to. ",
               Way::kDowngradeBeforeFlush, kNlw),
      Mprotect("downgrade_first", "mprotect downgrades mmap_lock before it changes the entry",
               "Why not, if munmap does so? Because a fault may come between the change and the flush, and nothing in "
               "the entry tells it. ",
               Way::kDowngradeFirst, kNlw),
      Mprotect("downgrade_last_vma", "... for the last VMA of the range, which is as bad",
               "That the walk from VMA to VMA is not disturbed is one thing (mprotect/walk/cached_next), the flush "
               "another. ",
               Way::kDowngradeFirst, kNlw, true),
      Mprotect("downgrade_last_vma/flush_under_ptl",
               "... unless the flush comes before the page-table lock is released", "", Way::kDowngradeThenPtl, "",
               true),
      Mprotect("read_lock", "mprotect holds mmap_lock for reading, and no marker diverts faults", "", Way::kReadLock,
               kNlw),
      Mprotect("flush_under_ptl", "mprotect flushes before it releases the page-table lock",
               "What KSM does: no fault can see the changed entry before the flush is done. ", Way::kFlushUnderPtl, ""),
  };
}

// Four pairs of a marker and its catcher: an entry that is demoted under mmap_lock for reading, and flushed later.
void AddPair(std::vector<Case>& cases, Marker marker, bool huge) {
  const bool uffd_wp = marker == Marker::kUffdWp;
  const std::string name = std::string("mprotect/") + (uffd_wp ? "uffd_wp" : "protnone") + (huge ? "_huge" : "_page");
  const std::string entry = huge ? "a huge entry" : "an entry";
  const unsigned claims = uffd_wp ? kNoLostWrite | kDeadEnd : kNoLostWrite;
  const std::string catcher = uffd_wp ? "the fault sleeps" : "the fault gives the access back";
  const auto add = [&](const char* variant, const std::string& summary, const std::string& about, Scenario scenario,
                       const char* violated) {
    scenario.marker = marker;
    scenario.huge = huge;
    cases.push_back({name + variant, summary, about, scenario, claims, violated});
  };
  if (uffd_wp) {
    add("", entry + " is marked under mmap_lock for reading, and flushed later: " + catcher,
        "The marker diverts faults while the TLB may be stale. KSM takes W, too, so that pages get copied. ",
        With({kCpu, kCpu, kMark, kKsm}), "");
  } else {
    add("", entry + " is marked under mmap_lock for reading, and flushed later: " + catcher,
        "The marker diverts faults while the TLB may be stale. Afterwards KSM takes W, so that pages get copied. ",
        With({kCpu, kCpu, kMarkThenKsm}), "");
    add("/beside_ksm", "the same, with KSM on another CPU meanwhile",
        "KSM takes W from the entry before, while or after it is marked. ", With({kCpu, kCpu, kMark, kKsm}), "");
    cases.back().states_only = true;
  }
  add("/no_catcher", "a fault goes on although it meets the marker", "", With({kCpu, kCpu, kMark}, Broken::kNoCatcher),
      kNlw);
  if (!uffd_wp) {
    add("/no_recheck", "the catcher does not ask whether the entry is still the one that it saw",
        "The other CPU has got the access back, lost it to KSM, and replaced the page, meanwhile. ",
        With({kCpu, kCpu, kMarkThenKsm}, Broken::kNoRecheck), "no_failed_check");
  }
  if (!huge) return;
  Scenario split = With({kCpu, kCpu, kMark}, Broken::kNoCatcher);
  split.splits = true;
  add("/split_no_catcher",
      uffd_wp ? "... and splits the huge entry: no write is lost, but the fault is not caught"
              : "... and splits the huge entry: the flush of the split does what a catcher would",
      "Linux since 5.8. A fault that wants one page of a huge entry flushes it before it copies, so that no CPU stores "
      "to the old page any more. ",
      split, uffd_wp ? "dead_end" : "");
  if (!uffd_wp) return;
  split = With({kCpu, kMark, kKsm}, Broken::kSplitDropsMarker);
  split.splits = true;
  add("/split_drops_marker", "who splits the huge entry forgets the marker",
      "KSM splits what it wants a page of. No write is lost, since a split flushes; but the fault is not caught. ",
      split, "dead_end");
}

std::vector<Case> Neighbours() {
  std::vector<Case> cases;
  const auto ksm = [&](const char* variant, Marker marker, const char* summary, const char* about, Broken broken,
                       const char* violated) {
    Case one{std::string("mprotect/ksm") + variant,
             summary,
             about,
             With({kCpu, kMark, kKsm}, broken),
             kNoWriteAfterReturn,
             violated};
    one.scenario.marker = marker;
    one.scenario.ksm_returns = true;
    cases.push_back(one);
  };
  constexpr const char* kAsked =
      "KSM compares pages after it has taken W: from then on, until a fault replaces the page, nothing may be stored "
      "there. ";
  ksm("", Marker::kUffdWp, "KSM takes W, and flushes if there was W or a flush is pending", kAsked, Broken::kNothing,
      "");
  ksm("/ignores_pending", Marker::kUffdWp, "KSM does not flush for an entry that somebody else has just demoted",
      kAsked, Broken::kIgnoresPending, kG1);
  ksm("/begin_after_change", Marker::kUffdWp, "a flush counts as pending only after the change of the entry", kAsked,
      Broken::kBeginAfterChange, kG1);
  ksm("/protnone", Marker::kProtNone, "... and if the marker of NUMA balancing hides W", kAsked, Broken::kNothing, "");
  ksm("/protnone_ignores_saved_write", Marker::kProtNone,
      "KSM takes an entry that only the marker keeps from being writable for read-only", kAsked,
      Broken::kIgnoresSavedWrite, kG1);

  const auto reclaim = [&](const char* variant, const char* summary, const char* about, Broken broken,
                           const char* violated) {
    Case one{std::string("mprotect/reclaim") + variant,
             summary,
             about,
             With({kCpu, kMprotect, kReclaim}, broken),
             kNoWriteAfterReturn,
             violated};
    one.scenario.read_only = true;
    cases.push_back(one);
  };
  reclaim(
      "", "mprotect to read-only, while reclaim unmaps the page and flushes later, with others",
      "Reclaim takes the page-table lock alone. mprotect asks, under it, whether such flushes are to come, and then "
      "flushes at once. ",
      Broken::kNothing, "");
  reclaim("/flush_if_changed", "mprotect finds nothing to change, and does not flush",
          "It returns while a CPU still has the entry that reclaim took: a store retires after mprotect has promised "
          "that none will. Linux until 3ea277194daa. ",
          Broken::kFlushIfChanged, kG1);
  return cases;
}

}  // namespace

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> all = Ways();
    for (const Marker marker : {Marker::kUffdWp, Marker::kProtNone}) {
      for (const bool huge : {false, true}) AddPair(all, marker, huge);
    }
    for (Case& one : Neighbours()) all.push_back(std::move(one));
    return all;
  }();
  return cases;
}

}  // namespace doorway::mprotect

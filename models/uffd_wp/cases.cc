#include "models/uffd_wp/cases.h"

#include <initializer_list>

// Each case says in `about` only what is particular to it; register.cc adds what all have in common.
//
// Cells that hold have write-protect, un-protect and two CPUs. Cells that fail have the smallest client
// that shows it; a lost write always takes two CPUs, one with a stale entry and one that copies.

namespace doorway::uffd_wp {
namespace {

using enum Role;

Scenario Client(Design design, std::initializer_list<Role> roles, Variant variant = Variant::kAsDesigned) {
  Scenario scenario;
  scenario.design = design;
  scenario.variant = variant;
  for (const Role role : roles) scenario.roles[static_cast<std::size_t>(scenario.threads++)] = role;
  return scenario;
}

Scenario Full(Design design, Variant variant = Variant::kAsDesigned) {
  return Client(design, {kCpu, kCpu, kWp, kUnKeeps}, variant);
}
Scenario FullClears(Design design, Variant variant = Variant::kAsDesigned) {
  return Client(design, {kCpu, kCpu, kWp, kUnClears}, variant);
}
// Un-protect alone: the race needs no write-protect where un-protect clears W.
Scenario Clears(Design design, Variant variant = Variant::kAsDesigned) {
  return Client(design, {kCpu, kCpu, kUnClears}, variant);
}
Scenario Entry(Design design, Variant variant = Variant::kAsDesigned) {
  return Client(design, {kIdleCpu, kWp, kUnKeeps}, variant);
}

constexpr const char* kNlw = "no_lost_write";
constexpr const char* kG1 = "no_write_after_wp_return";
constexpr const char* kG2 = "no_stale_writable_entry_at_unprotect";

constexpr const char* kUnClearsAlone =
    "Un-protect clears W on an entry that was never protected, with its flush still to come and no marker to stop a "
    "fault: one CPU faults and copies while the other stores through its stale entry. ";

std::vector<Case> Designs() {
  return {
      {"uffd_wp/none", "ioctls and faults exclude nobody: a write is lost",
       "All hold mmap_lock for reading. Un-protect clears the marker while the flush of write-protect is still to "
       "come; a "
       "fault copies the page; the stale entry takes a store that the copy lacks. ",
       LockKind::kMutex, Full(Design::kNone), kGuarantees, kNlw},
      {"uffd_wp/none/stale_entry", "nothing makes un-protect wait for the flush of write-protect",
       "The smallest client for it: a CPU with a writable entry that runs nothing. ", LockKind::kMutex,
       Entry(Design::kNone), kNoStaleEntry, kG2},
      {"uffd_wp/none/un_clears_w", "as Linux 5.10 had it: un-protect alone loses a write", kUnClearsAlone,
       LockKind::kMutex, Clears(Design::kNone), kNoLostWrite, kNlw},

      {"uffd_wp/mutex", "a mutex between the ioctls, held over the flush",
       "Write-protect and un-protect take one mutex, which also keeps two calls of one kind apart. ", LockKind::kMutex,
       Full(Design::kLock), kAll, ""},
      {"uffd_wp/mutex/un_clears_w", "the mutex does not help against an un-protect that clears W", kUnClearsAlone,
       LockKind::kMutex, Clears(Design::kLock), kNoLostWrite, kNlw},

      {"uffd_wp/group_lock", "a strict-fair group lock between the ioctls, held over the flush",
       "Calls of one kind run in parallel, of different kinds never; the lock is held until the flush is done. Faults "
       "do not take it. "
       "The lock is one per address space. ",
       LockKind::kStrictFair, Full(Design::kLock), kAll, ""},
      {"uffd_wp/group_lock/queued", "the same with the real lock: an inner mutex and waiter nodes",
       "The strict-fair group lock as one would build it (locks/queued_group_lock.h). ", LockKind::kStrictFairQueue,
       Full(Design::kLock), kAll, ""},
      {"uffd_wp/group_lock/un_clears_w", "the group lock does not help against an un-protect that clears W",
       kUnClearsAlone, LockKind::kStrictFair, Clears(Design::kLock), kNoLostWrite, kNlw},

      {"uffd_wp/rwsem_two_atomics", "as a group lock, the rwsem and two atomics",
       "The group lock that was posted as a patch: a rwsem and a counter for each group "
       "(locks/rwsem_two_atomics_lock.h). With one CPU, which can't lose a write: see "
       "uffd_wp/rwsem_two_atomics/two_cpus. ",
       LockKind::kRwSemTwoAtomics, Client(Design::kLock, {kCpu, kWp, kUnKeeps}), kAll & ~kNoLostWrite, ""},
      {"uffd_wp/rwsem_two_atomics/two_cpus", "the same with two CPUs", "", LockKind::kRwSemTwoAtomics,
       Full(Design::kLock), kAll, "", Case::Under::kScOnly},

      {"uffd_wp/mmap_write", "the ioctls take mmap_lock for writing",
       "The first patch. Faults hold mmap_lock for reading, from the fault decision to the end of the copy. ",
       LockKind::kMutex, Full(Design::kMmapWrite), kAll, ""},
      {"uffd_wp/mmap_write/un_clears_w", "the ioctls take mmap_lock for writing, and un-protect clears W",
       "The first patch, with un-protect as Linux 5.10 has it. ", LockKind::kMutex, FullClears(Design::kMmapWrite),
       kAll, ""},

      {"uffd_wp/flush_under_ptl", "the ioctls flush before they release the page-table lock",
       "No fault can see the changed entry before the flush is done. ", LockKind::kMutex, Full(Design::kFlushUnderPtl),
       kAll, ""},
      {"uffd_wp/flush_under_ptl/un_clears_w", "flush under the page-table lock, and un-protect clears W",
       "No fault can see the changed entry before the flush is done. ", LockKind::kMutex,
       FullClears(Design::kFlushUnderPtl), kAll, ""},

      {"uffd_wp/pending_count", "a fault that sees a flush pending flushes first: no write is lost",
       "The fix that Linux took (6ce64428d620). It does not promise that un-protect finds no stale entry: that claim "
       "is uffd_wp/pending_count/stale_entry. ",
       LockKind::kMutex, Full(Design::kPendingCount), kAll & ~kNoStaleEntry, ""},
      {"uffd_wp/pending_count/un_clears_w", "the same where un-protect clears W",
       "The fix that Linux took (6ce64428d620), with un-protect as Linux 5.10 has it. ", LockKind::kMutex,
       FullClears(Design::kPendingCount), kAll & ~kNoStaleEntry, ""},
      {"uffd_wp/pending_count/stale_entry", "un-protect does not wait for the flush of write-protect",
       "What the fix leaves as it was. ", LockKind::kMutex, Entry(Design::kPendingCount), kNoStaleEntry, kG2},
  };
}

std::vector<Case> Variants() {
  std::vector<Case> cases = {
      {"uffd_wp/group_lock/no_dead_end", "a fault goes on although it meets the marker",
       "Then a fault copies the page while write-protect has its flush still to come. ", LockKind::kStrictFair,
       Client(Design::kLock, {kCpu, kCpu, kWp}, Variant::kNoDeadEnd), kNoLostWrite | kDeadEnd, kNlw},
      {"uffd_wp/group_lock/wp_never_flushes", "write-protect leaves out the flush", "", LockKind::kStrictFair,
       Client(Design::kLock, {kCpu, kWp}, Variant::kWpNeverFlushes), kNoWriteAfterWpReturn, kG1},
      {"uffd_wp/group_lock/flush_if_changed", "write-protect flushes only if it changed the entry",
       "The second of two calls finds the entry protected, and returns while the first has its flush still to come. ",
       LockKind::kStrictFair, Client(Design::kLock, {kCpu, kWp, kWp}, Variant::kFlushIfChanged), kNoWriteAfterWpReturn,
       kG1},
      {"uffd_wp/group_lock/flush_if_changed_or_pending", "... or if another flush is pending, which is enough",
       "What Linux does since 5.19: without a change of its own a call flushes only if the count of pending flushes, "
       "its own included, is above one. ",
       LockKind::kStrictFair, Client(Design::kLock, {kCpu, kCpu, kWp, kWp}, Variant::kFlushIfChangedOrPending),
       kNoWriteAfterWpReturn | kDeadEnd, ""},
      {"uffd_wp/group_lock/unlock_before_flush", "the group lock is released before the flush",
       "It then no longer makes un-protect wait for what it was there for. ", LockKind::kStrictFair,
       Entry(Design::kLock, Variant::kUnlockBeforeFlush), kNoStaleEntry, kG2},
      {"uffd_wp/group_lock/unlock_before_flush_loses_write", "... and a write is lost", "The same with two CPUs. ",
       LockKind::kStrictFair, Full(Design::kLock, Variant::kUnlockBeforeFlush), kGuarantees, kNlw},
      {"uffd_wp/group_lock/no_pte_same", "a fault maps its copy without asking whether the entry is still the same",
       "Of two faults that copy the page, the second throws away the first one's copy and what was stored there. ",
       LockKind::kStrictFair, Client(Design::kLock, {kCpu, kCpu, kUnClears}, Variant::kNoPteSame), kNoLostWrite, kNlw},

      {"uffd_wp/pending_count/begin_after_change", "a flush counts as pending only after the change of the entry", "",
       LockKind::kMutex, Clears(Design::kPendingCount, Variant::kBeginAfterChange), kNoLostWrite, kNlw},
      {"uffd_wp/pending_count/end_before_flush", "a flush stops counting as pending before it is done", "",
       LockKind::kMutex, Clears(Design::kPendingCount, Variant::kEndBeforeFlush), kNoLostWrite, kNlw},
      {"uffd_wp/pending_count/flag", "a flag instead of the count of pending flushes",
       "The end of an ioctl on another range clears the flag while the flush of the first is still to come. With one "
       "range "
       "alone this stays hidden. Linux had it so until 16af97dc5a89 (2017). ",
       LockKind::kMutex, Client(Design::kPendingCount, {kCpu, kCpu, kUnClears, kUnOtherRange}, Variant::kPendingFlag),
       kNoLostWrite, kNlw},

      {"uffd_wp/flush_under_ptl/promote_any_page", "un-protect sets W on a page that a fault may be copying",
       "No TLB entry is stale in it. The entry goes from read-only to writable and back while a fault copies the page; "
       "the fault finds the entry as it was, and maps a copy that lacks the stores between. ",
       LockKind::kMutex, Client(Design::kFlushUnderPtl, {kCpu, kCpu, kUnThreeTimes}), kNoLostWrite, kNlw},
      {"uffd_wp/flush_under_ptl/promote_unpinned", "... unless the page has other references, as a copier's",
       "The rule of Linux 5.10: a page with references besides the mapping's is copied, never made writable, and who "
       "copies holds one. The "
       "reference that forces copies is dropped by the promoting un-protect's thread. ",
       LockKind::kMutex, Client(Design::kFlushUnderPtl, {kCpu, kCpu, kUnThreeTimes}, Variant::kPromoteUnpinned),
       kNoLostWrite, ""},
      {"uffd_wp/flush_under_ptl/promote_exclusive", "... unless faults would copy the page",
       "The rule of later kernels: only exclusive pages are made writable, and those are never copied. ",
       LockKind::kMutex, Client(Design::kFlushUnderPtl, {kCpu, kCpu, kUnThreeTimes}, Variant::kPromoteExclusive),
       kNoLostWrite, ""},

      {"uffd_wp/group_lock/fault_sleeps", "a monitor that answers the fault wakes it",
       "Write-protect and un-protect are called by one thread, as by a monitor that answers. The fault sleeps without "
       "the lock and goes on "
       "when the marker is gone. ",
       LockKind::kStrictFair, Client(Design::kLock, {kCpu, kWpThenUn}, Variant::kSleep), kGuarantees & ~kNoLostWrite,
       ""},
      {"uffd_wp/group_lock/fault_sleeps_with_lock", "a fault sleeps with the group lock held: deadlock",
       "Must the fault handler take the lock too? No: with it held, the un-protect that would wake the fault waits for "
       "it. ",
       LockKind::kStrictFair, Client(Design::kLock, {kCpu, kWpThenUn}, Variant::kSleepWithLock), kDeadEnd,
       "no_stuck_thread"},
  };

  cases.push_back({"uffd_wp/mmap_write/fault_sleeps", "a fault drops mmap_lock before it sleeps",
                   "As uffd_wp/group_lock/fault_sleeps, for the first patch. ", LockKind::kMutex,
                   Client(Design::kMmapWrite, {kCpu, kWpThenUn}, Variant::kSleep), kGuarantees & ~kNoLostWrite, ""});
  cases.push_back({"uffd_wp/mmap_write/fault_sleeps_with_lock", "a fault sleeps with mmap_lock held: deadlock",
                   "Why a fault has to drop mmap_lock before it sleeps. ", LockKind::kMutex,
                   Client(Design::kMmapWrite, {kCpu, kWpThenUn}, Variant::kSleepWithLock), kDeadEnd,
                   "no_stuck_thread"});

  const auto defect = [&](const char* name, const char* summary, LockKind lock,
                          Case::Under under = Case::Under::kBoth) {
    cases.push_back({std::string("uffd_wp/rwsem_two_atomics/") + name, summary,
                     "The lock lets members of both groups in together; here is what becomes of it. ", lock,
                     Entry(Design::kLock), kNoStaleEntry, kG2, under});
  };
  defect("look_first", "a member looks for the others before it announces itself", LockKind::kLookFirst);
  defect("no_second_look", "a writer downgrades without looking again", LockKind::kNoSecondLook);
  defect("withdraw_inside", "a member withdraws as soon as it is inside", LockKind::kWithdrawInside);
  defect("no_barrier", "announce and look without a full barrier between", LockKind::kNoBarrier,
         Case::Under::kViolatedOnlyUnderRc11);

  cases.push_back({"uffd_wp/group_lock/per_mm", "two userfaultfds under one group lock of their address space",
                   "Write-protect of one range and un-protect of another, which have nothing to do with each other: "
                   "under one lock they "
                   "never run in parallel. Compare uffd_wp/group_lock/per_uffd. ",
                   LockKind::kStrictFair, Client(Design::kLock, {kCpu, kWp, kUnOtherRange}),
                   kNoWriteAfterWpReturn | kRangesInParallel, "ranges_in_parallel"});

  Case per_uffd = {
      "uffd_wp/group_lock/per_uffd",
      "a group lock per userfaultfd instead of per address space",
      "Two userfaultfds of one address space, each with a range of its own and its own lock. A range belongs to one "
      "userfaultfd, so its lock is enough, and ioctls of the two run in parallel. One CPU: a lost write takes two, and "
      "for it see "
      "uffd_wp/group_lock. ",
      LockKind::kStrictFair,
      Client(Design::kLock, {kCpu, kWp, kUnKeeps, kUnOtherRange}),
      (kAll & ~kNoLostWrite) | kRangesInParallel,
      ""};
  per_uffd.scenario.lock_per_range = true;
  cases.push_back(per_uffd);

  Case same_range = {
      "uffd_wp/group_lock/per_uffd_same_range",
      "two userfaultfds with a lock each on one range",
      "Why the lock must belong to what owns the range: if two userfaultfds could have the same range (the kernel "
      "refuses), their ioctls would not exclude each other. ",
      LockKind::kStrictFair,
      Client(Design::kLock, {kIdleCpu, kWp, kUnOtherRange}),
      kNoStaleEntry,
      kG2};
  same_range.scenario.lock_per_range = true;
  same_range.scenario.one_range_only = true;
  cases.push_back(same_range);
  return cases;
}

}  // namespace

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> all = Designs();
    for (Case& variant : Variants()) all.push_back(variant);
    return all;
  }();
  return cases;
}

}  // namespace doorway::uffd_wp

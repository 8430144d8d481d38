#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "harness/sync/waiter_fifo.h"
#include "locks/group_rules.h"
#include "locks/group_word.h"

// A lock for two groups, as a specification: members of one group run in parallel, members of both never; newcomers
// queue by the rule. The whole state is one word, and each step one update of it.
//
// Contract: not reentrant: a holder that enters again, as a member of either group, may wait for itself. At most ten
// threads wait. A thread leaves as a member of the group that it entered as.
// Fairness: the rule's (group_rules.h). Arrival is one step, and the last member to leave hands the lock to the next
// batch itself: it is never free while anybody waits.
// Progress: `update` is one step here; on hardware it is a compare-exchange loop, and which newcomer comes first under
// contention is the hardware's choice. The lock that one would ship is queued_group_lock.h.
//
// Source: the "two group semaphore" asked for in the userfaultfd write-protect discussion (linux-mm, January 2021).

namespace doorway {

template <class Sync, class Rule>
class PackedGroupLock {
 public:
  // Waits until this thread is inside as a member of `group` (0 or 1).
  void enter(int group) {
    if (!arrive(group)) wait();
  }

  // The two halves of enter: crosses the doorway, and says whether the thread is inside already; if not, it must wait.
  // Memory ordering: acquire, in both; pairs with exit's release. All changes of the word are updates, so each exit's
  // release heads a sequence that every later acquire reads from: a member of one group sees all that members of the
  // other did before they left.
  bool arrive(int group) {
    const int me = Sync::self();
    const Arrival arrival =
        word_.update(ArriveStep{}, ArrivalSeen{}, with(static_cast<std::uint8_t>(me), static_cast<std::uint8_t>(group)),
                     std::memory_order_acquire);
    Sync::tag(notes::kDoorway, me, static_cast<Value>(group));
    Sync::check(arrival != Arrival::kFull, "PackedGroupLock: more than ten threads wait");
    if (arrival == Arrival::kInside) Sync::tag(notes::kAdmit, me, static_cast<Value>(group));
    return arrival == Arrival::kInside;
  }
  void wait() {
    word_.await(IsNotQueued{}, unseen, with(static_cast<std::uint8_t>(Sync::self())), std::memory_order_acquire);
  }

  // Memory ordering: release; pairs with the acquires of arrive and wait.
  void exit(int /*group*/) {
    const WaiterFifo admitted = word_.update(DepartStep{}, AdmittedSeen{}, with(), std::memory_order_release);
    for (int i = 0; i < admitted.size(); ++i) {
      Sync::tag(notes::kAdmit, admitted.at(i).thread, static_cast<Value>(admitted.at(i).kind));
    }
  }

 private:
  enum class Arrival : std::uint8_t { kInside, kQueued, kFull };

  struct ArriveStep {
    constexpr GroupWord operator()(GroupWord word, std::uint8_t thread, std::uint8_t group) const {
      return Arrive<Rule>(word, thread, group);
    }
  };
  struct ArrivalSeen {
    constexpr Arrival operator()(GroupWord old, std::uint8_t /*thread*/, std::uint8_t group) const {
      return Admits<Rule>(old, group) ? Arrival::kInside : old.queue().full() ? Arrival::kFull : Arrival::kQueued;
    }
  };
  struct DepartStep {
    constexpr GroupWord operator()(GroupWord word) const { return Depart<Rule>(word); }
  };
  struct AdmittedSeen {  // whom the departure lets in
    constexpr WaiterFifo operator()(GroupWord old) const {
      const WaiterFifo before = old.queue();
      const WaiterFifo after = Depart<Rule>(old).queue();
      WaiterFifo admitted;
      for (int i = 0; i < before.size(); ++i) {
        if (!after.contains(before.at(i).thread)) admitted.push(before.at(i).thread, before.at(i).kind);
      }
      return admitted;
    }
  };
  struct IsNotQueued {
    constexpr bool operator()(GroupWord word, std::uint8_t thread) const { return !word.queue().contains(thread); }
  };

  typename Sync::template Atomic<GroupWord> word_{GroupWord{}, "lock"};
};

template <class Sync>
using StrictFairGroupLock = PackedGroupLock<Sync, StrictFair>;
template <class Sync>
using StrictFairPhaseGroupLock = PackedGroupLock<Sync, StrictFairPhase>;
template <class Sync>
using BoundedGroupLock = PackedGroupLock<Sync, BoundedUnfair<1>>;
template <class Sync>
using Bounded2GroupLock = PackedGroupLock<Sync, BoundedUnfair<2>>;

}  // namespace doorway

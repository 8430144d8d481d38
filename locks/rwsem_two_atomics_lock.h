#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/rw_sem.h"
#include "harness/sync/thread_set.h"

// A group lock made of a rwsem and two counters. Each member counts itself in its group's counter and looks at the
// other one. Nobody there: it takes the rwsem for read, beside its colleagues. Somebody there: it takes it for write,
// alone, looks again, and if they have gone becomes a reader after all.
//
// Why members of both groups never read-hold it together: each would have seen the other's counter at zero after
// raising its own, which is store buffering, and the seq_cst operations below forbid it. And a writer excludes
// everybody.
//
// Contract: members of one group run in parallel while the other group is away, one at a time while it is there: so it
// only approximates a group lock. Not reentrant.
// Fairness: counted from the rwsem's queue it is the rwsem's (LinuxRwSem, linux_rw_sem.h, is the real one), and over
// one that prefers readers it is still bounded by the members already under way: newcomers see the counter of the
// waiting group and come as writers, in the queue behind it. Counted from the first step of enter there is no bound.
//
// Source: a patch posted in the userfaultfd write-protect discussion (linux-mm, January 2021).

namespace doorway {

template <class Sync, class Semaphore = FairRwSem<Sync>>
class RwSemTwoAtomicsLock {
 public:
  // How a member holds the rwsem; it keeps this from enter to exit.
  enum class Mode : bool { kShared, kExclusive };

  // Waits until this thread is inside as a member of `group` (0 or 1).
  Mode enter(int group) { return others_seen(group) ? enter_exclusive(group) : enter_shared(group); }

  // enter in two steps: announces this member and says whether the other group is about; then one of the two that
  // follow.
  // Memory ordering: seq_cst, both operations. They are one side of a store-buffering pair; the other side is the same
  // two steps of a member of the other group. At least one of the two sees the other.
  bool others_seen(int group) {
    announce(group);
    return others_present(group);
  }

  Mode enter_shared(int group) {
    if constexpr (kTagsItself) {
      rwsem_.down_read(static_cast<Value>(group));
    } else {
      const bool inside = rwsem_.start_read();
      tag_arrival(group, inside);
      if (!inside) rwsem_.finish();
    }
    return Mode::kShared;
  }

  Mode enter_exclusive(int group) {
    down_write(group);
    if (others_still_present(group)) return Mode::kExclusive;
    downgrade();
    return Mode::kShared;
  }

  void exit(int group, Mode mode) {
    release(mode);
    withdraw(group);
  }

 protected:
  void announce(int group) { present_[group].fetch_add(1, std::memory_order_seq_cst); }
  bool others_present(int group) { return present_[1 - group].load(std::memory_order_seq_cst) != 0; }

  // The second look, by who holds the rwsem for write.
  // Memory ordering: relaxed. Members that have withdrawn released the rwsem before this one took it, and are ordered
  // by that; those to come announce themselves later than the first look, and will see this one by its order.
  bool others_still_present(int group) { return present_[1 - group].load(std::memory_order_relaxed) != 0; }

  // Memory ordering: release; pairs with the acquire of who reads zero because of it and then shares the rwsem: the
  // zero says that this section is over. (RC11 would do without: it lets no later write overtake the rwsem's release, a
  // kind of load buffering that hardware has.)
  void withdraw(int group) { present_[group].fetch_sub(1, std::memory_order_release); }

  void down_write(int group) {
    if constexpr (kTagsItself) {
      rwsem_.down_write(static_cast<Value>(group));
    } else {
      const bool inside = rwsem_.start_write();
      tag_arrival(group, inside);
      if (!inside) rwsem_.finish();
    }
  }
  void downgrade() {
    if constexpr (kTagsItself) {
      rwsem_.downgrade();
    } else {
      tag_admitted(rwsem_.downgrade());
    }
  }
  void release(Mode mode) {
    if constexpr (kTagsItself) {
      mode == Mode::kShared ? rwsem_.up_read() : rwsem_.up_write();
    } else {
      tag_admitted(mode == Mode::kShared ? rwsem_.up_read() : rwsem_.up_write());
    }
  }

  // Whether the rwsem says by itself who arrives and who is let in: one whose steps are many has to.
  static constexpr bool kTagsItself = requires(Semaphore & semaphore, Value group) { semaphore.down_read(group); };

  // The doorway is where the rwsem queues, not the first step of enter.
  void tag_arrival(int group, bool inside) {
    Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    if (inside) Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
  }
  void tag_admitted(ThreadSet admitted) {
    admitted.for_each([](int thread) { Sync::tag(notes::kAdmit, thread); });
  }

  Semaphore rwsem_{"rwsem"};
  typename Sync::template Atomic<std::int32_t> present_[2] = {
      typename Sync::template Atomic<std::int32_t>(0, ObjectName("present", 0)),
      typename Sync::template Atomic<std::int32_t>(0, ObjectName("present", 1))};
};

}  // namespace doorway

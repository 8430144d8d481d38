#pragma once

#include "harness/sync/notes.h"
#include "harness/sync/rw_sem.h"
#include "harness/sync/thread_set.h"

// A rwsem where a group lock is called for: group 0 reads, group 1 writes. The baseline that helps one group only.
//
// Contract: members of group 0 run in parallel; members of group 1 exclude everybody, each other too. Not reentrant.
// Fairness: the rwsem's. Over one that prefers readers, two overlapping members of group 0 starve group 1.

namespace doorway {

template <class Sync, class Semaphore = ReadPreferringRwSem<Sync>>
class RwSemGroupLock {
 public:
  // Memory ordering: the rwsem's: acquire here, release in exit.
  void enter(int group) {
    const bool inside = group == 0 ? rwsem_.start_read() : rwsem_.start_write();
    Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    if (inside) {
      Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
    } else {
      rwsem_.finish();
    }
  }

  void exit(int group) {
    const ThreadSet admitted = group == 0 ? rwsem_.up_read() : rwsem_.up_write();
    admitted.for_each([](int thread) { Sync::tag(notes::kAdmit, thread); });
  }

 private:
  Semaphore rwsem_{"rwsem"};
};

}  // namespace doorway

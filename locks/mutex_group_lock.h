#pragma once

#include "harness/sync/mutex.h"
#include "harness/sync/notes.h"

// A mutex where a group lock is called for: the baseline that excludes too much.
//
// Contract: one member inside at a time, whatever its group. Not reentrant.
// Fairness: the mutex's.

namespace doorway {

template <class Sync>
class MutexGroupLock {
 public:
  // Memory ordering: the mutex's: acquire here, release in exit.
  void enter(int group) {
    lock_.lock();
    Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
  }
  void exit(int /*group*/) { lock_.unlock(); }

 private:
  Mutex<Sync> lock_{"mutex"};
};

}  // namespace doorway

#pragma once

#include "harness/sync/mutex.h"
#include "harness/sync/notes.h"

// The textbook group lock: the first member of a group takes the room, the last one gives it back, and a turnstile in
// front keeps newcomers behind whoever waits for the room.
//
// Contract: members of one group run in parallel, members of both never. The room is given back by another thread than
// took it, so it must be a semaphore, not a mutex with an owner. Not reentrant.
// Fairness: whoever has passed the turnstile is admitted before anybody else passes it, so no overtakes from there. At
// the turnstile, its own. Without one (an empty Turnstile) members of the group inside go on joining, and starve the
// other group.
//
// Source: the readers-writers solution of Courtois, Heymans and Parnas (1971), made symmetric.

namespace doorway {

template <class Sync, class Turnstile = Mutex<Sync>>
class ReadersEntryLock {
 public:
  // Waits until this thread is inside as a member of `group` (0 or 1).
  // Memory ordering: by the mutexes alone, acquire here and release in exit: the count's orders members of one group,
  // so that its first and last member speak for all; the room's orders last and first of different groups.
  void enter(int group) {
    turnstile_.lock();
    door_[group].lock();
    Sync::tag(notes::kDoorway, Sync::self(), static_cast<Value>(group));
    const int members = members_[group].get();
    if (members == 0) room_.lock();
    members_[group].set(members + 1);
    Sync::tag(notes::kAdmit, Sync::self(), static_cast<Value>(group));
    door_[group].unlock();
    turnstile_.unlock();
  }

  void exit(int group) {
    door_[group].lock();
    const int members = members_[group].get() - 1;
    members_[group].set(members);
    if (members == 0) room_.unlock();
    door_[group].unlock();
  }

 private:
  Turnstile turnstile_{"turnstile"};
  Mutex<Sync> door_[2] = {Mutex<Sync>(ObjectName("door", 0)), Mutex<Sync>(ObjectName("door", 1))};
  typename Sync::template Var<int> members_[2] = {  // each by its door
      typename Sync::template Var<int>(0, ObjectName("members", 0)),
      typename Sync::template Var<int>(0, ObjectName("members", 1))};
  Mutex<Sync> room_{"room"};
};

}  // namespace doorway

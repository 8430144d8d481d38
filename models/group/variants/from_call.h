#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/fifo_mutex.h"
#include "locks/readers_entry_lock.h"
#include "models/group/clients.h"

// Clients that say when they call enter. From the doorway on a queueing lock is fair by its own rule; how long a thread
// may be on its way there depends on what it passes: an inner lock, a turnstile.

namespace doorway {

inline constexpr NoteKind kCalls{"calls"};  // note: the subject calls enter

template <class Sync, template <class> class LockOf>
class FromCall : public GroupClients<Sync, LockOf> {
 public:
  using GroupClients<Sync, LockOf>::GroupClients;

  void thread(int me) {
    const int group = this->GroupOf(me);
    this->Repeat([this, me, group] {
      Sync::note(kCalls, me, static_cast<Value>(group));
      this->Visit(me, group);
    });
  }
};

template <class Sync>
using ReadersEntryWithFifoTurnstile = ReadersEntryLock<Sync, FifoMutex<Sync>>;

}  // namespace doorway

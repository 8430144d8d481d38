#pragma once

#include "harness/sync/operands.h"
#include "locks/readers_entry_lock.h"

namespace doorway {

// A turnstile that nobody has to wait at.
struct NoTurnstile {
  explicit NoTurnstile(ObjectName /*name*/) {}
  void lock() {}
  void unlock() {}
};

template <class Sync>
using ReadersEntryWithoutTurnstile = ReadersEntryLock<Sync, NoTurnstile>;

}  // namespace doorway

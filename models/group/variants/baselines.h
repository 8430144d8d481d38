#pragma once

#include "harness/sync/operands.h"
#include "harness/sync/rw_sem.h"
#include "locks/readers_entry_lock.h"
#include "locks/rwsem_group_lock.h"

// The baselines as templates over Sync alone, and one of them got wrong.

namespace doorway {

template <class Sync>
using ReadPreferringRwSemGroupLock = RwSemGroupLock<Sync>;

template <class Sync>
using FairRwSemGroupLock = RwSemGroupLock<Sync, FairRwSem<Sync>>;

template <class Sync>
using ReadersEntryWithTurnstile = ReadersEntryLock<Sync>;

// A turnstile that nobody has to wait at.
struct NoTurnstile {
  explicit NoTurnstile(ObjectName /*name*/) {}
  void lock() {}
  void unlock() {}
};

template <class Sync>
using ReadersEntryWithoutTurnstile = ReadersEntryLock<Sync, NoTurnstile>;

}  // namespace doorway

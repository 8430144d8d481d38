#pragma once

#include "locks/group_rules.h"
#include "locks/packed_group_lock.h"

// Rules for queueing group locks that look right and are not, and one that costs something else than expected.

namespace doorway {

// Members of the group inside join whoever waits: two of them that overlap keep the other group out for ever.
struct JoinPastQueue {
  static constexpr Batch kBatch = Batch::kPrefix;
  static constexpr bool Joins(const Occupancy&) { return true; }
};
template <class Sync>
using JoinPastQueueLock = PackedGroupLock<Sync, JoinPastQueue>;

// At most K members inside while others wait, instead of at most K more: each that leaves makes room for another.
template <int K>
struct BoundActive {
  static constexpr Batch kBatch = Batch::kPrefix;
  static constexpr bool Joins(const Occupancy& now) { return StrictFair::Joins(now) || now.members < K; }
};
template <class Sync>
using BoundActiveLock = PackedGroupLock<Sync, BoundActive<2>>;

// At most K more in each phase, whoever waits: a waiter may sit through two phases of the other group.
template <int K>
struct BoundPerPhase {
  static constexpr Batch kBatch = Batch::kPrefix;
  static constexpr bool Joins(const Occupancy& now) { return StrictFair::Joins(now) || now.extra < K; }
};
template <class Sync>
using BoundPerPhaseLock = PackedGroupLock<Sync, BoundPerPhase<1>>;

}  // namespace doorway

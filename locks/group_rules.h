#pragma once

#include <cstdint>

// What makes one queueing group lock differ from another: whom it lets join the holders while others wait, and whom it
// lets in when the holders have gone. The locks themselves (packed_group_lock.h, queued_group_lock.h) take a rule as a
// parameter; a new rule is a struct like the ones below.

namespace doorway {

// The lock as a newcomer of the holding group finds it.
struct Occupancy {
  int members;      // inside
  int own_waiting;  // of the newcomer's group
  int other_waiting;
  int extra;  // members that joined since the last change of group though others waited
};

// Whom the last member to leave lets in, besides the head of the queue.
enum class Batch : std::uint8_t {
  kPrefix,  // those of its group behind it, up to the first of the other group: the queue is left in order
  kGroup,   // all of its group: phases alternate, at the price of some overtaking
};

// Nobody joins once anybody waits. The requirement of the userfaultfd discussion ("full fairness"). Overtakes by the
// other group: 0. A waiter may sit through several phases, but each was in the queue before it.
struct StrictFair {
  static constexpr Batch kBatch = Batch::kPrefix;
  static constexpr bool Joins(const Occupancy& now) { return now.own_waiting + now.other_waiting == 0; }
};

// The same, phase-fair: a waiter sits through the rest of the current phase and at most one phase of the other group.
// Overtakes by the other group: up to its size less one, since in queue B1 A B2 all of group B goes before A, B2 too,
// which arrived later.
struct StrictFairPhase {
  static constexpr Batch kBatch = Batch::kGroup;
  static constexpr bool Joins(const Occupancy& now) { return StrictFair::Joins(now); }
};

// Up to K newcomers of the holding group join a phase though the other group waits, but none once one of their own
// group had to queue. Overtakes of a waiter by the other group: at most K in all.
//
// The second condition is what makes the bound hold for any number of threads. Suppose the queue is A1 B A2 X, X of
// group B, held by group B: without it, K newcomers may overtake X in the phase of A1 and K more in that of A2.
template <int K>
struct BoundedUnfair {
  static constexpr Batch kBatch = Batch::kPrefix;
  static constexpr bool Joins(const Occupancy& now) {
    return now.own_waiting == 0 && (now.other_waiting == 0 || now.extra < K);
  }
};

}  // namespace doorway

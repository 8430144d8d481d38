#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/uffd_wp/scenario.h"

// The write-protect models by name: scenario, lock, claims, and which claim must be found violated. Plain data, so that
// every engine's registration can read it.

namespace doorway::uffd_wp {

enum class LockKind : std::uint8_t {
  kMutex,
  kStrictFair,       // the specification, in one word
  kStrictFairQueue,  // the real lock
  kRwSemTwoAtomics,
  kLookFirst,  // the rwsem and two atomics with a defect: models/group/variants/rwsem_two_atomics.h
  kNoSecondLook,
  kWithdrawInside,
  kNoBarrier,
};

enum Claim : unsigned {
  kNoLostWrite = 1,
  kNoWriteAfterWpReturn = 2,
  kNoStaleEntry = 4,
  kDeadEnd = 8,
  kContentChanges = 16,    // exists
  kRangesInParallel = 32,  // exists

  kGuarantees = kNoLostWrite | kNoWriteAfterWpReturn | kNoStaleEntry | kDeadEnd,
  kAll = kGuarantees | kContentChanges,
};

struct Case {
  std::string name;
  std::string summary;
  std::string about;
  LockKind lock = LockKind::kStrictFair;
  Scenario scenario;
  unsigned claims = 0;   // besides those that every model makes
  std::string violated;  // the claim that must be found violated, or, if it is an exists claim, without a witness;
                         // empty: verified
  enum class Under : std::uint8_t {
    kBoth,
    kViolatedOnlyUnderRc11,  // verified under SC
    kScOnly,                 // nothing is said about RC11: the search is long
  } under = Under::kBoth;
};

const std::vector<Case>& Cases();

}  // namespace doorway::uffd_wp

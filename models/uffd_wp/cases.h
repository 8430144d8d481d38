#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/uffd_wp/scenario.h"

// The write-protect models by name: scenario, lock, claims, and which claim must be found violated. Plain data, so that
// every engine's registration can read it.

namespace doorway::uffd_wp {

enum class LockKind : std::uint8_t { kStrictFair, kMutex };

enum Claim : unsigned {
  kNoLostWrite = 1,
  kNoWriteAfterWpReturn = 2,
  kNoStaleEntry = 4,
  kDeadEnd = 8,
  kContentChanges = 16,  // exists
  kRangesOverlap = 32,   // exists

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
  std::string violated;  // empty: verified
};

const std::vector<Case>& Cases();

}  // namespace doorway::uffd_wp

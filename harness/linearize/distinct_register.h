#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harness/linearize/interval.h"

// Registers to which every value is written once at most, in O(n log n), however many operations overlap: Gibbons and
// Korach 1997, "Testing shared memories", section 4.

namespace doorway::linearize {

// A read or a write of a register; values are numbers that the caller gave them. REQUIRES of a read: it responded, or
// what it will return is of no interest.
struct RegisterOperation {
  bool write = false;
  std::uint32_t value = 0;
  Interval interval{};
};

// What is said of a history of distinct writes.
struct DistinctRegisterResult {
  bool linearizable = false;
  // If it is: a linearization. Else one of what was before the misfit's response.
  std::vector<std::uint32_t> sequence;
  std::uint32_t misfit = 0;  // the operation with the earliest response up to which it is not
};

// Whether the checker is for it: no value is written twice, nor is the initial one written.
bool WritesAreDistinct(std::span<const RegisterOperation> operations, std::uint32_t initial);

// REQUIRES: WritesAreDistinct, and times are all different.
DistinctRegisterResult CheckDistinctRegister(std::span<const RegisterOperation> operations, std::uint32_t initial);

}  // namespace doorway::linearize

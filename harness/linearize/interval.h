#pragma once

#include <cstdint>
#include <limits>

namespace doorway::linearize {

// When an operation began and ended, in any unit: only the order counts, and no two events are at the same time (the
// position of an event in its history will do). One that has not ended is pending: it may have taken effect at any
// time since it began, or may never do so.
struct Interval {
  static constexpr std::uint64_t kPending = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t invoke = 0;
  std::uint64_t response = kPending;

  bool pending() const { return response == kPending; }
};

}  // namespace doorway::linearize

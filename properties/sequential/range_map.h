#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/call.h"

// Ranges [start, end) of addresses that do not overlap, in order: what the tree of a process's VMAs is. Neighbours are
// not merged.

namespace doorway {

class RangeMap {
 public:
  enum Function : std::uint8_t { kInsert, kErase, kSplit, kLookup };
  struct Range {
    std::int64_t start, end;
    friend auto operator<=>(const Range&, const Range&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Range& range) {
      return H::combine(std::move(hash), range.start, range.end);
    }
  };
  using State = std::vector<Range>;  // ascending
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "range_map";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"insert", 2, linearize::Returns::kTruth, "start, end; whether nothing was there", "mmap", true},
      {"erase", 2, linearize::Returns::kTruth, "start, end; whether something was there, which is cut out", "munmap",
       true},
      {"split", 1, linearize::Returns::kTruth, "address; whether it was inside of a range, which is now two", {}, true},
      {"lookup", 2, linearize::Returns::kValue,
       "start, end; the first range with an address in it, as [start end], or "
       "nil",
       "find", true},
  };
  static constexpr bool kAsksCaller = false;

  State Initial() const { return {}; }
  // A range that is empty or the wrong way round has nothing in it, and cannot be inserted.
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const { return call.function == kLookup || call.refused(); }
  std::string Show(const State& state) const;
};

}  // namespace doorway

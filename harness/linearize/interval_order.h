#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/linearize/interval.h"

// The order of operations that have intervals: one is before another if it responded before the other was invoked.
//
// Who may be placed next? Whoever was invoked before the earliest response that is still to come: everyone else is
// after that operation. So nothing is counted and no pairs are kept, only two positions: how far the responses, in
// their order, are all placed, and how far the invocations are let in.

namespace doorway::linearize {

class IntervalOrder {
 public:
  static constexpr bool kInTime = true;
  struct Mark {
    std::uint32_t earliest, let_in;
  };

  // REQUIRES: sorted by invocation; times are all different.
  explicit IntervalOrder(std::span<const Interval> intervals) : intervals_(intervals) {
    for (std::uint32_t i = 0; i < intervals.size(); ++i) {
      if (!intervals[i].pending()) by_response_.push_back(i);
    }
    std::sort(by_response_.begin(), by_response_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return intervals[a].response < intervals[b].response; });
  }

  std::size_t size() const { return intervals_.size(); }
  bool required(std::uint32_t i) const { return !intervals_[i].pending(); }
  // Whether whatever keeps b from being placed keeps a, and whatever waits for a waits for b.
  bool Dominates(std::uint32_t a, std::uint32_t b) const {
    return a < b && intervals_[a].response <= intervals_[b].response;
  }
  // Of required operations, by their ranks: the most by which one that is placed can be above the first that is not.
  std::size_t Window() const {
    std::vector<std::uint64_t> invocations;
    for (const Interval& interval : intervals_) {
      if (!interval.pending()) invocations.push_back(interval.invoke);
    }
    std::size_t window = 0, rank = 0;
    for (const Interval& interval : intervals_) {
      if (interval.pending()) continue;
      const auto end = std::upper_bound(invocations.begin(), invocations.end(), interval.response);
      window = std::max(window, static_cast<std::size_t>(end - invocations.begin()) - 1 - rank++);
    }
    return window;
  }

  template <class Enable>
  void Start(Enable enable) {
    LetIn(enable);
  }
  bool MayPlace(std::uint32_t /*i*/, std::span<const std::uint8_t> /*placed*/) const { return true; }
  bool MayHurry(std::uint32_t /*i*/, std::span<const std::uint8_t> /*placed*/) const { return true; }
  // `i` is placed, and marked so. enable(j): j may be, too.
  template <class Enable>
  Mark Place(std::uint32_t i, std::span<const std::uint8_t> placed, Enable enable) {
    const Mark mark{earliest_, let_in_};
    if (earliest_ < by_response_.size() && by_response_[earliest_] == i) {
      do ++earliest_;
      while (earliest_ < by_response_.size() && placed[by_response_[earliest_]] != 0);
      LetIn(enable);
    }
    return mark;
  }
  // disable(j), in the reverse order of enable.
  template <class Disable>
  void Undo(std::uint32_t /*i*/, Mark mark, Disable disable) {
    while (let_in_ > mark.let_in) disable(--let_in_);
    earliest_ = mark.earliest;
  }

  // How many responses, in the order of time, are placed; and whose is the next. REQUIRES: there is one.
  std::size_t progress() const { return earliest_; }
  std::uint32_t next_response() const { return by_response_[earliest_]; }
  std::size_t bytes() const { return by_response_.capacity() * sizeof(std::uint32_t); }

 private:
  template <class Enable>
  void LetIn(Enable enable) {
    const std::uint64_t limit =
        earliest_ < by_response_.size() ? intervals_[by_response_[earliest_]].response : Interval::kPending;
    while (let_in_ < intervals_.size() && intervals_[let_in_].invoke < limit) enable(let_in_++);
  }

  std::span<const Interval> intervals_;
  std::vector<std::uint32_t> by_response_;
  std::uint32_t earliest_ = 0;
  std::uint32_t let_in_ = 0;
};

}  // namespace doorway::linearize

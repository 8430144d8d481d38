#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "harness/linearize/interval.h"
#include "harness/linearize/specification.h"

// The definition of linearizability, tried out: every sequence of every set of operations that has those which
// responded, in every order that keeps theirs. Exponential; for eight operations or so.

namespace doorway::linearize {

template <Specification S>
class BruteForce {
 public:
  // before(a, b): operation a must be before b.
  template <class Before>
  BruteForce(const S& specification, std::span<const typename S::Operation> operations, std::vector<bool> required,
             Before before)
      : specification_(specification), operations_(operations), required_(std::move(required)) {
    for (std::size_t a = 0; a < operations.size(); ++a) {
      before_.emplace_back();
      for (std::size_t b = 0; b < operations.size(); ++b) before_[a].push_back(before(a, b));
    }
  }

  bool Linearizable() { return Extend(specification_.Initial()); }

 private:
  // Whether the sequence so far, which ends in this state, can be made whole.
  bool Extend(const typename S::State& state) {
    if (Whole()) return true;
    for (std::size_t next = 0; next < operations_.size(); ++next) {
      if (std::find(sequence_.begin(), sequence_.end(), next) != sequence_.end()) continue;
      sequence_.push_back(next);
      for (const typename S::State& after : Outcomes(state, next)) {
        if (Extend(after)) return true;
      }
      sequence_.pop_back();
    }
    return false;
  }
  std::vector<typename S::State> Outcomes(const typename S::State& state, std::size_t operation) const {
    const auto next = specification_.Step(state, operations_[operation]);
    if constexpr (requires { next.has_value(); }) {
      std::vector<typename S::State> outcomes;
      if (next) outcomes.push_back(*next);
      return outcomes;
    } else {
      return next;
    }
  }
  // Everything that responded is in the sequence, which keeps the order, also of those left out.
  bool Whole() const {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      if (required_[i] && std::find(sequence_.begin(), sequence_.end(), i) == sequence_.end()) return false;
    }
    for (std::size_t later = 0; later < sequence_.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (before_[sequence_[later]][sequence_[earlier]]) return false;
      }
    }
    return true;
  }

  const S& specification_;
  std::span<const typename S::Operation> operations_;
  std::vector<bool> required_;
  std::vector<std::vector<bool>> before_;
  std::vector<std::size_t> sequence_;
};

template <Specification S>
bool LinearizableByBruteForce(const S& specification, std::span<const typename S::Operation> operations,
                              std::span<const Interval> intervals) {
  std::vector<bool> required;
  for (const Interval& interval : intervals) required.push_back(!interval.pending());
  return BruteForce<S>(specification, operations, required,
                       [&](std::size_t a, std::size_t b) { return intervals[a].response < intervals[b].invoke; })
      .Linearizable();
}

}  // namespace doorway::linearize

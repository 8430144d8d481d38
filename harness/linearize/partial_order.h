#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

// Any partial order of operations, by pairs: what a claim has that judges an execution by happens-before. Pairs need
// be neither reduced nor closed, only without cycle. An operation may be optional (it has not responded): it may never
// take effect, but if it does, then it keeps its pairs. Costs, with an optional operation, the square of their number.

namespace doorway::linearize {

class PartialOrder {
 public:
  static constexpr bool kInTime = false;
  struct Mark {};

  // `required[i]`: operation i has responded. A pair (a, b): a is before b.
  // Errors: std::invalid_argument, if the pairs have a cycle or name operations that are not there.
  PartialOrder(std::vector<bool> required, std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs)
      : required_(std::move(required)),
        after_(required_.size()),
        optional_before_(required_.size()),
        missing_(required_.size()) {
    for (const auto& [a, b] : pairs) {
      if (a >= size() || b >= size()) throw std::invalid_argument("a pair of an operation that is not there");
      after_[a].push_back(b);
    }
    const std::vector<std::uint32_t> sorted = Sorted(pairs);
    // What is after an optional operation is after what is before that one, whether or not it takes effect.
    if (std::find(required_.begin(), required_.end(), false) != required_.end()) Close(sorted);
    for (std::uint32_t a = 0; a < size(); ++a) {
      for (const std::uint32_t b : after_[a]) {
        if (required_[a]) {
          ++missing_[b];
        } else {
          optional_before_[b].push_back(a);
        }
      }
    }
  }

  std::size_t size() const { return required_.size(); }
  bool required(std::uint32_t i) const { return required_[i]; }
  bool Dominates(std::uint32_t /*a*/, std::uint32_t /*b*/) const { return false; }  // not looked for
  std::size_t Window() const { return size(); }

  template <class Enable>
  void Start(Enable enable) {
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (missing_[i] == 0) enable(i);
    }
  }
  // What is after an optional operation does not wait for it; then it is too late for it.
  bool MayPlace(std::uint32_t i, std::span<const std::uint8_t> placed) const {
    if (required_[i]) return true;
    for (const std::uint32_t later : after_[i]) {
      if (placed[later] != 0) return false;
    }
    return true;
  }
  // Whether nothing optional would come too late if i were placed.
  bool MayHurry(std::uint32_t i, std::span<const std::uint8_t> placed) const {
    for (const std::uint32_t earlier : optional_before_[i]) {
      if (placed[earlier] == 0) return false;
    }
    return true;
  }
  template <class Enable>
  Mark Place(std::uint32_t i, std::span<const std::uint8_t> /*placed*/, Enable enable) {
    if (!required_[i]) return {};
    for (const std::uint32_t later : after_[i]) {
      if (--missing_[later] == 0) enable(later);
    }
    return {};
  }
  template <class Disable>
  void Undo(std::uint32_t i, Mark /*mark*/, Disable disable) {
    if (!required_[i]) return;
    for (auto later = after_[i].rbegin(); later != after_[i].rend(); ++later) {
      if (missing_[*later]++ == 0) disable(*later);
    }
  }
  std::size_t bytes() const { return size() * sizeof(std::vector<std::uint32_t>); }

 private:
  std::vector<std::uint32_t> Sorted(std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs) const {
    std::vector<std::uint32_t> before(size()), sorted;
    for (const auto& pair : pairs) ++before[pair.second];
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (before[i] == 0) sorted.push_back(i);
    }
    for (std::size_t next = 0; next < sorted.size(); ++next) {
      for (const std::uint32_t later : after_[sorted[next]]) {
        if (--before[later] == 0) sorted.push_back(later);
      }
    }
    if (sorted.size() < size()) throw std::invalid_argument("operations that are before each other");
    return sorted;
  }
  void Close(const std::vector<std::uint32_t>& sorted) {
    std::vector<std::vector<bool>> reached(size(), std::vector<bool>(size()));
    for (auto a = sorted.rbegin(); a != sorted.rend(); ++a) {
      for (const std::uint32_t b : after_[*a]) {
        reached[*a][b] = true;
        for (const std::uint32_t c : after_[b]) reached[*a][c] = true;  // b's are closed already
      }
      after_[*a].clear();
      for (std::uint32_t b = 0; b < size(); ++b) {
        if (reached[*a][b]) after_[*a].push_back(b);
      }
    }
  }

  std::vector<bool> required_;
  std::vector<std::vector<std::uint32_t>> after_;
  std::vector<std::vector<std::uint32_t>> optional_before_;
  std::vector<std::uint32_t> missing_;  // required operations before it that are not placed
};

}  // namespace doorway::linearize

#pragma once

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <bit>
#include <span>
#include <vector>

#include "harness/linearize/transition_system.h"

// The transitions that a search asked for lately, so that a specification is stepped rarely: a table in which a newer
// one takes the place of an older one. One successor, or none, stands in the table; several are kept for good.

namespace doorway::linearize {

class TransitionsSeen {
 public:
  // For a history of so many operations.
  TransitionsSeen(TransitionSystem& system, std::size_t operations)
      : system_(system), table_(std::bit_ceil(std::clamp<std::size_t>(operations * 4, 64, kMostEntries))) {}

  // The states after the operation. Valid until the next call.
  std::span<const StateId> From(StateId state, OperationClass operation) {
    const std::uint64_t key = (std::uint64_t{state} << 32 | operation) + 1;
    Entry& entry = table_[(key * 0x9E3779B97F4A7C15 >> 32) & (table_.size() - 1)];
    if (entry.key != key) Fill(entry, key, state, operation);
    if (entry.count <= 1) return {&entry.successor, entry.count};
    return {&several_[entry.successor], entry.count};
  }

  std::size_t bytes() const {
    return table_.capacity() * sizeof(Entry) + several_.capacity() * sizeof(StateId) +
           places_.capacity() * sizeof(std::pair<std::uint64_t, Place>);
  }

 private:
  static constexpr std::size_t kMostEntries = std::size_t{1} << 16;
  struct Entry {
    std::uint64_t key = 0;
    StateId successor = 0;  // where they begin in `several_`, if they are several
    std::uint32_t count = 0;
  };
  struct Place {
    std::uint32_t first = 0, count = 0;
  };

  void Fill(Entry& entry, std::uint64_t key, StateId state, OperationClass operation) {
    if (const auto known = places_.find(key); known != places_.end()) {
      entry = {key, known->second.first, known->second.count};
      return;
    }
    found_.clear();
    system_.AppendSuccessors(state, operation, found_);
    const auto count = static_cast<std::uint32_t>(found_.size());
    if (count <= 1) {
      entry = {key, count == 0 ? 0 : found_.front(), count};
      return;
    }
    entry = {key, static_cast<std::uint32_t>(several_.size()), count};
    several_.insert(several_.end(), found_.begin(), found_.end());
    places_.emplace(key, Place{entry.successor, count});
  }

  TransitionSystem& system_;
  std::vector<Entry> table_;
  std::vector<StateId> several_;
  absl::flat_hash_map<std::uint64_t, Place> places_;
  std::vector<StateId> found_;
};

}  // namespace doorway::linearize

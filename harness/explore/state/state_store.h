#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/explore/state/state_table.h"

// What is kept of the states of a space: all of each; or, with hash compaction (Wolper and Leroy, "Reliable Hashing
// without Collision Detection", CAV 1993), 64 bits of hash of each, and all of those only whose steps are still to be
// explored. Then two states with one hash are taken for one, and what only the other leads to is omitted.

namespace doorway {

class StateStore {
 public:
  using Word = Layout::Word;

  // Of states of so many bytes. `compact`: with hash compaction.
  StateStore(int bytes, bool compact);

  bool compact() const { return hashes_.has_value(); }
  std::uint64_t Hash(const Word* state) const { return states_.Hash(state); }
  void Prefetch(std::uint64_t hash) const {
    hashes_ ? hashes_->Prefetch(hashes_->Hash(&hash)) : states_.Prefetch(hash);
  }
  void PrefetchState(std::uint64_t hash) const {
    hashes_ ? hashes_->PrefetchState(hashes_->Hash(&hash)) : states_.PrefetchState(hash);
  }
  StateId Find(const Word* state, std::uint64_t hash) const {
    return hashes_ ? hashes_->Find(&hash) : states_.Find(state, hash);
  }
  StateId Find(const Word* state) const { return Find(state, Hash(state)); }

  // As StateTable's.
  StateTable::Inserted Insert(const Word* state, std::uint64_t hash, StateId parent) {
    return hashes_ ? InsertHash(state, hash, parent) : states_.Insert(state, hash, parent);
  }
  StateId size() const { return table().size(); }
  StateId parent(StateId id) const { return table().parent(id); }
  std::uint64_t bytes() const;

  // Whether all of the state is there, to be read.
  bool Has(StateId id) const { return !hashes_ || id >= first_; }
  void Read(StateId id, Word* state) const;
  // The states before `end` have been explored.
  void Forget(StateId end);

  // All states become those of another size, by convert(old, new). They keep their numbers. REQUIRES: !compact()
  template <class Convert>
  void Resize(int bytes, Convert convert) {
    StateStore resized(bytes, false);
    std::vector<Word> old(words_);
    std::vector<Word> state(resized.words_);
    for (StateId id = 0; id < states_.size(); ++id) {
      states_.Read(id, old.data());
      convert(old.data(), state.data());
      resized.states_.Append(state.data(), states_.parent(id));
    }
    resized.states_.Index();
    *this = std::move(resized);
  }

 private:
  const StateTable& table() const { return hashes_ ? *hashes_ : states_; }
  StateTable::Inserted InsertHash(const Word* state, std::uint64_t hash, StateId parent);

  StateTable states_;                 // empty with hash compaction
  std::optional<StateTable> hashes_;  // each is a state of one word
  std::size_t words_;
  StateId first_ = 0;             // of those of which all is there
  std::vector<Word> unexplored_;  // these, one after another
};

// An upper bound of the probability that of so many different states any two have one hash: each pair does with 2^-64.
inline double OmissionProbability(std::uint64_t states) {
  const auto n = static_cast<double>(states);
  const double bound = n * (n - 1) / 2 / 18446744073709551616.0;
  return bound < 1 ? bound : 1;
}

}  // namespace doorway

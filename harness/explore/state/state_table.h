#pragma once

#include <xxhash.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "harness/explore/state/layout.h"

// The set of states, each with a dense number in the order in which they came, and the state that it came from. Open
// addressing over 32-bit numbers, with a byte of the hash beside each, so that hardly any state is looked at in vain. A
// state costs its words, 4 bytes for where it came from, and 7 to 13 bytes of index.

namespace doorway {

using StateId = std::uint32_t;
inline constexpr StateId kNoState = ~StateId{0};

class StateTable {
 public:
  using Word = Layout::Word;

  explicit StateTable(int words);

  struct Inserted {
    StateId id;
    bool is_new;
  };
  // The number of `state`, which is added if it was not there, as reached from `parent`. kNoState: there are 2^32 - 1.
  Inserted Insert(const Word* state, StateId parent) { return Insert(state, Hash(state), parent); }
  Inserted Insert(const Word* state, std::uint64_t hash, StateId parent);
  // kNoState if it is not there.
  StateId Find(const Word* state) const { return Find(state, Hash(state)); }
  StateId Find(const Word* state, std::uint64_t hash) const;

  const Word* operator[](StateId id) const {
    return &blocks_[id >> kBlockBits][(id & (kBlock - 1)) * static_cast<std::size_t>(words_)];
  }
  StateId parent(StateId id) const { return parents_[id]; }
  StateId size() const { return static_cast<StateId>(parents_.size()); }
  std::uint64_t bytes() const;

  std::uint64_t Hash(const Word* state) const {
    return XXH3_64bits(state, static_cast<std::size_t>(words_) * sizeof(Word));
  }
  // Memory takes its time: the place where a state of this hash will be looked for is fetched meanwhile.
  void Prefetch(std::uint64_t hash) const {
    __builtin_prefetch(&tags_[hash & mask_]);
    __builtin_prefetch(&slots_[hash & mask_]);
  }

 private:
  static constexpr int kBlockBits = 16;
  static constexpr StateId kBlock = StateId{1} << kBlockBits;

  static std::uint8_t TagOf(std::uint64_t hash) { return static_cast<std::uint8_t>(hash >> 56 | 1); }  // never 0
  bool Same(const Word* a, const Word* b) const {
    for (int i = 0; i < words_; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  void Grow();

  int words_;
  std::vector<std::unique_ptr<Word[]>> blocks_;  // of kBlock states each
  std::vector<StateId> parents_;
  std::vector<std::uint8_t> tags_;  // 0: free
  std::vector<StateId> slots_;
  std::uint64_t mask_;
};

}  // namespace doorway

#pragma once

#include <xxhash.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "harness/explore/state/layout.h"

// The set of states, each with a dense number in the order in which they came, and the state that it came from. Open
// addressing over 32-bit numbers: a state costs its words, 4 bytes for where it came from, and 5 to 11 bytes of index.

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
  Inserted Insert(const Word* state, StateId parent);
  // kNoState if it is not there.
  StateId Find(const Word* state) const;

  const Word* operator[](StateId id) const {
    return &blocks_[id >> kBlockBits][(id & (kBlock - 1)) * static_cast<std::size_t>(words_)];
  }
  StateId parent(StateId id) const { return parents_[id]; }
  StateId size() const { return static_cast<StateId>(parents_.size()); }
  std::uint64_t bytes() const;

  // To hide the time that memory takes: the place where `state` will be looked for is fetched meanwhile.
  std::uint64_t Prefetch(const Word* state) const {
    const std::uint64_t hash = Hash(state);
    __builtin_prefetch(&slots_[hash & mask_]);
    return hash;
  }

 private:
  static constexpr int kBlockBits = 16;
  static constexpr StateId kBlock = StateId{1} << kBlockBits;

  std::uint64_t Hash(const Word* state) const {
    return XXH3_64bits(state, static_cast<std::size_t>(words_) * sizeof(Word));
  }
  bool Same(const Word* a, const Word* b) const {
    return std::memcmp(a, b, static_cast<std::size_t>(words_) * sizeof(Word)) == 0;
  }
  void Grow();

  int words_;
  std::vector<std::unique_ptr<Word[]>> blocks_;  // of kBlock states each
  std::vector<StateId> parents_;
  std::vector<StateId> slots_;  // kNoState: free
  std::uint64_t mask_;
};

}  // namespace doorway

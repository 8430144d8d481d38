#pragma once

#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "harness/explore/state/layout.h"

// The set of states, each with a dense number in the order in which they came, and the state that it came from.
//
// A state is a row of its bytes, after the number of its parent. The index is open addressing over buckets of one cache
// line: twelve numbers, and a byte of the hash beside each, so that hardly any state is looked at in vain, and looking
// for one costs two lines of memory. A state costs its bytes, 4 for where it came from, and 6 to 10 of index.

namespace doorway {

using StateId = std::uint32_t;
inline constexpr StateId kNoState = ~StateId{0};

class StateTable {
 public:
  using Word = Layout::Word;

  // Of states of so many bytes, which the caller has in words: what is left of the last word is 0.
  explicit StateTable(int bytes);

  struct Inserted {
    StateId id;
    bool is_new;
  };
  // Gives the state the next number if it is new. No number is left: {kNoState, false}. `hash`: Hash(state).
  Inserted Insert(const Word* state, std::uint64_t hash, StateId parent);
  Inserted Insert(const Word* state, StateId parent) { return Insert(state, Hash(state), parent); }
  // The same for states that are known to be new, one after another; they are found only after Index().
  void Append(const Word* state, StateId parent);
  void Index();
  StateId Find(const Word* state, std::uint64_t hash) const;
  StateId Find(const Word* state) const { return Find(state, Hash(state)); }

  void Read(StateId id, Word* state) const {
    state[words_ - 1] = 0;
    std::memcpy(state, Row(id) + sizeof(StateId), bytes_);
  }
  StateId parent(StateId id) const {
    StateId parent;
    std::memcpy(&parent, Row(id), sizeof parent);
    return parent;
  }
  StateId size() const { return size_; }
  std::uint64_t bytes() const;

  std::uint64_t Hash(const Word* state) const { return XXH3_64bits(state, words_ * sizeof(Word)); }
  // Memory takes its time: first the place where a state of this hash will be looked for is fetched, then, once that is
  // there, the state that it will be compared with.
  void Prefetch(std::uint64_t hash) const { __builtin_prefetch(&buckets_[BucketOf(hash)]); }
  void PrefetchState(std::uint64_t hash) const;

 private:
  static constexpr int kBlockBits = 16;
  static constexpr StateId kBlock = StateId{1} << kBlockBits;
  static constexpr int kPlaces = 12;

  struct alignas(64) Bucket {
    std::uint8_t tags[kPlaces] = {};  // 0: free, as are all that follow
    StateId ids[kPlaces];
  };

  static std::uint8_t TagOf(std::uint64_t hash) {
    const auto tag = static_cast<std::uint8_t>(hash);
    return tag != 0 ? tag : 1;
  }
  // Of the hash's upper bits, so that the number of buckets need not be a power of two.
  std::size_t BucketOf(std::uint64_t hash) const { return Scaled(hash, buckets_.size()); }
  static std::size_t Scaled(std::uint64_t hash, std::size_t buckets) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>(static_cast<Wide>(hash) * buckets >> 64);
  }
  static std::uint32_t Matches(const Bucket& bucket, std::uint8_t tag);  // a bit a place
  const std::byte* Row(StateId id) const {
    return blocks_[id >> kBlockBits].get() + (id & (kBlock - 1)) * (sizeof(StateId) + bytes_);
  }
  bool Same(StateId id, const Word* state) const {
    const std::byte* const row = Row(id) + sizeof(StateId);
    for (std::size_t i = 0; i < words_; ++i) {
      Word word;
      std::memcpy(&word, row + i * sizeof(Word), sizeof word);  // blocks are a word longer than their rows
      if (i + 1 == words_) word &= last_;
      if (word != state[i]) return false;
    }
    return true;
  }
  // The state's number, or the bucket with a free place for it.
  StateId Look(const Word* state, std::uint64_t hash, std::size_t* bucket) const;
  void Put(std::size_t bucket, std::uint64_t hash, StateId id);
  bool IsTooFull() const { return std::uint64_t{size_} * 8 > buckets_.size() * std::uint64_t{kPlaces} * 7; }

  std::size_t bytes_;
  std::size_t words_;
  Word last_;  // the bits of the last word that are a state's
  StateId size_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;  // of kBlock rows each
  std::vector<Bucket> buckets_;
};

}  // namespace doorway

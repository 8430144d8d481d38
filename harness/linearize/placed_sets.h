#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/linearize/transition_system.h"

// Which operations a search has placed, and the key under which it remembers that.
//
// Operations that responded ("required") are numbered in their order. In every set that a search reaches, all of them
// up to some number are placed, and few above it: only those invoked before the first that is missing responded. So a
// key has the number of that one, and a window of bits above it, mostly one word; pending operations, which may be
// missing for ever, have bits of their own.

namespace doorway::linearize {

class PlacedSets {
 public:
  // `window`: how far above the first missing number a placed one can be.
  PlacedSets(std::size_t required, std::size_t optional, std::size_t window)
      : window_words_((window + 63) / 64),
        optional_words_((optional + 63) / 64),
        required_(required / 64 + window_words_ + 2),
        optional_(optional_words_),
        key_(1 + window_words_ + optional_words_) {}

  std::size_t key_words() const { return key_.size(); }
  std::uint32_t first() const { return first_; }

  void PlaceRequired(std::uint32_t rank) {
    Flip(required_, rank);
    while ((required_[first_ / 64] >> (first_ % 64) & 1) != 0) ++first_;
  }
  void UndoRequired(std::uint32_t rank, std::uint32_t first) {
    Flip(required_, rank);
    first_ = first;
  }
  void FlipOptional(std::uint32_t rank) { Flip(optional_, rank); }

  // Of this set with a state. Valid until the next call.
  const std::uint64_t* Key(StateId state) {
    key_[0] = (std::uint64_t{state} + 1) << 32 | first_;
    // The first missing one's own bit is always 0, so the window begins above it.
    const std::size_t begin = std::size_t{first_} + 1, word = begin / 64, shift = begin % 64;
    for (std::size_t i = 0; i < window_words_; ++i) {
      std::uint64_t bits = required_[word + i] >> shift;
      if (shift != 0) bits |= required_[word + i + 1] << (64 - shift);
      key_[1 + i] = bits;
    }
    for (std::size_t i = 0; i < optional_words_; ++i) key_[1 + window_words_ + i] = optional_[i];
    return key_.data();
  }
  std::size_t bytes() const { return (required_.capacity() + optional_.capacity()) * sizeof(std::uint64_t); }

 private:
  static void Flip(std::vector<std::uint64_t>& bits, std::uint32_t rank) {
    bits[rank / 64] ^= std::uint64_t{1} << (rank % 64);
  }

  std::size_t window_words_, optional_words_;
  std::uint32_t first_ = 0;  // required ones below are placed
  std::vector<std::uint64_t> required_, optional_, key_;
};

}  // namespace doorway::linearize

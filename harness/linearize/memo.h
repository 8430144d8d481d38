#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

// A set of keys, each the same number of 64-bit words, the first of which is never 0. Keys lie in one open-addressed
// array: a key costs its words, divided by how full the array is (30% to 60%).

namespace doorway::linearize {

class Memo {
 public:
  explicit Memo(std::size_t words) : words_(words), table_(kFirstSlots * words) {}

  // False if it was there.
  bool Insert(const std::uint64_t* key) {
    if ((used_ + 1) * 5 > (mask_ + 1) * 3) Grow();
    std::uint64_t* slot = Find(key);
    if (*slot != 0) return false;
    std::memcpy(slot, key, words_ * sizeof(std::uint64_t));
    ++used_;
    return true;
  }

  std::size_t size() const { return used_; }
  std::size_t bytes() const { return table_.capacity() * sizeof(std::uint64_t); }

 private:
  static constexpr std::size_t kFirstSlots = 64;

  static std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
    const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  std::size_t Hash(const std::uint64_t* key) const {
    std::uint64_t hash = 0x9E3779B97F4A7C15;
    for (std::size_t i = 0; i < words_; ++i) hash = Mix(hash ^ key[i], 0xD6E8FEB86659FD93);
    return static_cast<std::size_t>(hash);
  }
  // Where the key is, or an empty slot for it.
  std::uint64_t* Find(const std::uint64_t* key) {
    for (std::size_t i = Hash(key) & mask_;; i = (i + 1) & mask_) {
      std::uint64_t* slot = &table_[i * words_];
      if (*slot == 0 || std::memcmp(slot, key, words_ * sizeof(std::uint64_t)) == 0) return slot;
    }
  }
  void Grow() {
    std::vector<std::uint64_t> old = std::exchange(table_, std::vector<std::uint64_t>(table_.size() * 2));
    mask_ = mask_ * 2 + 1;
    for (std::size_t i = 0; i < old.size(); i += words_) {
      if (old[i] != 0) std::memcpy(Find(&old[i]), &old[i], words_ * sizeof(std::uint64_t));
    }
  }

  std::size_t words_;
  std::size_t mask_ = kFirstSlots - 1;
  std::size_t used_ = 0;
  std::vector<std::uint64_t> table_;
};

}  // namespace doorway::linearize

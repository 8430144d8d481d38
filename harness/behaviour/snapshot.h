#pragma once

#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <utility>

// A fingerprint of memory, 128 bits wide (XXH3): of a billion different memories, two have the same one by a chance of
// 10^-21.

namespace doorway {

struct Snapshot {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
  template <class H>
  friend H AbslHashValue(H state, const Snapshot& snapshot) {
    return H::combine(std::move(state), snapshot.low);
  }
};

// Takes what a snapshot is of, piece by piece.
class SnapshotOf {
 public:
  SnapshotOf() { XXH3_128bits_reset(&state_); }
  SnapshotOf& Add(const void* bytes, std::size_t size) {
    XXH3_128bits_update(&state_, bytes, size);
    return *this;
  }
  SnapshotOf& Add(std::uint64_t word) { return Add(&word, sizeof(word)); }
  SnapshotOf& Add(const void* pointer) { return Add(reinterpret_cast<std::uintptr_t>(pointer)); }
  SnapshotOf& Add(const Snapshot& other) { return Add(other.low).Add(other.high); }
  Snapshot Take() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_);
    return {hash.low64, hash.high64};
  }

 private:
  XXH3_state_t state_;
};

}  // namespace doorway

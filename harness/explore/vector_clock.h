#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

// Vector clocks as rows of 16-bit counts, a whole number of blocks long: a block is what one vector instruction takes.

namespace doorway {

inline constexpr std::size_t kClockBlock = 8;

constexpr std::size_t BlocksFor(std::size_t threads) { return (threads + kClockBlock - 1) / kClockBlock; }

// One block of a row, by value.
class ClockBlock {
 public:
  ClockBlock() = default;
  explicit ClockBlock(const std::uint16_t* row) { std::memcpy(&lanes_, row, sizeof(lanes_)); }
  void Store(std::uint16_t* row) const { std::memcpy(row, &lanes_, sizeof(lanes_)); }
  void Join(const ClockBlock& other) { lanes_ = lanes_ < other.lanes_ ? other.lanes_ : lanes_; }
  // Whether some count is above that of `other`.
  bool Exceeds(const ClockBlock& other) const {
    const auto above = lanes_ > other.lanes_;
    std::uint64_t halves[2];
    std::memcpy(halves, &above, sizeof(halves));
    return (halves[0] | halves[1]) != 0;
  }

 private:
  using Lanes [[gnu::vector_size(2 * kClockBlock)]] = std::uint16_t;
  Lanes lanes_{};
};

}  // namespace doorway

#pragma once

#include <bit>
#include <cstdint>

// A set of threads, as bits. What an unlock that hands over returns: those that it let in.

namespace doorway {

class ThreadSet {
 public:
  constexpr ThreadSet() = default;

  constexpr void insert(int thread) { bits_ |= std::uint32_t{1} << thread; }
  constexpr bool contains(int thread) const { return (bits_ >> thread & 1) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

  // Calls visit(thread) for each, lowest first.
  template <class Visit>
  constexpr void for_each(Visit visit) const {
    for (std::uint32_t rest = bits_; rest != 0; rest &= rest - 1) visit(std::countr_zero(rest));
  }

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace doorway

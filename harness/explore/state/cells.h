#pragma once

#include <cstdint>
#include <vector>

#include "harness/graph/value.h"

// What a location may hold, with dense numbers: a state stores the number.

namespace doorway {

struct Cell {
  enum Life : std::uint8_t { kAlive, kUninitialised, kDead };
  Value value = 0;
  Life life = kAlive;
  friend bool operator==(const Cell&, const Cell&) = default;
};

class Cells {
 public:
  std::uint32_t IdOf(const Cell& cell) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i] == cell) return static_cast<std::uint32_t>(i);
    }
    cells_.push_back(cell);
    return static_cast<std::uint32_t>(cells_.size() - 1);
  }
  const Cell& operator[](std::uint32_t id) const { return cells_[id]; }
  std::size_t size() const { return cells_.size(); }

 private:
  std::vector<Cell> cells_;  // few: searched from the front
};

}  // namespace doorway

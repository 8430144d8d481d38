#pragma once

#include <cstdint>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/graph/value.h"

// What locations may hold, with dense numbers: a state stores the number. All state spaces of a program share them.

namespace doorway {

struct Cell {
  enum Life : std::uint8_t { kAlive, kUninitialised, kDead };
  Value value = 0;
  Life life = kAlive;
  friend bool operator==(const Cell&, const Cell&) = default;
};

// Of one location; number 0 is its initial content.
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
  auto begin() const { return cells_.begin(); }
  auto end() const { return cells_.end(); }

 private:
  std::vector<Cell> cells_;  // few: searched from the front
};

class Places {
 public:
  explicit Places(const Program& program) : program_(program) { Update(); }

  // Takes in the locations that threads have made since.
  void Update() {
    const std::vector<Location>& locations = program_.locations();
    while (cells_.size() < locations.size()) {
      const Location& location = locations[cells_.size()];
      cells_.emplace_back().IdOf({location.initial, location.initialised ? Cell::kAlive : Cell::kUninitialised});
    }
  }

  std::size_t size() const { return cells_.size(); }
  Cells& operator[](LocationId location) { return cells_[location]; }
  const Cells& operator[](LocationId location) const { return cells_[location]; }

  // Threads have begun or ended the life of the object there.
  bool HasLife(LocationId location) const {
    for (const Cell& cell : cells_[location]) {
      if (cell.life == Cell::kDead) return true;
    }
    return !program_.locations()[location].initialised && !program_.locations()[location].plain;
  }

 private:
  const Program& program_;
  std::vector<Cells> cells_;
};

}  // namespace doorway

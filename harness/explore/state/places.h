#pragma once

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cstdint>
#include <utility>
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
  template <class H>
  friend H AbslHashValue(H hash, const Cell& cell) {
    return H::combine(std::move(hash), cell.value, cell.life);
  }
};

// Of one location; number 0 is its initial content.
class Cells {
 public:
  std::uint32_t IdOf(const Cell& cell) {
    const auto next = static_cast<std::uint32_t>(cells_.size());
    if (next <= kFew) {
      const auto found = std::find(cells_.begin(), cells_.end(), cell);
      if (found != cells_.end()) return static_cast<std::uint32_t>(found - cells_.begin());
    } else {
      if (ids_.empty()) {
        for (std::uint32_t id = 0; id < next; ++id) ids_[cells_[id]] = id;
      }
      const auto [known, is_new] = ids_.try_emplace(cell, next);
      if (!is_new) return known->second;
    }
    cells_.push_back(cell);
    return next;
  }
  const Cell& operator[](std::uint32_t id) const { return cells_[id]; }
  std::size_t size() const { return cells_.size(); }
  auto begin() const { return cells_.begin(); }
  auto end() const { return cells_.end(); }

 private:
  static constexpr std::uint32_t kFew = 16;  // so many are searched from the front

  std::vector<Cell> cells_;
  absl::flat_hash_map<Cell, std::uint32_t> ids_;  // of more than a few
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

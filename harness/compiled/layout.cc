#include "harness/compiled/layout.h"

#include <algorithm>
#include <utility>

namespace doorway::compiled {
namespace {

constexpr std::uintptr_t kMaxCell = 8;

// Whether this use conflicts with one before.
bool Note(Cell* cell, User user, bool writes) {
  if (user.thread == 0) {
    // Threads that were spawned later begin with what is there now.
    const std::uint32_t spawned = (std::uint32_t{2} << user.spawned) - 2;
    int& last = writes ? cell->first_writes : cell->first_reads;
    last = std::max(last, user.spawned);
    return ((cell->writers | (writes ? cell->readers : 0)) & spawned) != 0;
  }
  const std::uint32_t self = std::uint32_t{1} << user.thread;
  (writes ? cell->writers : cell->readers) |= self;
  const std::uint32_t others = (cell->writers | (writes ? cell->readers : 0)) & ~self;
  return others != 0 || cell->first_writes >= user.thread || (writes && cell->first_reads >= user.thread);
}

}  // namespace

// The first cell that ends beyond `from`.
Layout::Cells::iterator Layout::FirstIn(std::uintptr_t from) {
  auto cell = cells_.upper_bound(from);
  if (cell != cells_.begin() && std::prev(cell)->second.end() > from) --cell;
  return cell;
}

void Layout::AddCells(std::uintptr_t from, std::uintptr_t to) {
  while (from < to) {
    const std::uintptr_t end = std::min(to, (from / kMaxCell + 1) * kMaxCell);
    Cell cell;
    cell.begin = from;
    cell.size = static_cast<std::uint32_t>(end - from);
    cells_.emplace(from, cell);
    from = end;
  }
}

// Whether that makes no difference to what was explored.
bool Layout::Split(Cells::iterator cell, std::uintptr_t at) {
  Cell upper = cell->second;
  upper.begin = at;
  upper.size = static_cast<std::uint32_t>(cell->second.end() - at);
  cell->second.size -= upper.size;
  cells_.emplace(at, upper);
  return !upper.shared;
}

// Into pieces that can be used.
void Layout::Chop(Cells::iterator cell) {
  while (cell->second.size > kMaxCell) {
    Split(cell, (cell->first / kMaxCell + 1) * kMaxCell);
    ++cell;
  }
}

Layout::Found Layout::Use(std::uintptr_t address, std::size_t size, User user, bool writes, bool by_stranger) {
  if (user.IsAlone()) return Found::kKnown;
  bool known = true;
  std::uintptr_t from = address;
  const std::uintptr_t to = address + size;
  while (from < to) {
    auto at = FirstIn(from);
    if (at == cells_.end() || at->first > from) {
      AddCells(from, at == cells_.end() ? to : std::min(to, at->first));
      at = FirstIn(from);
    }
    if (at->second.size > kMaxCell) {
      Chop(at);
      at = FirstIn(from);
    }
    const bool in_part = at->first < from || at->second.end() > to;
    if (in_part && at->second.atomic) return Found::kMixed;
    if (at->first < from) {
      known = Split(at, from) && known;
      at = FirstIn(from);
    }
    if (at->second.end() > to) known = Split(at, to) && known;
    Cell& cell = at->second;
    if ((Note(&cell, user, writes) || by_stranger) && !cell.shared) {
      cell.shared = true;
      known = false;
    }
    from = cell.end();
  }
  return known ? Found::kKnown : Found::kNew;
}

Layout::Found Layout::UseAtomic(std::uintptr_t address, std::size_t size) {
  auto at = cells_.find(address);
  if (at != cells_.end() && at->second.atomic && at->second.size == size) return Found::kKnown;
  bool known = true;
  const std::uintptr_t to = address + size;
  at = FirstIn(address);
  while (at != cells_.end() && at->first < to) {
    const Cell& cell = at->second;
    if (cell.atomic) return Found::kMixed;
    if (cell.begin < address || cell.end() > to) {
      known = Split(at, cell.begin < address ? address : to) && known;
      at = FirstIn(address);
      continue;
    }
    known = known && !cell.shared && !cell.IsUsed();
    at = cells_.erase(at);
  }
  Cell cell;
  cell.begin = address;
  cell.size = static_cast<std::uint32_t>(size);
  cell.shared = cell.atomic = true;
  cells_.emplace(address, cell);
  return known ? Found::kKnown : Found::kNew;
}

Layout::Found Layout::Free(std::uintptr_t address, std::size_t size, User user) {
  if (user.IsAlone()) return Found::kKnown;
  bool known = true;
  std::uintptr_t from = address;
  const std::uintptr_t to = address + size;
  while (from < to) {
    auto at = FirstIn(from);
    if (at == cells_.end() || at->first > from) {
      Cell unused;
      unused.begin = from;
      unused.size = static_cast<std::uint32_t>((at == cells_.end() ? to : std::min(to, at->first)) - from);
      at = cells_.emplace(from, unused).first;
    }
    Cell& cell = at->second;
    from = cell.end();
    if (cell.shared || !Note(&cell, user, true)) continue;
    if (cell.size > kMaxCell) continue;  // given back twice, which its header tells
    cell.shared = true;
    known = false;
  }
  return known ? Found::kKnown : Found::kNew;
}

const Cell* Layout::FirstShared(std::uintptr_t address, std::size_t size) const {
  auto at = cells_.upper_bound(address);
  if (at != cells_.begin() && std::prev(at)->second.end() > address) --at;
  for (; at != cells_.end() && at->first < address + size; ++at) {
    if (at->second.shared) return &at->second;
  }
  return nullptr;
}

std::size_t Layout::shared_cells() const {
  return static_cast<std::size_t>(
      std::count_if(cells_.begin(), cells_.end(), [](const auto& cell) { return cell.second.shared; }));
}

}  // namespace doorway::compiled

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

// Which memory the threads of a program share, as far as it is known: found out by exploring. Memory that one thread
// alone uses needs no operations; what several use, and one of them writes, is explored. When memory turns out to be
// shared (or to be used in smaller pieces), what was explored so far has missed operations, and begins anew: the layout
// is what such explorations have in common. It only grows, so this comes to an end.
//
// Memory is known in cells: pieces that are read and written as a whole, eight bytes at most. (Of memory that was given
// back before anybody used it, larger ones.)
//
// What the first thread does before it spawns another is what there is in the beginning: no use at all. And a spawned
// thread begins with the memory of the one that spawned it, so that their uses conflict only where the spawning
// thread's comes after the spawn.

namespace doorway::compiled {

struct User {
  int thread = 0;
  int spawned = 0;  // of the first thread: how many it has spawned by now

  bool IsAlone() const { return thread == 0 && spawned == 0; }
};

struct Cell {
  std::uintptr_t begin = 0;
  std::uint32_t size = 0;
  bool shared = false;
  bool atomic = false;
  // Spawned threads that have read and written it, as bits; and how many threads the first one had spawned when it did
  // so last, -1: never.
  std::uint32_t readers = 0;
  std::uint32_t writers = 0;
  int first_reads = -1;
  int first_writes = -1;

  std::uintptr_t end() const { return begin + size; }
  bool IsUsed() const { return readers != 0 || writers != 0 || first_reads >= 0 || first_writes >= 0; }
};

class Layout {
 public:
  enum class Found : std::uint8_t {
    kKnown,
    kNew,    // what was explored before is not all there is
    kMixed,  // an atomic object is used in part, or as a part of a larger one
  };

  // Plain data is read or written. `by_stranger`: it lies on the stack of another thread.
  Found Use(std::uintptr_t address, std::size_t size, User user, bool writes, bool by_stranger);
  Found UseAtomic(std::uintptr_t address, std::size_t size);
  // Memory is given back: as if all that has been used of it were written.
  Found Free(std::uintptr_t address, std::size_t size, User user);

  // The first shared cell in the memory; null: none.
  const Cell* FirstShared(std::uintptr_t address, std::size_t size) const;

  std::size_t shared_cells() const;

 private:
  using Cells = std::map<std::uintptr_t, Cell>;

  Cells::iterator FirstIn(std::uintptr_t from);
  void AddCells(std::uintptr_t from, std::uintptr_t to);
  bool Split(Cells::iterator cell, std::uintptr_t at);
  void Chop(Cells::iterator cell);

  Cells cells_;  // by where they begin; no two overlap
};

}  // namespace doorway::compiled

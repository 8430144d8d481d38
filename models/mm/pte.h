#pragma once

#include <cstdint>

// A page-table entry, as one word: the number of the page that it maps and the bits that
// write-protection is about. Software reads and writes it under the page-table lock; the
// hardware walker reads it whenever it likes (address_range.h, cpu.h).
//
// Left out: accessed and dirty bits. x86 sets "dirty" by another walk at the first store through an entry, so
// read "writable" in a TLB as "writable and dirty", and a cached writable entry as one that needs no walk.

namespace doorway::mm {

struct Pte {
  std::uint8_t page;
  std::uint8_t writable;
  std::uint8_t uffd_wp;  // the userfaultfd marker: write faults go to the monitor
  std::uint8_t present;
  std::uint8_t protnone = 0;        // NUMA balancing's marker: no access; a fault restores it
  std::uint8_t saved_writable = 0;  // of an entry that is protnone: whether it was writable
  std::uint8_t huge = 0;            // a huge entry, which a write fault that copies has to split first

  friend constexpr bool operator==(const Pte&, const Pte&) = default;
};

// For the predicate of an await: the marker is gone (and the entry is not half replaced).
struct IsUnmarked {
  constexpr bool operator()(Pte pte) const { return pte.present != 0 && pte.uffd_wp == 0; }
};

}  // namespace doorway::mm

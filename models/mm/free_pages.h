#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "properties/mm/page_notes.h"

// Where the pages for copies come from, in a run without end: a pool of four, page 0 the first to be mapped. A page
// is in use while it is mapped, and while a CPU copies from it or to it: who copies holds a reference, as in a kernel,
// so that a page does not come back as another one while somebody still knows it by its number. All others are free.
//
// So few are enough: who takes one copies from the mapped page, and the other CPU copies from a page, which may have
// been unmapped since, to another: three. More would do no harm but that the same happens under other numbers.

namespace doorway::mm {

template <class Sync>
class FreePages {
 public:
  // Takes a reference to `source` and a free page to copy it to; returns that page.
  // REQUIRES: `source` is mapped, and its page-table lock is held; so it is the mapped page, and no other is.
  // Memory ordering: acquire, pairs with Drop's release: who gets a page comes after those who had it.
  int Take(int cpu, int source, Site site = Site::Here()) {
    const auto c = static_cast<std::uint8_t>(cpu);
    const auto s = static_cast<std::uint8_t>(source);
    return FreeIn(copies_.update(Begin{}, with(c, s), std::memory_order_acquire, site), s);
  }

  // The copy has been mapped or thrown away; `mapped` is the page that `range` maps now. Tells which pages are free.
  // REQUIRES: the page-table lock is held. Memory ordering: release, pairs with Take.
  void Drop(int cpu, int range, int mapped, Site site = Site::Here()) {
    const auto c = static_cast<std::uint8_t>(cpu);
    const Copies old = copies_.update(End{}, with(c), std::memory_order_release, site);
    const Copies left = End{}(old, c);
    for (const std::uint8_t page : {old.of[c].from, old.of[c].to}) {
      if (page != mapped && !Uses(left, page)) Sync::tag(kFreed, cpu, OnPage(range, page), site);
    }
  }

 private:
  struct Copy {
    std::uint8_t from;
    std::uint8_t to;  // the same as `from`: there is none
  };
  struct Copies {
    std::array<Copy, kMaxCpus> of;  // by CPU
  };
  static constexpr int kPool = 2 * kMaxCpus;
  static_assert(kPool <= kPages);

  static constexpr bool Uses(Copies copies, std::uint8_t page) {
    for (const Copy& copy : copies.of) {
      if (copy.from != copy.to && (page == copy.from || page == copy.to)) return true;
    }
    return false;
  }

  static constexpr std::uint8_t FreeIn(Copies copies, std::uint8_t mapped) {
    for (std::uint8_t page = 0; page < kPool; ++page) {
      if (page != mapped && !Uses(copies, page)) return page;
    }
    return mapped;  // never: each of the other CPUs uses two, and this one the mapped page
  }

  struct Begin {
    constexpr Copies operator()(Copies copies, std::uint8_t cpu, std::uint8_t source) const {
      const std::uint8_t to = FreeIn(copies, source);
      copies.of[cpu] = {source, to};
      return copies;
    }
  };
  struct End {
    constexpr Copies operator()(Copies copies, std::uint8_t cpu) const {
      copies.of[cpu] = {0, 0};
      return copies;
    }
  };

  typename Sync::template Atomic<Copies> copies_{Copies{}, "copies"};
};

}  // namespace doorway::mm

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
    return copies_.update(Begin{}, PageTaken{}, with(c, s), std::memory_order_acquire, site);
  }

  // The copy has been mapped or thrown away; `mapped` is the page that `range` maps now. Tells which pages are free.
  // REQUIRES: the page-table lock is held. Memory ordering: release, pairs with Take.
  void Drop(int cpu, int range, int mapped, Site site = Site::Here()) {
    const auto c = static_cast<std::uint8_t>(cpu);
    const auto m = static_cast<std::uint8_t>(mapped);
    const unsigned freed = copies_.update(End{}, PagesFreed{}, with(c, m), std::memory_order_release, site);
    for (int page = 0; page < kPool; ++page) {
      if ((freed >> page & 1) != 0) Sync::tag(kFreed, cpu, OnPage(range, page), site);
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
  struct PageTaken {
    constexpr std::uint8_t operator()(Copies copies, std::uint8_t /*cpu*/, std::uint8_t source) const {
      return FreeIn(copies, source);
    }
  };
  struct End {
    constexpr Copies operator()(Copies copies, std::uint8_t cpu, std::uint8_t /*mapped*/) const {
      copies.of[cpu] = {0, 0};
      return copies;
    }
  };
  struct PagesFreed {  // a bit for each page
    constexpr std::uint8_t operator()(Copies copies, std::uint8_t cpu, std::uint8_t mapped) const {
      const Copies left = End{}(copies, cpu, mapped);
      unsigned freed = 0;
      for (const std::uint8_t page : {copies.of[cpu].from, copies.of[cpu].to}) {
        if (page != mapped && !Uses(left, page)) freed |= 1u << page;
      }
      return static_cast<std::uint8_t>(freed);
    }
  };

  typename Sync::template Atomic<Copies> copies_{Copies{}, "copies"};
};

}  // namespace doorway::mm

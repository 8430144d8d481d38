#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "properties/mm/page_notes.h"

// Where the pages for copies come from, in a run without end: a pool of kPages, page 0 the first to be mapped. A page
// is in use while it is mapped, and while a CPU copies from it or to it: who copies holds a reference, as in a kernel,
// so that a page does not come back as another one while somebody still knows it by its number. All others are free.
//
// So few are enough: one is mapped, and each of two CPUs copies from one, which may have been unmapped since, to
// another.

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

  // The copy has been mapped or thrown away. Memory ordering: release, pairs with Take.
  void Drop(int cpu, Site site = Site::Here()) {
    copies_.update(End{}, with(static_cast<std::uint8_t>(cpu)), std::memory_order_release, site);
  }

 private:
  struct Copy {
    std::uint8_t from;
    std::uint8_t to;  // the same as `from`: there is none
  };
  struct Copies {
    std::array<Copy, kMaxCpus> of;  // by CPU
  };
  static_assert(kPages >= 2 * kMaxCpus);

  static constexpr std::uint8_t FreeIn(Copies copies, std::uint8_t mapped) {
    for (std::uint8_t page = 0; page < kPages; ++page) {
      bool used = page == mapped;
      for (const Copy& copy : copies.of)
        used = used || (copy.from != copy.to && (page == copy.from || page == copy.to));
      if (!used) return page;
    }
    return mapped;  // never: each copy uses two, and the last one is being made
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

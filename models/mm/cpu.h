#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "models/mm/pte.h"
#include "properties/mm/page_notes.h"

// What one CPU knows of one mapped address, in one word: its TLB entry, whether its page walker is under
// way, and *its own byte* of each page that the address may map to. Each instruction of the CPU is one update:
//
//   store       entry writable: write this CPU's byte of the entry's page. The page table is not asked: a
//               stale entry is enough. Else the miss starts a walk.
//   fill        (walk started) load the PTE; install it only if the walk still stands.
//   shootdown   drop the entry and cancel the walk. An IPI lands between instructions, so once it is
//               acknowledged no half-done store or fill is left.
//   copy        somebody who copies a page loads every CPU's word for that CPU's byte of it.
//
// Why one word: a store looks at the entry and writes the page in one step. As two operations, "load entry; [protect,
// flush, return]; write page" would be possible, which no hardware does; and under RC11 the write would be without
// order to the shootdown that is meant to stop it.
//
// Left out:
// - Read-only entries: nothing depends on them.
// - Speculative fills: a fill long before its store is the same as a walk that begins then and installs late; and one
//   while the CPU is in a fault is dropped by the flush of that fault, or is the same as a program that starts later.
// - The bytes that a copy leaves in the new page: nobody loads a page. properties/mm/no_lost_write.h asks instead
//   whether each store is ordered before the copy.

namespace doorway::mm {

enum class Access : std::uint8_t { kNone, kWrite };

struct CpuWord {
  std::uint8_t page;  // of the entry
  Access access;
  std::uint8_t walking;
  std::array<std::uint8_t, kPages> bytes;  // this CPU's byte of each page: how often it stored there
};

template <class Sync>
class Cpu {
 public:
  // A CPU that starts with `access` to page 0 in its TLB.
  Cpu(ObjectName name, Access access, Site site = Site::Here()) : word_(CpuWord{0, access, 0, {}}, name, site) {}

  // One store instruction. Returns the page that it wrote; none: it missed, and a walk has begun. `counted`: whether
  // its byte says how often it stored. Nobody reads that, and in a run without end it would grow for ever.
  // Memory ordering: acq_rel; acquire pairs with a shootdown's release (a walk after it sees the PTE as changed
  // before it), release with a shootdown's or a copy's acquire (they see the byte).
  std::optional<int> StoreOrWalk(bool counted, Site site = Site::Here()) {
    const std::uint8_t page =
        word_.update(Store{}, StoredTo{}, with(static_cast<std::uint8_t>(counted)), std::memory_order_acq_rel, site);
    if (page == kMissed) return std::nullopt;
    return page;
  }

  // Ends a walk that found the writable `pte`. Returns false if a shootdown cancelled the walk.
  // Memory ordering: release, pairs with a shootdown's acquire: the initiator knows of the entry. A walk that still
  // stands reads from this CPU's own StoreOrWalk, and a cancelled one is followed by another: neither needs acquire.
  bool Install(Pte pte, Site site = Site::Here()) {
    return word_.try_update(Fill{}, with(pte.page), std::memory_order_release, std::memory_order_relaxed, site).done;
  }

  // Drops the entry and cancels a walk under way: this CPU's acknowledgement of a shootdown.
  // Memory ordering: acq_rel: it orders all earlier instructions of this CPU before the initiator's next
  // step, and what the initiator did before all later ones.
  void Shootdown(Site site = Site::Here()) { word_.update(Drop{}, unseen, with(), std::memory_order_acq_rel, site); }

  // This CPU's byte of `page`, for a copy. Memory ordering: acquire, pairs with the store's release: the copy comes
  // after the stores in it. (Where no write is lost, the shootdown orders them already.)
  int Byte(int page, Site site = Site::Here()) const {
    return word_.load(std::memory_order_acquire, site).bytes[static_cast<std::size_t>(page)];
  }

 private:
  static constexpr std::uint8_t kMissed = kPages;  // no page

  struct StoredTo {
    constexpr std::uint8_t operator()(CpuWord word, std::uint8_t /*counted*/) const {
      return word.access == Access::kWrite ? word.page : kMissed;
    }
  };
  struct Store {
    constexpr CpuWord operator()(CpuWord word, std::uint8_t counted) const {
      if (word.access == Access::kWrite) {
        word.bytes[word.page] = static_cast<std::uint8_t>(word.bytes[word.page] + counted);
      } else {
        word.walking = 1;
      }
      return word;
    }
  };
  struct Fill {
    constexpr std::optional<CpuWord> operator()(CpuWord word, std::uint8_t page) const {
      if (word.walking == 0) return std::nullopt;
      word.page = page;
      word.access = Access::kWrite;
      word.walking = 0;
      return word;
    }
  };
  struct Drop {
    constexpr CpuWord operator()(CpuWord word) const {
      word.page = 0;
      word.access = Access::kNone;
      word.walking = 0;
      return word;
    }
  };

  typename Sync::template Atomic<CpuWord> word_;
};

}  // namespace doorway::mm

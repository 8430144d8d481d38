#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"

// mmap_lock as far as safety goes: many readers or one writer. Fairness: none (neither side waits for a queue);
// what depends on the queue of the real rwsem is not for this one.

namespace doorway::mm {

template <class Sync>
class MmapLock {
 public:
  // Memory ordering: acquire, pairs with the release of the last section that excludes this one.
  void read_lock(Site site = Site::Here()) {
    word_.await_update(NoWriter{}, AddReader{}, with(), std::memory_order_acquire, site);
  }
  void write_lock(Site site = Site::Here()) {
    word_.await_update(IsFree{}, SetWriter{}, with(), std::memory_order_acquire, site);
  }

  // Memory ordering: release, pairs with those; an update, so that a writer sees all readers' sections.
  // (For what readers do under the page-table lock, as all here, that lock would do.)
  void read_unlock(Site site = Site::Here()) { word_.fetch_sub(1, std::memory_order_release, site); }
  void write_unlock(Site site = Site::Here()) { word_.store(0, std::memory_order_release, site); }

  // The writer becomes a reader without letting go: other readers may join it, no writer comes between.
  // Memory ordering: release, as write_unlock: those readers see what the writer did.
  // (`order`: for a broken variant.)
  void downgrade(std::memory_order order = std::memory_order_release, Site site = Site::Here()) {
    word_.store(1, order, site);
  }

 private:
  static constexpr std::uint8_t kWriter = 0x80;

  struct NoWriter {
    constexpr bool operator()(std::uint8_t word) const { return word < kWriter; }
  };
  struct IsFree {
    constexpr bool operator()(std::uint8_t word) const { return word == 0; }
  };
  struct AddReader {
    constexpr std::uint8_t operator()(std::uint8_t word) const { return static_cast<std::uint8_t>(word + 1); }
  };
  struct SetWriter {
    constexpr std::uint8_t operator()(std::uint8_t /*word*/) const { return kWriter; }
  };

  typename Sync::template Atomic<std::uint8_t> word_{0, "mmap_lock"};
};

}  // namespace doorway::mm

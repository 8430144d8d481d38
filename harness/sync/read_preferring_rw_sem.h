#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "harness/sync/thread_set.h"

// A sleeping reader-writer lock that prefers readers: the weakest rwsem that a user may have to live with.
//
// Contract: many readers or one writer. Not reentrant for writers. A reader may join while others read, whoever waits.
// Threads 0 to 15.
// Fairness: none. Two readers whose sections overlap without end keep a writer out for ever; among those who find the
// semaphore free anybody wins. FairRwSem (fair_rw_sem.h) queues.
//
// Arriving (start_read, start_write) and waiting (finish_read, finish_write) can be called apart; down_read and
// down_write do both. A waiting thread shows in the word, but that changes nothing for the others.
// Releases return whom they let in: here nobody, since waiting threads take the semaphore themselves.

namespace doorway {

template <class Sync>
class ReadPreferringRwSem {
 public:
  static constexpr bool kHandsOver = false;  // the released semaphore is up for grabs

  explicit ReadPreferringRwSem(ObjectName name = "rwsem", Site site = Site::Here()) : word_(0, name, site) {}

  // Arrives as a reader or writer: true if it holds the semaphore now, else it must finish.
  // Memory ordering: acquire; pairs with the releases of up_read, up_write and downgrade. Every change of the word is
  // an update, so each release heads a sequence that any later acquire reads from.
  bool start_read(Site site = Site::Here()) {
    return NoWriter{}(word_.update(ArriveToRead{}, with(SelfBit()), std::memory_order_acquire, site));
  }
  bool start_write(Site site = Site::Here()) {
    return IsFree{}(word_.update(ArriveToWrite{}, with(SelfBit()), std::memory_order_acquire, site));
  }
  // Waits after a start that returned false. Memory ordering: acquire, as start_read.
  void finish_read(Site site = Site::Here()) {
    word_.await_update(NoWriter{}, TakeToRead{}, with(SelfBit()), std::memory_order_acquire, site);
  }
  void finish_write(Site site = Site::Here()) {
    word_.await_update(IsFree{}, TakeToWrite{}, with(SelfBit()), std::memory_order_acquire, site);
  }

  void down_read(Site site = Site::Here()) {
    if (!start_read(site)) finish_read(site);
  }
  void down_write(Site site = Site::Here()) {
    if (!start_write(site)) finish_write(site);
  }

  // Memory ordering: release; pairs with the acquires above.
  ThreadSet up_read(Site site = Site::Here()) {
    word_.fetch_sub(kReader, std::memory_order_release, site);
    return {};
  }
  ThreadSet up_write(Site site = Site::Here()) {
    word_.fetch_sub(kWriter, std::memory_order_release, site);
    return {};
  }
  // The writer becomes a reader, without anybody writing in between.
  // Memory ordering: release; readers that join see what was written.
  ThreadSet downgrade(Site site = Site::Here()) {
    word_.fetch_sub(kWriter - kReader, std::memory_order_release, site);
    return {};
  }

 private:
  // Bits 0-5: readers. Bit 6: a writer. Bits 16-31: the threads that wait.
  static constexpr std::uint32_t kReader = 1;
  static constexpr std::uint32_t kWriter = 0x40;
  static constexpr std::uint32_t kHeld = 0x7f;

  static std::uint32_t SelfBit() { return std::uint32_t{1} << (16 + Sync::self()); }

  struct NoWriter {
    constexpr bool operator()(std::uint32_t word, std::uint32_t /*self*/ = 0) const { return (word & kWriter) == 0; }
  };
  struct IsFree {
    constexpr bool operator()(std::uint32_t word, std::uint32_t /*self*/ = 0) const { return (word & kHeld) == 0; }
  };
  struct TakeToRead {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t self) const {
      return (word & ~self) + kReader;
    }
  };
  struct TakeToWrite {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t self) const {
      return (word & ~self) + kWriter;
    }
  };
  struct ArriveToRead {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t self) const {
      return NoWriter{}(word) ? word + kReader : word | self;
    }
  };
  struct ArriveToWrite {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t self) const {
      return IsFree{}(word) ? word + kWriter : word | self;
    }
  };

  typename Sync::template Atomic<std::uint32_t> word_;
};

}  // namespace doorway

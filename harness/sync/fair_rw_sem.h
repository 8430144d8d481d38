#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "harness/sync/thread_set.h"
#include "harness/sync/waiter_fifo.h"

// A sleeping reader-writer lock that is fair to both sides: what one hopes that a kernel's rwsem is.
//
// Contract: many readers or one writer; not reentrant, for readers neither: a reader that already holds it waits behind
// a queued writer, which waits for it. At most ten threads wait, threads 0 to 15. Fairness: queue-fair. Once anybody
// waits, everybody queues. The last one out lets in the head of the queue: a writer, or all readers up to the next
// writer. Nobody is overtaken by one who arrived later, in the sense that the queue is left in the order of arrival.
//
// Arriving and waiting can be called apart, as in ReadPreferringRwSem (read_preferring_rw_sem.h). Releases return whom
// they let in.

namespace doorway {

template <class Sync>
class FairRwSem {
 public:
  static constexpr bool kHandsOver = true;  // the releaser admits the waiting

  explicit FairRwSem(ObjectName name = "rwsem", Site site = Site::Here()) : word_(0, name, site) {}

  // Arrives as a reader or writer: true if it holds the semaphore now, else it is queued and must finish.
  // Memory ordering: acquire; pairs with the releases of up_read, up_write and downgrade. Every change of the word is
  // an update, so each release heads a sequence that any later acquire reads from.
  bool start_read(Site site = Site::Here()) { return Start(kRead, site); }
  bool start_write(Site site = Site::Here()) { return Start(kWrite, site); }
  // Waits until admitted, after a start that returned false. Memory ordering: acquire, as start_read.
  void finish_read(Site site = Site::Here()) { Finish(site); }
  void finish_write(Site site = Site::Here()) { Finish(site); }

  void down_read(Site site = Site::Here()) {
    if (!start_read(site)) finish_read(site);
  }
  void down_write(Site site = Site::Here()) {
    if (!start_write(site)) finish_write(site);
  }

  // Memory ordering: release; pairs with the acquires above.
  ThreadSet up_read(Site site = Site::Here()) { return Release<Leave>(site); }
  ThreadSet up_write(Site site = Site::Here()) { return Release<Leave>(site); }
  // The writer becomes a reader, and readers at the head of the queue join it.
  // Memory ordering: release; they see what was written.
  ThreadSet downgrade(Site site = Site::Here()) { return Release<BecomeReader>(site); }

 private:
  enum Kind : int { kRead = 0, kWrite = 1 };

  // Bits 0-53: the queue. Bit 54: a writer. Bits 55-59: the readers.
  struct State {
    WaiterFifo queue;
    bool writer;
    int readers;

    constexpr explicit State(std::uint64_t word)
        : queue(word),
          writer((word >> WaiterFifo::kBits & 1) != 0),
          readers(static_cast<int>(word >> (WaiterFifo::kBits + 1)) & 31) {}
    constexpr std::uint64_t Word() const {
      return queue.bits() | std::uint64_t{writer} << WaiterFifo::kBits |
             static_cast<std::uint64_t>(readers) << (WaiterFifo::kBits + 1);
    }

    constexpr bool Admits(int kind) const { return !writer && queue.empty() && (kind == kRead || readers == 0); }
    constexpr void Admit(int kind) {
      writer = kind == kWrite;
      readers += kind == kRead;
    }
    constexpr void AdmitReadersAtHead() {
      while (!queue.empty() && queue.front().kind == kRead) {
        Admit(kRead);
        queue.pop();
      }
    }
    constexpr void AdmitHead() {
      AdmitReadersAtHead();
      if (readers > 0 || queue.empty()) return;
      Admit(kWrite);
      queue.pop();
    }
  };

  struct Arrive {
    constexpr std::uint64_t operator()(std::uint64_t word, std::uint8_t thread, std::uint8_t kind) const {
      State state(word);
      if (state.Admits(kind)) {
        state.Admit(kind);
      } else if (!state.queue.full()) {
        state.queue.push(thread, kind);
      }
      return state.Word();
    }
  };
  struct Leave {
    constexpr std::uint64_t operator()(std::uint64_t word) const {
      State state(word);
      if (state.writer) {
        state.writer = false;
      } else {
        --state.readers;
      }
      if (state.readers == 0) state.AdmitHead();
      return state.Word();
    }
  };
  struct BecomeReader {
    constexpr std::uint64_t operator()(std::uint64_t word) const {
      State state(word);
      state.Admit(kRead);  // which is also the end of the writer
      state.AdmitReadersAtHead();
      return state.Word();
    }
  };
  struct IsNotQueued {
    constexpr bool operator()(std::uint64_t word, std::uint8_t thread) const {
      return !WaiterFifo(word).contains(thread);
    }
  };

  static std::uint8_t Self() { return static_cast<std::uint8_t>(Sync::self()); }

  bool Start(Kind kind, Site site) {
    const std::uint64_t old =
        word_.update(Arrive{}, with(Self(), static_cast<std::uint8_t>(kind)), std::memory_order_acquire, site);
    if (State(old).Admits(kind)) return true;
    Sync::check(!WaiterFifo(old).full(), "FairRwSem: more than ten threads wait", site);
    return false;
  }

  void Finish(Site site) { word_.await(IsNotQueued{}, with(Self()), std::memory_order_acquire, site); }

  template <class Change>
  ThreadSet Release(Site site) {
    const std::uint64_t old = word_.update(Change{}, with(), std::memory_order_release, site);
    const WaiterFifo before(old);
    ThreadSet admitted;
    for (int i = 0; i < before.size() - WaiterFifo(Change{}(old)).size(); ++i) admitted.insert(before.at(i).thread);
    return admitted;
  }

  typename Sync::template Atomic<std::uint64_t> word_;
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/operands.h"
#include "harness/sync/rw_sem_word.h"
#include "harness/sync/thread_set.h"

// A sleeping reader-writer lock, idealised: many readers or one writer, in one word, handed over by whoever releases
// it.
//
// Contract: not reentrant, for readers neither if the rule queues them. At most ten threads wait. Threads 0 to 15. A
// writer may become a reader without letting go.
// Fairness: by the rule (rw_sem_word.h).
//   FairRwSem            once anybody waits, everybody queues. Nobody is overtaken by one who arrived later.
//   ReadPreferringRwSem  readers join whenever no writer is inside, and go before writers that wait; writers are served
//   in their
//                        order. Two readers whose sections overlap without end keep a writer out for ever.
//
// Arriving (start_read, start_write) and waiting (finish) can be called apart; down_read and down_write do both.
// Releases return whom they let in.

namespace doorway {

template <class Sync, class Rule>
class RwSem {
 public:
  explicit RwSem(ObjectName name = "rwsem", Site site = Site::Here()) : word_(0, name, site) {}

  // Arrives as a reader or writer: true if it holds the semaphore now, else it is queued and must finish.
  // Memory ordering: acquire; pairs with the releases of up_read, up_write and downgrade. Every change of the word is
  // an update, so each release heads a sequence that any later acquire reads from.
  bool start_read(Site site = Site::Here()) { return Start(RwSemWord::kRead, site); }
  bool start_write(Site site = Site::Here()) { return Start(RwSemWord::kWrite, site); }
  // Waits until let in, after a start that returned false. Memory ordering: acquire, as start_read.
  void finish(Site site = Site::Here()) { word_.await(IsNotQueued{}, with(Self()), std::memory_order_acquire, site); }

  void down_read(Site site = Site::Here()) {
    if (!start_read(site)) finish(site);
  }
  void down_write(Site site = Site::Here()) {
    if (!start_write(site)) finish(site);
  }

  // Memory ordering: release; pairs with the acquires above.
  ThreadSet up_read(Site site = Site::Here()) { return Release<Leave>(site); }
  ThreadSet up_write(Site site = Site::Here()) { return Release<Leave>(site); }
  // The writer becomes a reader, and readers that the rule lets in join it.
  // Memory ordering: release; they see what was written.
  ThreadSet downgrade(Site site = Site::Here()) { return Release<BecomeReader>(site); }

 private:
  struct Arrive {
    constexpr std::uint64_t operator()(std::uint64_t bits, std::uint8_t thread, std::uint8_t kind) const {
      RwSemWord word(bits);
      if (Rule::Admits(word, kind)) {
        word.Admit(kind);
      } else if (!word.queue.full()) {
        word.queue.push(thread, kind);
      }
      return word.Bits();
    }
  };
  struct Leave {
    constexpr std::uint64_t operator()(std::uint64_t bits) const {
      RwSemWord word(bits);
      if (word.writer) {
        word.writer = false;
      } else {
        --word.readers;
      }
      if (word.readers == 0) Rule::HandOver(word);
      return word.Bits();
    }
  };
  struct BecomeReader {
    constexpr std::uint64_t operator()(std::uint64_t bits) const {
      RwSemWord word(bits);
      word.Admit(RwSemWord::kRead);  // which is also the end of the writer
      Rule::LetReadersJoin(word);
      return word.Bits();
    }
  };
  struct IsNotQueued {
    constexpr bool operator()(std::uint64_t bits, std::uint8_t thread) const {
      return !WaiterFifo(bits).contains(thread);
    }
  };

  static std::uint8_t Self() { return static_cast<std::uint8_t>(Sync::self()); }

  bool Start(RwSemWord::Kind kind, Site site) {
    const std::uint64_t old =
        word_.update(Arrive{}, with(Self(), static_cast<std::uint8_t>(kind)), std::memory_order_acquire, site);
    if (Rule::Admits(RwSemWord(old), kind)) return true;
    Sync::check(!WaiterFifo(old).full(), "RwSem: more than ten threads wait", site);
    return false;
  }

  template <class Change>
  ThreadSet Release(Site site) {
    const std::uint64_t old = word_.update(Change{}, with(), std::memory_order_release, site);
    const WaiterFifo before(old), after(Change{}(old));
    ThreadSet admitted;
    for (int i = 0; i < before.size(); ++i) {
      if (!after.contains(before.at(i).thread)) admitted.insert(before.at(i).thread);
    }
    return admitted;
  }

  typename Sync::template Atomic<std::uint64_t> word_;
};

template <class Sync>
using FairRwSem = RwSem<Sync, QueueFair>;
template <class Sync>
using ReadPreferringRwSem = RwSem<Sync, ReadersFirst>;

}  // namespace doorway

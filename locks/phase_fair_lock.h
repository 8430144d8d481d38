#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A reader-writer lock in which phases of readers and of one writer alternate: a reader waits for at most one writer,
// however many of them queue. Writers draw tickets. The one that is called announces itself, with the parity of its
// ticket, in the word of arriving readers: that shuts the door behind those that came before, for whose departure it
// waits. Readers that come later wait until the announcement has gone, or is another one.
//
//   arrived:  bit 0 the parity of the writer, bit 1 a writer is present, from bit 2 on how many readers have arrived
//   departed: from bit 2 on how many have left
//
// Contract: not reentrant. At most 2^w readers and 2^w writers at a time, where counts are taken modulo 2^w (w is 30,
// or less, which makes runs without end finite). Fairness: a reader is overtaken by no writer that comes after it, and
// waits for at most one. A writer is overtaken by no reader from its announcement on, which is its doorway; before, it
// waits for its ticket to be called, and each writer before it may be followed by a phase of readers. Writers are
// served in the order of their tickets. Cost: a reader two updates, one to arrive and one to leave; a writer three, and
// a store. Space: four words.
//
// Source: Brandenburg and Anderson, "Spin-based reader-writer synchronization for multiprocessor real-time systems",
// Real-Time Systems 46 (1), 2010, the lock PF-T.

namespace doorway {

template <class Sync>
class PhaseFairLock {
 public:
  static constexpr int kFullWidth = 30;

  explicit PhaseFairLock(int width = kFullWidth) : mask_((std::uint32_t{4} << width) - 4) {}

  // Memory ordering: acquire, the arrival and the wait: pair with write_unlock's release, which takes the announcement
  // away. The word changes by updates alone, so one that comes later reads from its release sequence.
  void read_lock() {
    const std::uint32_t writer = arrive();
    if (writer == 0) return Sync::tag(notes::kAdmit, Sync::self(), kReaders);
    arrived_.await(HasChanged{}, unseen, with(writer), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self(), kReaders);
  }

  // Memory ordering: release; pairs with the writer's wait for departures. An update, so that the last one stands for
  // all.
  void read_unlock() { depart(std::memory_order_release); }

  // Memory ordering: relaxed, the ticket and the announcement: what is learnt from them is numbers. Acquire, the two
  // waits: pair with the release of the writer before, and with those of the readers that have left.
  void write_lock() {
    const std::uint32_t ticket = next_.update(Add{}, with(kStep, mask_), std::memory_order_relaxed);
    serving_.await(Is{}, unseen, with(ticket), std::memory_order_acquire);
    const std::uint32_t readers = announce(ticket);
    departed_.await(Is{}, unseen, with(readers), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self(), kWriters);
  }

  // Memory ordering: release, both: pair with the waits of readers and of the next writer. Relaxed, the load: the owner
  // alone changes the number.
  void write_unlock() {
    arrived_.update(Withdraw{}, unseen, with(), std::memory_order_release);
    call_next(std::memory_order_release);
  }

 protected:
  static constexpr std::uint32_t kParity = 1, kPresent = 2, kStep = 4;
  static constexpr Value kReaders = 0, kWriters = 1;  // the groups, of tags

  // Returns what is announced.
  std::uint32_t arrive(std::memory_order order = std::memory_order_acquire) {
    const std::uint32_t writer = arrived_.update(Arrive{}, Writer{}, with(mask_), order);
    Sync::tag(notes::kDoorway, Sync::self(), kReaders);
    return writer;
  }
  void depart(std::memory_order order) { departed_.update(Add{}, unseen, with(kStep, mask_), order); }
  // Returns how many readers had arrived before.
  std::uint32_t announce(std::uint32_t ticket) {
    const std::uint32_t word = kPresent | (ticket / kStep & kParity);
    const std::uint32_t old = arrived_.update(Announce{}, with(word), std::memory_order_relaxed);
    Sync::tag(notes::kDoorway, Sync::self(), kWriters);
    return old & ~(kPresent | kParity);
  }
  void call_next(std::memory_order order) {
    serving_.store(Add{}(serving_.load(std::memory_order_relaxed), kStep, mask_), order);
  }

  struct Add {
    constexpr std::uint32_t operator()(std::uint32_t count, std::uint32_t by, std::uint32_t mask) const {
      return (count + by) & mask;
    }
  };
  struct Arrive {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t mask) const {
      return ((word + kStep) & mask) | (word & (kPresent | kParity));
    }
  };
  struct Writer {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t /*mask*/) const {
      return word & (kPresent | kParity);
    }
  };
  struct Announce {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint32_t writer) const { return word | writer; }
  };
  struct Withdraw {
    constexpr std::uint32_t operator()(std::uint32_t word) const { return word & ~(kPresent | kParity); }
  };
  struct HasChanged {
    constexpr bool operator()(std::uint32_t word, std::uint32_t writer) const {
      return (word & (kPresent | kParity)) != writer;
    }
  };
  struct Is {
    constexpr bool operator()(std::uint32_t count, std::uint32_t wanted) const { return count == wanted; }
  };

  const std::uint32_t mask_;  // of a count, from bit 2 on
  typename Sync::template Atomic<std::uint32_t> arrived_{0, "arrived"};
  typename Sync::template Atomic<std::uint32_t> departed_{0, "departed"};
  typename Sync::template Atomic<std::uint32_t> next_{0, "next"};
  typename Sync::template Atomic<std::uint32_t> serving_{0, "serving"};
};

}  // namespace doorway

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A mutex that serves in the order of arrival: each thread draws a ticket and waits until its number is called.
//
// Contract: at most one owner. Not reentrant. No more threads at a time than there are numbers: 2^32, or 2^w if the
// tickets are taken modulo 2^w, which makes runs without end finite. (One thread more, and two have the same number.)
// Fairness: first come, first served, from the drawing of the ticket, which is the doorway and one step.
//
// Source: Reed and Kanodia, "Synchronization with eventcounts and sequencers", CACM 22 (2), 1979; in Mellor-Crummey and
// Scott, "Algorithms for scalable synchronization on shared-memory multiprocessors", TOCS 9 (1), 1991, by this name.

namespace doorway {

template <class Sync>
class TicketLock {
 public:
  using Ticket = std::uint32_t;
  static constexpr int kFullWidth = 32;

  // Tickets of `width` bits, 1 to 32.
  explicit TicketLock(int width = kFullWidth) : mask_(~Ticket{0} >> (kFullWidth - width)) {}

  // Waits until this thread is the owner.
  // Memory ordering: relaxed, the drawing: nothing is learnt from it but a number. Acquire, the wait: pairs with
  // unlock's release, so that what the owners before did is seen.
  void lock() { await_call(draw()); }

  // Memory ordering: release; pairs with lock's acquire. Relaxed, the load: the owner alone changes the number.
  void unlock() { call_next(std::memory_order_release); }

 protected:
  Ticket draw() {
    // At full width the counter wraps round by itself.
    const Ticket ticket = mask_ == ~Ticket{0} ? next_.fetch_add(1, std::memory_order_relaxed)
                                              : next_.update(Successor{}, with(mask_), std::memory_order_relaxed);
    Sync::tag(notes::kDoorway, Sync::self());
    return ticket;
  }

  void await_call(Ticket ticket) {
    serving_.await(IsCalled{}, with(ticket), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self());
  }

  void call_next(std::memory_order order) {
    serving_.store(Successor{}(serving_.load(std::memory_order_relaxed), mask_), order);
  }

  struct Successor {
    constexpr Ticket operator()(Ticket ticket, Ticket mask) const { return (ticket + 1) & mask; }
  };
  struct IsCalled {
    constexpr bool operator()(Ticket serving, Ticket mine) const { return serving == mine; }
  };

  const Ticket mask_;
  typename Sync::template Atomic<Ticket> next_{0, "next"};
  typename Sync::template Atomic<Ticket> serving_{0, "serving"};
};

}  // namespace doorway

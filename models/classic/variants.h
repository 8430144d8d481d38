#pragma once

#include <atomic>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "locks/mcs_lock.h"
#include "locks/peterson_lock.h"
#include "locks/ticket_lock.h"

// The textbook's mutexes, each with one thing wrong.

namespace doorway {

// Lets the other go first before it says that it is interested: both may find the other not interested yet.
template <class Sync>
class GiveWayFirst : public PetersonLock<Sync> {
 public:
  void lock(int me) {
    this->give_way(me);
    this->announce(me);
    this->await_turn(me);
  }
};

// Release stores instead of seq_cst ones: each may be seen later than the look at the other that follows it.
template <class Sync>
class ReleaseEntry : public PetersonLock<Sync> {
 public:
  void lock(int me) {
    this->announce(me, std::memory_order_release);
    this->give_way(me, std::memory_order_release);
    this->await_turn(me);
  }
};

// Does not let the other go first, and waits for it to lose interest: two that come together wait for each other.
template <class Sync>
class NeverGiveWay : public PetersonLock<Sync> {
 public:
  void lock(int me) {
    this->announce(me);
    Sync::tag(notes::kDoorway, me);
    Sync::spin([this, me] { return this->interested_[1 - me].load(std::memory_order_seq_cst); });
    Sync::tag(notes::kAdmit, me);
  }
};

// Calls the next number without a release: what the owner did need not be seen.
template <class Sync>
class RelaxedCall : public TicketLock<Sync> {
 public:
  using TicketLock<Sync>::TicketLock;
  void unlock() { this->call_next(std::memory_order_relaxed); }
};

// Draws a ticket in two steps: two threads may draw the same one.
template <class Sync>
class DrawInTwoSteps : public TicketLock<Sync> {
 public:
  using TicketLock<Sync>::TicketLock;
  using typename TicketLock<Sync>::Ticket;
  void lock() {
    const Ticket ticket = this->next_.load(std::memory_order_relaxed);
    this->next_.store(typename TicketLock<Sync>::Successor{}(ticket, this->mask_), std::memory_order_relaxed);
    Sync::tag(notes::kDoorway, Sync::self());
    this->await_call(ticket);
  }
};

// An unlock that finds no link behind it takes itself for the last one, though somebody has exchanged the tail already.
template <class Sync>
class NoWaitForLink : public McsLock<Sync> {
 public:
  using typename McsLock<Sync>::Node;
  void unlock(Node& me) {
    if (Node* const next = this->successor(me)) {
      this->grant(*next);
    } else {
      this->leave_empty(me);
    }
  }
};

// Hands over without a release: the thread that waits need not see what the owner did.
template <class Sync>
class RelaxedGrant : public McsLock<Sync> {
 public:
  using typename McsLock<Sync>::Node;
  void unlock(Node& me) {
    Node* next = this->successor(me);
    if (next == nullptr) {
      if (this->leave_empty(me)) return;
      next = this->await_link(me);
    }
    this->grant(*next, std::memory_order_relaxed);
  }
};

// Clears its flag only after it has linked its node: a grant in between is lost.
template <class Sync>
class ClearAfterLink : public McsLock<Sync> {
 public:
  using typename McsLock<Sync>::Node;
  void lock(Node& me) {
    this->prepare(me);
    if (Node* const before = this->enqueue(me)) {
      this->link(before, me);
      this->clear(me);
      this->await_grant(me);
    }
  }
};

}  // namespace doorway

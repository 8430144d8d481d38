#pragma once

#include <atomic>

#include "locks/clh_lock.h"

// CLH locks with one thing wrong.

namespace doorway::lock {

// Keeps its own cell when it leaves, though the next thread may not have looked at it yet: come again, it waits for
// that thread, which waits for it.
template <class Sync>
class ClhKeepsItsCell : public ClhLock<Sync> {
 public:
  using typename ClhLock<Sync>::Node;
  void unlock(Node& me) { this->free(*this->mine(me)); }
};

// Says that its cell is held only when others may have found it.
template <class Sync>
class ClhHoldsLate : public ClhLock<Sync> {
 public:
  using typename ClhLock<Sync>::Node;
  void lock(Node& me) {
    auto* const before = this->enqueue(me);
    this->hold(me);
    this->wait(me, before);
  }
};

// Exchanges the tail without an acquire: the cell that it gets may look as before its owner came.
template <class Sync>
class ClhReleaseEnqueue : public ClhLock<Sync> {
 public:
  using typename ClhLock<Sync>::Node;
  void lock(Node& me) {
    this->hold(me);
    this->wait(me, this->enqueue(me, std::memory_order_release));
  }
};

// ... or without a release: its own cell may look so.
template <class Sync>
class ClhAcquireEnqueue : public ClhLock<Sync> {
 public:
  using typename ClhLock<Sync>::Node;
  void lock(Node& me) {
    this->hold(me);
    this->wait(me, this->enqueue(me, std::memory_order_acquire));
  }
};

}  // namespace doorway::lock

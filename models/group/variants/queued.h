#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "locks/queued_group_lock.h"

// The real lock with waiter nodes, got wrong: each variant replaces entering, leaving or granting.

namespace doorway {

// Decides under the inner lock that it has to wait, but enqueues in a second section: the last member may leave in between,
// and finds nobody to let in.
template <class Sync>
class EnqueueInSecondSection : public QueuedGroupLock<Sync, StrictFair> {
 public:
  using typename QueuedGroupLock<Sync, StrictFair>::Waiter;
  void enter(int group, Waiter& me) {
    const int self = Sync::self();
    this->inner_.lock();
    auto now = this->state_.get();
    const bool inside = this->Admits(now, group);
    if (inside) this->Join(now, group);
    if (inside) this->state_.set(now);
    this->inner_.unlock();
    if (!inside) {
      this->inner_.lock();
      now = this->state_.get();
      ++now.waiting[group];
      this->Append(me, {static_cast<std::uint8_t>(self), static_cast<std::uint8_t>(group)});
      this->state_.set(now);
      this->inner_.unlock();
      this->wait(me);
    }
  }
};

// Enqueues at the head: last come, first served.
template <class Sync>
class LastComeFirstServed : public QueuedGroupLock<Sync, StrictFair> {
 public:
  using typename QueuedGroupLock<Sync, StrictFair>::Waiter;
  void enter(int group, Waiter& me) {
    const int self = Sync::self();
    this->inner_.lock();
    auto now = this->state_.get();
    const bool inside = this->Admits(now, group);
    if (inside) {
      this->Join(now, group);
    } else {
      ++now.waiting[group];
      this->Prepend(me, {static_cast<std::uint8_t>(self), static_cast<std::uint8_t>(group)});
    }
    this->state_.set(now);
    Sync::tag(notes::kDoorway, self, static_cast<Value>(group));
    if (inside) Sync::tag(notes::kAdmit, self, static_cast<Value>(group));
    this->inner_.unlock();
    if (!inside) this->wait(me);
  }
};

// Forgets to clear the flag when a node is used again: the second wait is over before it began.
template <class Sync>
class StaleGrant : public QueuedGroupLock<Sync, StrictFair> {
 public:
  using typename QueuedGroupLock<Sync, StrictFair>::Waiter;
  using typename QueuedGroupLock<Sync, StrictFair>::Who;
 protected:
};

}  // namespace doorway

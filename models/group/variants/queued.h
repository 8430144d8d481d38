#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/mutex.h"
#include "locks/queued_group_lock.h"
#include "locks/waiter_list.h"
#include "models/group/clients.h"

// The real lock with waiter nodes: over another inner lock, and got wrong.

namespace doorway {

template <class Sync, class List>
using StrictFairOver = QueuedGroupLock<Sync, StrictFair, Mutex<Sync>, List>;

// Fair from the first step of enter on.
template <class Sync>
using StrictFairOverFifoLock = QueuedGroupLock<Sync, StrictFair, FifoMutex<Sync>>;

// Decides under the inner lock that it has to wait, but enqueues in a second section: in between the last member may
// leave, and find nobody to let in.
template <class Sync>
class EnqueueInSecondSection : public StrictFairQueueLock<Sync> {
 public:
  using typename StrictFairQueueLock<Sync>::Waiter;
  void enter(int group, Waiter& me) {
    const auto self = static_cast<std::uint8_t>(Sync::self());
    this->inner_.lock();
    auto now = this->state_.get();
    const bool inside = this->admits(now, group);
    if (inside) {
      this->join(now, group);
      this->state_.set(now);
    }
    this->inner_.unlock();
    if (inside) return;
    this->inner_.lock();
    now = this->state_.get();
    ++now.waiting[group];
    this->waiters_.append(me, {self, static_cast<std::uint8_t>(group)});
    this->state_.set(now);
    this->inner_.unlock();
    this->wait(me);
  }
};

// Forgets to clear the flag of a node that is used again: the second wait is over before it began.
template <class Sync>
class StaleFlagList : public WaiterList<Sync> {
 public:
  using typename WaiterList<Sync>::Waiter;
  using typename WaiterList<Sync>::Who;
  void append(Waiter& me, Who who) { this->link(me, who); }
};
template <class Sync>
using StaleFlagLock = StrictFairOver<Sync, StaleFlagList<Sync>>;

// Clears the flag only after it has made the node known and has left the inner lock: it may undo a grant.
template <class Sync>
class ClearedLateList : public StaleFlagList<Sync> {
 public:
  using typename WaiterList<Sync>::Waiter;
  void wait(Waiter& me) {
    this->clear(me);
    StaleFlagList<Sync>::wait(me);
  }
};
template <class Sync>
using ClearFlagLateLock = StrictFairOver<Sync, ClearedLateList<Sync>>;

// Grants a waiter its place before it takes the node out of the list: the thread may have left by then, and its node
// with it.
template <class Sync>
class GrantFirstList : public WaiterList<Sync> {
 public:
  using typename WaiterList<Sync>::Waiter;
  using typename WaiterList<Sync>::Who;
  using typename WaiterList<Sync>::Granted;
  Granted grant(bool /*whole_group*/) {
    Waiter* waiter = this->head_.get();
    Granted granted{this->who(*waiter).group, 0};
    for (; waiter != nullptr && this->who(*waiter).group == granted.group; ++granted.count) {
      this->let_in(*waiter, this->who(*waiter));
      waiter = this->next(*waiter);
      this->unlink(nullptr, waiter);
    }
    return granted;
  }
};
template <class Sync>
using GrantFirstLock = StrictFairOver<Sync, GrantFirstList<Sync>>;

// Clients that keep the waiter node on their stack, as a kernel would: it is gone when enter returns.
template <class Sync, template <class> class LockOf>
class StackNodeClients : public GroupClients<Sync, LockOf> {
 public:
  using GroupClients<Sync, LockOf>::GroupClients;

  void thread(int me) {
    const int group = this->GroupOf(me);
    this->Repeat([this, me, group] {
      {
        typename LockOf<Sync>::Waiter waiter;
        this->lock_.enter(group, waiter);
      }
      this->Inside(me, group);
      this->lock_.exit(group);
    });
  }
};

}  // namespace doorway

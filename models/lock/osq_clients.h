#pragma once

#include <atomic>

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "locks/osq_lock.h"
#include "models/lock/clients.h"

// Clients of a queue that may be left: each thread is patient or not, which is explored both ways. And queues with one
// thing wrong.

namespace doorway::lock {

template <class Sync, template <class> class LockOf>
class OsqClients : public Clients<Sync, LockOf> {
  using Base = Clients<Sync, LockOf>;

 public:
  using Base::Base;
  void thread(int me) {
    if (this->config_.rounds == 0) Sync::forever([this, me] { Come(me); });
    for (int round = 0; round < this->config_.rounds; ++round) Come(me);
  }

 private:
  void Come(int me) {
    const bool patient = Sync::choose(2) == 0;
    if (patient) Sync::note(kCall, me);
    if (!this->lock_.lock(this->nodes_[me], patient)) return;
    this->WriteInside(me);
    this->lock_.unlock(this->nodes_[me]);
  }
};

// Leaves without cutting itself off from the node before, which may hand over to it.
template <class Sync>
class OsqNotCutOff : public OsqLock<Sync> {
 public:
  using typename OsqLock<Sync>::Node;
  bool lock(Node& me, bool patient) {
    Node* const before = this->enqueue(me);
    if (before == nullptr) return true;
    if (patient) return this->await_grant(me);
    if (this->is_granted(me)) return true;
    Node* const next = this->successor(me, before);
    if (next != nullptr) this->join(before, next);
    return false;
  }
};

// Leaves without joining its neighbours: nobody hands over to the node behind.
template <class Sync>
class OsqNotJoined : public OsqLock<Sync> {
 public:
  using typename OsqLock<Sync>::Node;
  bool lock(Node& me, bool patient) {
    Node* const before = this->enqueue(me);
    if (before == nullptr) return true;
    if (patient) return this->await_grant(me);
    if (!this->cut_off(me)) return true;
    this->successor(me, before);
    return false;
  }
};

// The last one that leaves says that nobody is there, though there is one before it.
template <class Sync>
class OsqTailToNobody : public OsqLock<Sync> {
 public:
  using typename OsqLock<Sync>::Node;
  bool lock(Node& me, bool patient) {
    Node* const before = this->enqueue(me);
    if (before == nullptr) return true;
    if (patient) return this->await_grant(me);
    if (!this->cut_off(me)) return true;
    Node* const next = this->successor(me, nullptr);
    if (next != nullptr) this->join(before, next);
    return false;
  }
};

// The hand-over is no release, as in a kernel, where the queue guards no data.
template <class Sync>
class OsqRelaxedGrant : public OsqLock<Sync> {
 public:
  using typename OsqLock<Sync>::Node;
  void unlock(Node& me) {
    if (this->give_back_tail(me, nullptr, std::memory_order_release)) return;
    this->grant(this->successor(me, nullptr), std::memory_order_relaxed);
  }
};

}  // namespace doorway::lock

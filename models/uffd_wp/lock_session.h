#pragma once

#include "models/group/clients.h"

// One thread's way through a group lock, whatever the lock: some want a waiter node to wait with, some give a member a
// token to leave with.

namespace doorway::uffd_wp {

// The waiter nodes of the threads of a model, for a lock that wants them. They are shared memory.
template <class Lock, int kThreads>
class LockWaiters {};

template <class Lock, int kThreads>
requires requires { typename Lock::Waiter; }
class LockWaiters<Lock, kThreads> {
 public:
  typename Lock::Waiter& operator[](int thread) { return waiters_[thread]; }

 private:
  struct Make {
    typename Lock::Waiter operator()(int thread) const { return typename Lock::Waiter(thread); }
  };
  Indexed<typename Lock::Waiter, kThreads, Make> waiters_;
};

template <class Lock, int kThreads>
class LockSession {
 public:
  // Of thread `self`.
  LockSession(Lock& lock, LockWaiters<Lock, kThreads>& waiters, int self)
      : lock_(lock), waiters_(waiters), self_(self) {}

  void Enter(int group) {
    if constexpr (requires { typename Lock::Waiter; }) {
      lock_.enter(group, waiters_[self_]);
    } else if constexpr (requires { typename Lock::Mode; }) {
      token_.mode = lock_.enter(group);
    } else {
      lock_.enter(group);
    }
  }

  // REQUIRES: entered as a member of `group`.
  void Exit(int group) {
    if constexpr (requires { typename Lock::Mode; }) {
      lock_.exit(group, token_.mode);
    } else {
      lock_.exit(group);
    }
  }

 private:
  template <class L>
  struct Token {};
  template <class L>
  requires requires { typename L::Mode; }
  struct Token<L> {
    typename L::Mode mode{};
  };

  Lock& lock_;
  LockWaiters<Lock, kThreads>& waiters_;
  int self_;
  [[no_unique_address]] Token<Lock> token_;
};

}  // namespace doorway::uffd_wp

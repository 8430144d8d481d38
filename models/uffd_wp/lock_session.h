#pragma once

// One thread's way through a group lock, whatever the lock: some give a member a token to leave with.

namespace doorway::uffd_wp {

template <class Lock>
class LockSession {
 public:
  explicit LockSession(Lock& lock) : lock_(lock) {}

  void Enter(int group) {
    if constexpr (requires { typename Lock::Mode; }) {
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
  [[no_unique_address]] Token<Lock> token_;
};

}  // namespace doorway::uffd_wp

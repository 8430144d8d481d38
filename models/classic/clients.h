#pragma once

#include <utility>

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "models/group/clients.h"

// The clients of every mutex in this family: a number of threads that go a number of rounds through it, or for ever.
// Inside, a thread writes plain data and touches it again: two that nothing orders are a data race under any engine.

namespace doorway {

struct MutexConfig {
  int threads = 2;
  int rounds = 1;  // 0: for ever
  int width = 2;   // of tickets, in bits
};

inline constexpr int kMaxMutexClients = 8;

template <class Sync, template <class> class LockOf>
class MutexClients {
 public:
  using Lock = LockOf<Sync>;

  explicit MutexClients(const MutexConfig& config) : config_(config), lock_(Make(config)) {}

  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Visit(me); });
    for (int round = 0; round < config_.rounds; ++round) Visit(me);
  }

 private:
  static Lock Make(const MutexConfig& config) {
    if constexpr (requires { typename Lock::Ticket; }) {
      return Lock(config.width);
    } else {
      return Lock();
    }
  }

  // Once through the lock: some locks want a node of the thread, some its number.
  void Visit(int me) {
    if constexpr (requires { typename Lock::Node; }) {
      lock_.lock(nodes_[me]);
      Inside(me);
      lock_.unlock(nodes_[me]);
    } else if constexpr (requires { lock_.lock(me); }) {
      lock_.lock(me);
      Inside(me);
      lock_.unlock(me);
    } else {
      lock_.lock();
      Inside(me);
      lock_.unlock();
    }
  }

  void Inside(int me) {
    Sync::note(notes::kEnter, me);
    inside_.set(1);
    inside_.get(unseen);
    Sync::note(notes::kLeave, me);
  }

  struct Nothing {
    explicit Nothing(int /*index*/) {}
  };
  template <class L>
  struct NodeOf {
    using Type = Nothing;
  };
  template <class L>
  requires requires { typename L::Node; }
  struct NodeOf<L> {
    using Type = typename L::Node;
  };
  struct MakeNode {
    typename NodeOf<Lock>::Type operator()(int i) const { return typename NodeOf<Lock>::Type(i); }
  };

  const MutexConfig config_;
  Lock lock_;
  Indexed<typename NodeOf<Lock>::Type, kMaxMutexClients, MakeNode> nodes_;
  typename Sync::template Var<int> inside_{0, "inside"};
};

}  // namespace doorway

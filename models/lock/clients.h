#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"
#include "models/group/clients.h"

// The clients of every lock in this family: threads 0 to readers - 1 read, the others write (all clients of a mutex
// do), each a number of rounds or for ever. Inside, a writer writes plain data and touches it again, a reader touches
// it: two that nothing orders are a data race under any engine, unless both read.

namespace doorway::lock {

struct ClientConfig {
  int readers = 0;
  int writers = 2;
  int rounds = 1;  // 0: for ever
  int width = 2;   // bits of what a lock counts, where it lets one choose
};

inline constexpr int kMaxThreads = 4;

// The groups of the claims. A mutex has writers alone.
inline constexpr Value kReader = 0;
inline constexpr Value kWriter = 1;

inline constexpr NoteKind kCall{"call"};  // note: the subject is about to lock

template <class Sync, template <class> class LockOf>
class Clients {
 public:
  using Lock = LockOf<Sync>;

  explicit Clients(const ClientConfig& config) : config_(config), lock_(Make(config)) {}

  void thread(int me) {
    if (config_.rounds == 0) Sync::forever([this, me] { Visit(me); });
    for (int round = 0; round < config_.rounds; ++round) Visit(me);
  }

 protected:
  static Lock Make(const ClientConfig& config) {
    if constexpr (requires { Lock(config.width); }) {
      return Lock(config.width);
    } else {
      return Lock();
    }
  }

  void Visit(int me) {
    Sync::note(kCall, me);
    if (me < config_.readers) {
      Read(me);
    } else {
      Write(me);
    }
  }

  // Some locks want a node of the thread, some its number.
  void Write(int me) {
    if constexpr (requires { lock_.write_lock(me); }) {
      lock_.write_lock(me);
      WriteInside(me);
      lock_.write_unlock(me);
    } else if constexpr (requires { lock_.write_lock(); }) {
      lock_.write_lock();
      WriteInside(me);
      lock_.write_unlock();
    } else if constexpr (requires { typename Lock::Node; }) {
      lock_.lock(nodes_[me]);
      WriteInside(me);
      lock_.unlock(nodes_[me]);
    } else if constexpr (requires { lock_.lock(me); }) {
      lock_.lock(me);
      WriteInside(me);
      lock_.unlock(me);
    } else {
      lock_.lock();
      WriteInside(me);
      lock_.unlock();
    }
  }

  void Read(int me) {
    if constexpr (requires { lock_.read_lock(me); }) {
      lock_.read_lock(me);
      ReadInside(me);
      lock_.read_unlock(me);
    } else if constexpr (requires { lock_.read_lock(); }) {
      lock_.read_lock();
      ReadInside(me);
      lock_.read_unlock();
    }
  }

  void WriteInside(int me) {
    Sync::note(notes::kEnter, me, kWriter);
    data_.set(1);
    data_.get(unseen);
    Sync::note(notes::kLeave, me, kWriter);
  }
  void ReadInside(int me) {
    Sync::note(notes::kEnter, me, kReader);
    data_.get(unseen);
    Sync::note(notes::kLeave, me, kReader);
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

  const ClientConfig config_;
  Lock lock_;
  Indexed<typename NodeOf<Lock>::Type, kMaxThreads, MakeNode> nodes_;
  typename Sync::template Var<int> data_{0, "data"};
};

}  // namespace doorway::lock

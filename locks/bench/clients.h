#pragma once

#include <utility>

#include "harness/sync/native_sync.h"

// Locks of all kinds behind three calls: Write, Read and Visit (of a group), each of which runs something inside. What
// a thread needs for it, a node or a number, it has here.

namespace doorway::bench {

inline constexpr int kMostThreads = 2;

template <class Lock>
class Client {
 public:
  // Alone inside.
  template <class Inside>
  void Write(int me, Inside inside) {
    if constexpr (requires { lock_.write_lock(me); }) {
      lock_.write_lock(me);
      inside();
      lock_.write_unlock(me);
    } else if constexpr (requires { lock_.write_lock(); }) {
      lock_.write_lock();
      inside();
      lock_.write_unlock();
    } else if constexpr (requires { lock_.down_write(); }) {
      lock_.down_write();
      inside();
      lock_.up_write();
    } else if constexpr (requires { lock_.write_begin(); }) {
      lock_.write_begin();
      inside();
      lock_.write_end();
    } else if constexpr (requires { typename Lock::Node; }) {
      lock_.lock(nodes_[me].value);
      inside();
      lock_.unlock(nodes_[me].value);
    } else if constexpr (requires { lock_.lock(me); }) {
      lock_.lock(me);
      inside();
      lock_.unlock(me);
    } else {
      lock_.lock();
      inside();
      lock_.unlock();
    }
  }

  // Beside other readers; of a sequence lock, again until nobody wrote meanwhile.
  template <class Inside>
  void Read(int me, Inside inside) {
    if constexpr (requires { lock_.read_lock(me); }) {
      lock_.read_lock(me);
      inside();
      lock_.read_unlock(me);
    } else if constexpr (requires { lock_.read_lock(); }) {
      lock_.read_lock();
      inside();
      lock_.read_unlock();
    } else if constexpr (requires { lock_.down_read(); }) {
      lock_.down_read();
      inside();
      lock_.up_read();
    } else {
      NativeSync::spin([&] {
        const auto begun = lock_.read_begin();
        inside();
        return lock_.read_retry(begun);
      });
    }
  }

  // Beside other members of `group`.
  template <class Inside>
  void Visit(int me, int group, Inside inside) {
    if constexpr (requires { typename Lock::Waiter; }) {
      lock_.enter(group, nodes_[me].value);
      inside();
      lock_.exit(group);
    } else if constexpr (requires { typename Lock::Mode; }) {
      const typename Lock::Mode mode = lock_.enter(group);
      inside();
      lock_.exit(group, mode);
    } else {
      lock_.enter(group);
      inside();
      lock_.exit(group);
    }
  }

 private:
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
  template <class L>
  requires requires { typename L::Waiter; }
  struct NodeOf<L> {
    using Type = typename L::Waiter;
  };
  struct alignas(64) Node {
    typename NodeOf<Lock>::Type value;
  };

  alignas(64) Lock lock_;
  Node nodes_[kMostThreads] = {Node{typename NodeOf<Lock>::Type(0)}, Node{typename NodeOf<Lock>::Type(1)}};
};

}  // namespace doorway::bench

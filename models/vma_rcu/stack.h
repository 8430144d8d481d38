#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/operands.h"
#include "harness/sync/rcu.h"
#include "harness/sync/rw_sem.h"

// A stack that grows changes its VMA, and so replaces a node of the tree; the old one is freed after a grace period.
// Who walks the tree under mmap_lock, held for reading, is not in RCU: nothing makes the grace period wait for him.
//
//   walker   mmap_lock for reading { node = root; read the node }     (or in RCU besides)
//   grower   mmap_lock for reading, or for writing { root = a new node }; the old one is given up
//
// Source: CVE-2023-3269 (StackRot); Linux 6.5 takes mmap_lock for writing before a stack grows.

namespace doorway::vma_rcu {

enum class Growing : std::uint8_t {
  kUnderWriteLock,
  kUnderReadLock,        // what Linux did, once its tree freed nodes by RCU
  kUnderReadLockAndRcu,  // ... if walkers were in RCU besides: no harm to them
};

struct StackConfig {
  int walkers = 1;
  Growing variant = Growing::kUnderWriteLock;
};

template <class Sync>
class Stack {
 public:
  explicit Stack(const StackConfig& config) : config_(config) {}

  static constexpr int kExtraThreads = 2;  // the one that grows, and the reclaimer

  void before() {
    old_node_ = old_home_.construct(1);
    root_.store(old_node_);
  }

  void thread(int i) {
    if (i < config_.walkers) {
      Walk();
    } else if (i == config_.walkers) {
      Grow();
    } else {
      callbacks_.drain(rcu_, [this](Node* node) { old_home_.destroy(node); });
    }
  }

 private:
  struct Node : RcuHead<Sync> {
    explicit Node(int size) : end(size, "node.end") {}
    typename Sync::template Var<int> end;
  };

  void Walk() {
    mmap_lock_.down_read();
    if (config_.variant == Growing::kUnderReadLockAndRcu) rcu_.read_lock();
    // Acquire: pairs with Grow's release.
    root_.load(std::memory_order_acquire)->end.get(unseen);
    if (config_.variant == Growing::kUnderReadLockAndRcu) rcu_.read_unlock();
    mmap_lock_.up_read();
  }

  void Grow() {
    const bool writes = config_.variant == Growing::kUnderWriteLock;
    writes ? mmap_lock_.down_write() : mmap_lock_.down_read();
    root_.store(new_home_.construct(2), std::memory_order_release);
    callbacks_.call(old_node_);
    writes ? (void)mmap_lock_.up_write() : (void)mmap_lock_.up_read();
  }

  const StackConfig config_;
  FairRwSem<Sync> mmap_lock_{"mmap_lock"};
  Rcu<Sync> rcu_;
  RcuCallbacks<Sync, Node> callbacks_;
  typename Sync::template Storage<Node> old_home_, new_home_;
  Node* old_node_ = nullptr;
  typename Sync::template Atomic<Node*> root_{nullptr, "root"};
};

}  // namespace doorway::vma_rcu

#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"
#include "locks/vma_mm.h"
#include "locks/vma_notes.h"
#include "models/vma/clients.h"

// How a fault gets to a VMA, and does so again if the VMA that it found has gone: through a node of a tree, which is
// read under RCU and freed when all have left it who may have found it.
//
//   fault    rcu { node = root; v = node.vma; try_read; else, if v is detached: leave and enter rcu, start again }
//   writer   mmap_lock for writing { start_write; change v; root = a node without v; detach }
//            wait for rcu; free the old node
//
// A fault that leaves RCU for a moment, as when it drops what may sleep, must not keep a node over it.
//
// RCU is a count of who is in: a writer waits until it is 0. (A kernel waits only for those that were in when it began
// to; nobody else can have found the node, so that makes no difference to who may touch it.)

namespace doorway::vma {

struct LookupConfig {
  int readers = 1;
  bool from_the_root = true;  // a second try starts at the root; else at the node of the first
};

template <class Sync, template <class> class LockOf>
class Lookup {
 public:
  explicit Lookup(const LookupConfig& config) : config_(config), lock_(mm_) {}

  void before() {
    old_node_ = old_home_.construct(&lock_, "old_node.vma");
    root_.store(old_node_);
  }

  void thread(int i) { i < config_.readers ? Fault() : Unmap(); }

  void after() {
    const bool detached = lock_.count() == 0;
    Sync::tag(kCount, Sync::self(), static_cast<Value>(!detached));
  }

 private:
  using Lock = LockOf<Sync>;

  struct Node {
    Node(Lock* found, const char* name) : vma(found, name) {}
    typename Sync::template Atomic<Lock*> vma;
  };

  void Fault() {
    EnterRcu();
    Node* node = FindNode();
    if (!Try(*node)) {
      LeaveRcu();
      EnterRcu();
      if (config_.from_the_root) node = FindNode();
      Try(*node);
    }
    LeaveRcu();
  }

  // Acquire: pairs with the store that puts a node there.
  Node* FindNode() { return root_.load(std::memory_order_acquire); }

  // Returns false if the VMA in `node` has gone, so that another may be in its place; else this was all.
  bool Try(Node& node) {
    Lock* const found = node.vma.load(std::memory_order_relaxed);  // who has found the node sees what is in it
    if (found == nullptr) return true;
    if (!found->try_read(mm_)) return found->count() != 0;
    Sync::note(notes::kEnter, Sync::self(), kReader);
    (void)flags_.get();
    Sync::note(notes::kLeave, Sync::self(), kReader);
    found->end_read();
    return true;
  }

  void Unmap() {
    mm_.begin_write();
    lock_.start_write();
    Sync::note(notes::kEnter, Sync::self(), kWriter);
    flags_.set(1);
    Sync::note(notes::kLeave, Sync::self(), kWriter);
    root_.store(new_home_.construct(nullptr, "new_node.vma"), std::memory_order_release);
    lock_.detach();
    mm_.end_write();
    // Acquire and release: what those did who have left comes before; who enters later finds the new node.
    rcu_readers_.await_update(IsZero{}, Same{}, with(), std::memory_order_acq_rel);
    old_home_.destroy(old_node_);
  }

  // Acquire: pairs with the writer's wait, if that came before.
  void EnterRcu() { rcu_readers_.fetch_add(1, std::memory_order_acquire); }
  // Release: pairs with the writer's wait.
  void LeaveRcu() { rcu_readers_.fetch_sub(1, std::memory_order_release); }

  struct IsZero {
    constexpr bool operator()(std::uint32_t count) const { return count == 0; }
  };
  struct Same {
    constexpr std::uint32_t operator()(std::uint32_t count) const { return count; }
  };

  const LookupConfig config_;
  VmaMm<Sync> mm_;
  Lock lock_;
  typename Sync::template Var<int> flags_{0, "vma.flags"};
  typename Sync::template Storage<Node> old_home_;
  typename Sync::template Storage<Node> new_home_;
  Node* old_node_ = nullptr;
  typename Sync::template Atomic<Node*> root_{nullptr, "root"};
  typename Sync::template Atomic<std::uint32_t> rcu_readers_{0, "rcu_readers"};
};

}  // namespace doorway::vma

#pragma once

#include <atomic>

#include "harness/sync/notes.h"
#include "harness/sync/operands.h"

// A mutex as a queue of cells, one a thread: each waits on the cell of the thread before it, and takes that cell for
// its own when it leaves.
//
// Contract: at most one owner, any number of threads. Not reentrant. The node is the caller's, is used for this lock
// alone, and outlives the lock: its cell goes round.
// Fairness: first come, first served, from the exchange of the tail, which is the doorway and one step.
// Cost: one exchange and one load at least to lock, one store to unlock: no update, and no wait for anybody. Space: a
// pointer and a cell a lock, a cell a thread.
//
// Source: Craig, "Building FIFO and priority-queueing spin locks from atomic swap", University of Washington TR
// 93-02-02, 1993; Magnusson, Landin and Hagersten, "Queue locks on cache coherent multiprocessors", IPPS 1994.

namespace doorway {

template <class Sync>
class ClhLock {
 public:
  class Cell {
   public:
    explicit Cell(int index = -1) : held_(false, ObjectName("cell.held", index)) {}

   private:
    template <class>
    friend class ClhLock;
    typename Sync::template Atomic<bool> held_;
  };
  class Node {
   public:
    explicit Node(int index = -1)
        : cell_(index),
          mine_(&cell_, ObjectName("node.mine", index)),
          before_(nullptr, ObjectName("node.before", index)) {}

   private:
    template <class>
    friend class ClhLock;
    Cell cell_;
    typename Sync::template Var<Cell*> mine_;    // the owner's alone, as is
    typename Sync::template Var<Cell*> before_;  // the cell that the owner waited on
  };

  // Waits until this thread is the owner.
  // Memory ordering: relaxed, the store to the own cell: the exchange publishes it. Acq_rel, the exchange: it releases
  // the cell to who comes next, and acquires that of the thread before: else the look at it might find what it held
  // in an earlier round, free. Acquire, the wait: pairs with unlock's release.
  void lock(Node& me) {
    hold(me);
    wait(me, enqueue(me));
  }

  // Memory ordering: release; pairs with the wait of the next owner. It also covers the waits on the cell that this
  // thread takes over: they are over.
  void unlock(Node& me) {
    Cell* const mine = me.mine_.get();
    me.mine_.set(me.before_.get());
    free(*mine);
  }

 protected:
  void hold(Node& me) { me.mine_.get()->held_.store(true, std::memory_order_relaxed); }
  Cell* enqueue(Node& me, std::memory_order order = std::memory_order_acq_rel) {
    Cell* const before = tail_.exchange(me.mine_.get(), order);
    Sync::tag(notes::kDoorway, Sync::self());
    return before;
  }
  void wait(Node& me, Cell* before) {
    before->held_.await(IsFree{}, unseen, with(), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self());
    me.before_.set(before);
  }
  Cell* mine(Node& me) { return me.mine_.get(); }
  void free(Cell& mine, std::memory_order order = std::memory_order_release) { mine.held_.store(false, order); }

  struct IsFree {
    constexpr bool operator()(bool held) const { return !held; }
  };

  Cell first_;
  typename Sync::template Atomic<Cell*> tail_{&first_, "tail"};
};

}  // namespace doorway

#pragma once

#include <atomic>

#include "harness/sync/operands.h"
#include "models/group/clients.h"

// A run that is mostly scripted, to reach in a few executions what free clients reach in billions: can a waiter be
// overtaken in two phases of the other group? Reds a, b, c are threads 0-2, blacks h, x, t threads 3-5:
//
//   turn 0  h enters                       inside: h
//        1  a arrives                      inside: h     queue: a
//        2  x joins past a                 inside: h x   queue: a
//        3  h leaves                       inside: x     queue: a
//        4  h arrives; no more may join    inside: x     queue: a h
//        5  b arrives                      inside: x     queue: a h b
//        6  t arrives: the waiter          inside: x     queue: a h b t
//        7  x leaves                       inside: a     queue: h b t
//        8  c arrives, and may join past t; a leaves after that
//
// From here on all run free. c comes twice: its second visit may join b, past t again.

namespace doorway {

template <class Sync, template <class> class LockOf>
class SecondPhase : public GroupClients<Sync, LockOf> {
 public:
  explicit SecondPhase(const GroupConfig& /*clients*/) : GroupClients<Sync, LockOf>({3, 3, 1}) {}

  void thread(int i) {
    constexpr int kArrives[] = {1, 5, 8, 0, 2, 6};
    constexpr int kLeaves[] = {9, kFree, kFree, 3, 7, kFree};
    Visit(i, kArrives[i], kLeaves[i]);
    if (i == 2) Visit(i, kFree, kFree);
    if (i == 3) Visit(i, 4, kFree);
  }

 private:
  static constexpr int kFree = -1;

  void Visit(int me, int arrive_turn, int leave_turn) {
    const int group = this->GroupOf(me);
    Await(arrive_turn);
    const bool inside = this->lock_.arrive(group);
    Done(arrive_turn);
    if (!inside) this->lock_.wait();
    this->Inside(me, group);
    Await(leave_turn);
    this->lock_.exit(group);
    Done(leave_turn);
  }

  struct IsTurn {
    constexpr bool operator()(int turn, int mine) const { return turn >= mine; }
  };
  void Await(int turn) {
    if (turn != kFree) turn_.await(IsTurn{}, with(turn), std::memory_order_acquire);
  }
  void Done(int turn) {
    if (turn != kFree) turn_.store(turn + 1, std::memory_order_release);
  }

  typename Sync::template Atomic<int> turn_{0, "turn"};
};

}  // namespace doorway

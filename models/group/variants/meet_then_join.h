#pragma once

#include <atomic>

#include "harness/sync/operands.h"
#include "models/group/clients.h"

// A scripted meeting of the two groups, for locks whose enter has two steps: does a member that met the other group
// ever share with its own again? Black is inside; red 0 sees it, and waits; black leaves; then red 1 comes. If red 0
// notices that black has gone, both reds can be inside together.

namespace doorway {

template <class Sync, template <class> class LockOf>
class MeetThenJoin : public GroupClients<Sync, LockOf> {
 public:
  explicit MeetThenJoin(const GroupConfig& /*clients*/) : GroupClients<Sync, LockOf>({2, 1, 1}) {}

  void thread(int i) {
    if (i == 0) First();
    if (i == 1) Second();
    if (i == 2) Black();
  }

 private:
  enum Stage : int { kBegin, kBlackInside, kRedSawIt, kBlackGone };

  void Black() {
    const auto mode = this->lock_.enter(1);
    this->Inside(2, 1);
    Reach(kBlackInside);
    Await(kRedSawIt);
    this->lock_.exit(1, mode);
    Reach(kBlackGone);
  }
  void First() {
    Await(kBlackInside);
    const bool others = this->lock_.others_seen(0);
    Reach(kRedSawIt);
    const auto mode = others ? this->lock_.enter_exclusive(0) : this->lock_.enter_shared(0);
    this->Inside(0, 0);
    this->lock_.exit(0, mode);
  }
  void Second() {
    Await(kBlackGone);
    this->Visit(1, 0);
  }

  struct IsReached {
    constexpr bool operator()(int stage, int wanted) const { return stage >= wanted; }
  };
  void Reach(int stage) { stage_.store(stage, std::memory_order_release); }
  void Await(int stage) { stage_.await(IsReached{}, with(stage), std::memory_order_acquire); }

  typename Sync::template Atomic<int> stage_{kBegin, "stage"};
};

}  // namespace doorway

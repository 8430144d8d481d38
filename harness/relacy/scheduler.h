#pragma once

#include "harness/relacy/execution.h"
#include "harness/relacy/upstream.h"

// Relacy's tree searches, made to fit with threads that park.
//
// Relacy keeps polling loops fair: a thread that yields goes on only when every other thread has been scheduled.
// A parked thread is not scheduled before it is woken. So upstream, a thread that parks, or yields beside a
// parked one, is held back until the rest of the program has ended, and interleavings are lost from a search
// that calls itself full. Here parking is no yield, and nobody waits for the turn of a parked thread.

namespace doorway::relacy_internal {

template <class Upstream>
class ParkingScheduler : public Upstream {
 public:
  using Upstream::Upstream;

  rl::thread_id_t schedule(rl::unpark_reason& reason, unsigned yield) {
    const auto& self = *this->thread_;
    if (self.state_ != rl::thread_state_running) return Upstream::schedule(reason, 0);
    if (yield > 0) {
      for (auto& other : this->threads_) {
        const bool parked = Execution::Current().parked(other.index_);
        if (parked) other.yield_sched_count_[self.index_] = yield;  // as if it had had its turns
      }
    }
    return Upstream::schedule(reason, yield);
  }

  // How much of the tree of choices a search has behind it, if all that a choice leads to are trees of one size.
  double ShareDone() const {
    double share = 0;
    double width = 1;
    for (const auto& choice : this->stree_) {
      width /= choice.count_;
      share += width * choice.index_;
    }
    return share;
  }
};

template <int threads>
using FullSearch = ParkingScheduler<rl::full_search_scheduler<threads>>;
template <int threads>
using ContextBound = ParkingScheduler<rl::context_bound_scheduler<threads>>;
template <int threads>
using RandomSearch = rl::random_scheduler<threads>;

}  // namespace doorway::relacy_internal

#include "harness/graph/happens_before.h"

#include <algorithm>

// One pass in the order of po and rf. Each write carries a second clock, the one that whoever acquires it learns:
//
//   T0: data = 1             T1: x.fetch_add(1, relaxed)      T2: x.load(acquire)
//       x.store(1, release)
//
// the store carries its own clock, T1's update, which releases nothing itself, carries the store's on, and the load
// joins what the update carries: data = 1 happens before what follows the load. Fences work through two clocks of their
// thread: what its last release fence may pass on, and what its atomic reads have seen but not yet acquired.

namespace doorway {
namespace {

class Pass {
 public:
  explicit Pass(const Execution& execution)
      : execution_(execution),
        width_(execution.threads.size()),
        clocks_(execution.events.size() * width_, 0),
        carried_(execution.events.size() * width_, 0),
        fenced_(width_ * width_, 0),
        seen_(width_ * width_, 0) {}

  Execution::Clocks Run() {
    for (EventId e = 0; e < execution_.events.size(); ++e) {
      if (execution_.events[e].kind != EventKind::kInit) Visit(e, execution_.events[e]);
    }
    return std::move(clocks_);
  }

 private:
  using Clock = std::uint16_t*;

  Clock Of(EventId e) { return clocks_.data() + e * width_; }
  Clock CarriedBy(EventId e) { return carried_.data() + e * width_; }
  Clock FencedBy(ThreadId t) { return fenced_.data() + t * width_; }
  Clock SeenBy(ThreadId t) { return seen_.data() + t * width_; }

  void Join(Clock into, const std::uint16_t* from) const {
    for (std::size_t t = 0; t < width_; ++t) into[t] = std::max(into[t], from[t]);
  }

  void Visit(EventId e, const Event& event) {
    const bool atomic = IsAtomic(event.order);
    if (event.index > 0) Join(Of(e), Of(execution_.threads[event.thread].events[event.index - 1u]));
    Of(e)[event.thread] = static_cast<std::uint16_t>(event.index + 1);
    if (event.IsRead() && atomic && event.reads_from != kNoEvent) {
      Join(IsAcquire(event.order) ? Of(e) : SeenBy(event.thread), CarriedBy(event.reads_from));
    }
    if (event.kind == EventKind::kFence) {
      if (IsAcquire(event.order)) Join(Of(e), SeenBy(event.thread));
      if (IsRelease(event.order)) Join(FencedBy(event.thread), Of(e));
    }
    if (event.IsWrite() && atomic) {
      Join(CarriedBy(e), IsRelease(event.order) ? Of(e) : FencedBy(event.thread));
      if (event.IsRead() && event.reads_from != kNoEvent) Join(CarriedBy(e), CarriedBy(event.reads_from));
    }
  }

  const Execution& execution_;
  const std::size_t width_;
  Execution::Clocks clocks_;
  Execution::Clocks carried_;  // by write: what it passes on to who acquires it
  Execution::Clocks fenced_;   // by thread: its last release fence
  Execution::Clocks seen_;     // by thread: what an acquire fence would learn
};

}  // namespace

Execution::Clocks HappensBefore(const Execution& execution) { return Pass(execution).Run(); }

}  // namespace doorway

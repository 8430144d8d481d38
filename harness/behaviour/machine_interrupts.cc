// Interrupts: code that runs to its end between two operations of a thread, on that thread, or never comes. The
// explorers know nothing of it: before each operation, and after the last, the thread *chooses* whether one comes now,
// and which, and then does what that one does.
//
// Loops need thought, for they are explored as if unsuccessful iterations had never been (machine_loops.cc).
//  - Between two iterations, or within one that fails and has no trace of it: the same execution has the interrupt
//    before the loop, where it is offered. Nothing is offered again before the first operation of an iteration.
//  - Within the iteration that succeeds: `if (a.load() == b.load())` may see a change made in between. So it is offered
//    there too. An offer is no part of the iteration: a declined one says nothing of how the next iteration will be, so
//    a thread that polls for ever is still seen.
//  - Within an iteration that fails nevertheless: the next one is not like it, since the interrupt is over. It is run
//    as well, instead of going back to the first operation (Machine::Spin).
// An await is one operation: whatever comes while it waits may as well have come before.

#include <array>
#include <string>
#include <utility>

#include "harness/behaviour/machine.h"

namespace doorway {

void Program::Machine::Interrupt(int thread, void (*code)(const Operands&), const Operands& operands, Site site) {
  if (!in_before())
    Error("interrupt() outside of before(); declare there what may come, it may still never come", site);
  if (thread < 0 || thread >= subject_.threads()) {
    Error("interrupt() of thread " + std::to_string(thread) + "; the model's threads are 0 to " +
              std::to_string(subject_.threads() - 1),
          site);
  }
  if (interrupts_.size() == kMaxInterrupts) {
    Error("more than " + std::to_string(kMaxInterrupts) + " interrupts are declared", site);
  }
  Bookkeeping bookkeeping(*this);
  interrupts_.push_back({thread, {code, operands, nullptr}});
}

// Those that may still come upon the running thread. Of several that would do the same, the first: it makes no
// difference which of them comes.
std::size_t Program::Machine::PendingInterrupts(std::array<std::size_t, kMaxInterrupts>* pending) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < interrupts_.size(); ++i) {
    if (interrupts_[i].thread != running_ || (lane().interrupts_taken >> i & 1) != 0) continue;
    bool same = false;
    for (std::size_t k = 0; k < count; ++k) same = same || interrupts_[(*pending)[k]].closure == interrupts_[i].closure;
    if (!same) (*pending)[count++] = i;
  }
  return count;
}

void Program::Machine::OfferInterrupts(Site site) {
  Lane& lane = this->lane();
  if (interrupts_.empty() || in_before() || lane.masked || lane.operations == lane.iteration.start) return;
  std::array<std::size_t, kMaxInterrupts> pending;
  for (;;) {
    const std::size_t count = PendingInterrupts(&pending);
    if (count == 0) return;
    const Iteration around = std::exchange(lane.iteration, Iteration{});
    lane.masked = true;
    Label offer;
    offer.op = Op::kChoose;
    offer.operands = {count + 1};
    offer.verb = "interrupt";
    offer.site = site;
    const Value chosen = Perform(offer, nullptr).read;
    if (chosen != 0) {
      const std::size_t i = pending[chosen - 1];
      lane.interrupts_taken |= std::uint32_t{1} << i;
      interrupts_[i].closure.code(interrupts_[i].closure.operands);
      PerformDelayed();
    }
    lane.masked = false;
    lane.iteration = around;
    if (chosen == 0) return;
  }
}

}  // namespace doorway

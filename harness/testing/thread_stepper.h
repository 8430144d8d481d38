#pragma once

#include <array>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/testing/program.h"

// One thread of a tiny program between two of its operations: what it may do next, and what it becomes by that. Both
// slow references step it; the explorer never sees it (it runs the same program as native code, see program_subject.h).

namespace doorway::reference {

// One way in which an operation can take effect: the event that it leaves.
struct Effect {
  EventKind kind = EventKind::kRead;
  int location = -1;
  Order order = Order::kPlain;
  Value read = 0;
  Value written = 0;
  bool spurious = false;
  bool drains = false;  // under TSO, it waits until the thread's store buffer is empty
};

class ThreadStepper {
 public:
  // `program` must outlive it.
  ThreadStepper(const Program& program, int thread);

  bool finished() const { return failed_ || pc_ == code().size(); }
  bool failed() const { return failed_; }  // at a check
  std::vector<Value> registers() const { return {registers_.begin(), registers_.begin() + code().size()}; }

  // Of the next operation. REQUIRES: !finished().
  bool reads() const;
  bool can_block() const;  // an await, or in a spin iteration
  int location() const;    // -1: of a fence or a choice

  // The operation's possible effects if what it reads is `value`; none: it blocks. (An unsuccessful iteration of a spin
  // leaves no trace, so a read that would end one unsuccessfully is one that blocks; so does a CAS at the end of an
  // iteration that fails spuriously, but then there also is the effect that it succeeds.)
  // REQUIRES: !finished().
  std::vector<Effect> Effects(Value value) const;

  // Earlier reads of the spin iteration that the thread is in: its last so many events.
  int reads_in_iteration() const { return poll_; }

  // REQUIRES: `effect` is one of Effects().
  void Apply(const Effect& effect);

 private:
  const std::vector<Instruction>& code() const { return program_->threads[thread_]; }
  const Instruction& instruction() const { return code()[pc_]; }
  Value Evaluate(const Operand& operand) const;
  int width() const { return program_->locations[location()].width; }
  bool last_poll() const { return poll_ + 1 == static_cast<int>(instruction().polls.size()); }

  Effect Event(EventKind kind, Order order, Value read, Value written) const;
  std::vector<Effect> CasEffects(Value value, Value expected, Order success) const;
  std::vector<Effect> PollEffects(Value value) const;
  // Passes what is not an operation: branches, checks, nothing.
  void Settle();

  const Program* program_;
  int thread_;
  std::size_t pc_ = 0;
  int poll_ = 0;         // next read of the spin iteration
  bool doomed_ = false;  // a read of the iteration has not seen what it wants
  bool failed_ = false;
  std::array<Value, kMaxInstructions> registers_{};
  std::array<bool, kMaxInstructions> done_{};  // by CAS: it succeeded
};

}  // namespace doorway::reference

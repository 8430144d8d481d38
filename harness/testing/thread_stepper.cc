#include "harness/testing/thread_stepper.h"

#include <algorithm>

#include "harness/graph/label.h"

namespace doorway::reference {

ThreadStepper::ThreadStepper(const Program& program, int thread) : program_(&program), thread_(thread) { Settle(); }

bool ThreadStepper::reads() const {
  switch (instruction().kind) {
    case Instruction::kStore:
    case Instruction::kFence:
    case Instruction::kChoose:
      return false;
    default:
      return true;
  }
}

bool ThreadStepper::can_block() const {
  const Instruction::Kind kind = instruction().kind;
  return kind == Instruction::kAwait || kind == Instruction::kAwaitUpdate || kind == Instruction::kSpin;
}

int ThreadStepper::location() const {
  return instruction().kind == Instruction::kSpin ? instruction().polls[poll_].location : instruction().location;
}

Value ThreadStepper::Evaluate(const Operand& operand) const {
  return operand.constant + (operand.from < 0 ? 0 : registers_[operand.from]);
}

Effect ThreadStepper::Event(EventKind kind, Order order, Value read, Value written) const {
  Effect effect;
  effect.kind = kind;
  effect.location = location();
  effect.order = order;
  effect.read = read;
  if (kind == EventKind::kWrite || kind == EventKind::kUpdate) effect.written = Truncate(written, width());
  const bool is_store_or_fence = kind == EventKind::kWrite || kind == EventKind::kFence;
  effect.drains = kind == EventKind::kUpdate || (is_store_or_fence && order == Order::kSeqCst);
  return effect;
}

std::vector<Effect> ThreadStepper::Effects(Value value) const {
  const Instruction& next = instruction();
  const Value operand = Evaluate(next.operand);
  switch (next.kind) {
    case Instruction::kLoad:
      return {Event(EventKind::kRead, next.order, value, 0)};
    case Instruction::kStore:
      return {Event(EventKind::kWrite, next.order, 0, operand)};
    case Instruction::kFetchAdd:
      return {Event(EventKind::kUpdate, next.order, value, value + operand)};
    case Instruction::kExchange:
      return {Event(EventKind::kUpdate, next.order, value, operand)};
    case Instruction::kCas:
      return CasEffects(value, Evaluate(next.expected), next.order);
    case Instruction::kFence:
      return {Event(EventKind::kFence, next.order, 0, 0)};
    case Instruction::kAwait:
      if (!Condition::Holds(next.condition.kind, value, next.condition.against)) return {};
      return {Event(EventKind::kRead, next.order, value, 0)};
    case Instruction::kAwaitUpdate:
      if (!Condition::Holds(next.condition.kind, value, next.condition.against)) return {};
      return {Event(EventKind::kUpdate, next.order, value, next.replaces ? operand : value + operand)};
    case Instruction::kSpin:
      return PollEffects(value);
    case Instruction::kChoose: {
      std::vector<Effect> choices;
      for (Value choice = 0; choice < operand; ++choice) {
        choices.push_back(Event(EventKind::kChoice, Order::kPlain, choice, 0));
      }
      return choices;
    }
    default:
      return {};  // not an operation: Settle() has passed it
  }
}

std::vector<Effect> ThreadStepper::CasEffects(Value value, Value expected, Order success) const {
  Effect failure = Event(EventKind::kRead, instruction().failure_order, value, 0);
  failure.drains = true;
  if (value != Truncate(expected, width())) return {failure};
  std::vector<Effect> effects = {Event(EventKind::kUpdate, success, value, Evaluate(instruction().operand))};
  if (instruction().weak) {
    effects.push_back(failure);
    effects.back().spurious = true;
  }
  return effects;
}

std::vector<Effect> ThreadStepper::PollEffects(Value value) const {
  const Instruction& spin = instruction();
  const Poll& poll = spin.polls[poll_];
  const bool disappoints = value != Truncate(poll.want, width());
  const bool ends_iteration = last_poll() || (spin.eager && disappoints);
  if (ends_iteration && (disappoints || doomed_)) return {};
  if (spin.last_is_cas && last_poll()) {
    std::vector<Effect> effects = CasEffects(value, poll.want, poll.order);
    std::erase_if(effects, [](const Effect& effect) { return effect.spurious; });  // would end the iteration
    return effects;
  }
  return {Event(EventKind::kRead, poll.order, value, 0)};
}

void ThreadStepper::Apply(const Effect& effect) {
  const Instruction& now = instruction();
  registers_[pc_] = effect.read;
  done_[pc_] = effect.kind == EventKind::kUpdate;
  if (now.kind == Instruction::kSpin && !last_poll()) {
    if (effect.read != Truncate(now.polls[poll_].want, width())) doomed_ = true;
    ++poll_;
    return;
  }
  poll_ = 0;
  doomed_ = false;
  ++pc_;
  Settle();
}

void ThreadStepper::Settle() {
  for (; pc_ < code().size(); ++pc_) {
    const Instruction& next = instruction();
    const auto holds = [&] {
      return Condition::Holds(next.condition.kind, registers_[next.tested], next.condition.against);
    };
    if (next.kind == Instruction::kSkipIf) {
      if (holds()) pc_ += next.skip;
    } else if (next.kind == Instruction::kSkipIfDone) {
      if (done_[next.tested]) pc_ += next.skip;
    } else if (next.kind == Instruction::kCheck) {
      if (holds()) continue;
      failed_ = true;
      return;
    } else if (IsOperation(next)) {
      return;
    }
  }
  pc_ = code().size();
}

}  // namespace doorway::reference

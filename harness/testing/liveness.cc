#include "harness/testing/liveness.h"

#include <algorithm>
#include <cstddef>

namespace doorway::reference {

namespace {

void AddUse(int from, std::bitset<kMaxInstructions>* live) {
  if (from >= 0) live->set(static_cast<std::size_t>(from));
}

void AddUses(const Instruction& instruction, Live* live) {
  switch (instruction.kind) {
    case Instruction::kCas:
      AddUse(instruction.expected.from, &live->registers);
      AddUse(instruction.operand.from, &live->registers);
      break;
    case Instruction::kStore:
    case Instruction::kFetchAdd:
    case Instruction::kExchange:
    case Instruction::kAwaitUpdate:
      AddUse(instruction.operand.from, &live->registers);
      break;
    case Instruction::kSpin:
      if (instruction.last_is_cas) AddUse(instruction.operand.from, &live->registers);
      break;
    case Instruction::kSkipIf:
    case Instruction::kCheck:
      AddUse(instruction.tested, &live->registers);
      break;
    case Instruction::kSkipIfDone:
      AddUse(instruction.tested, &live->done);
      break;
    default:
      break;
  }
}

}  // namespace

// Skips go forward only, so one pass from the end is enough.
std::vector<Live> Liveness(const std::vector<Instruction>& code) {
  std::vector<Live> live(code.size() + 1);
  for (std::size_t pc = code.size(); pc-- > 0;) {
    live[pc] = live[pc + 1];
    if (code[pc].kind == Instruction::kSkipIf || code[pc].kind == Instruction::kSkipIfDone) {
      const Live& target = live[std::min(code.size(), pc + 1 + static_cast<std::size_t>(code[pc].skip))];
      live[pc].registers |= target.registers;
      live[pc].done |= target.done;
    }
    live[pc].registers.reset(pc);
    live[pc].done.reset(pc);
    AddUses(code[pc], &live[pc]);
  }
  return live;
}

}  // namespace doorway::reference

#include "harness/testing/shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace doorway::reference {

namespace {

// All instructions that are a little simpler than `instruction`.
std::vector<Instruction> Simpler(const Instruction& instruction) {
  std::vector<Instruction> simpler;
  const auto add = [&](auto change) {
    simpler.push_back(instruction);
    change(simpler.back());
  };
  if (instruction.kind == Instruction::kNothing) return simpler;
  add([](Instruction& i) { i = Instruction{}; });
  const bool has_order = instruction.location >= 0 && instruction.order != Order::kPlain;
  if (has_order && instruction.order != Order::kRelaxed) add([](Instruction& i) { i.order = Order::kRelaxed; });
  if (instruction.failure_order != Order::kRelaxed) add([](Instruction& i) { i.failure_order = Order::kRelaxed; });
  if (instruction.weak) add([](Instruction& i) { i.weak = false; });
  if (instruction.operand.from >= 0) add([](Instruction& i) { i.operand.from = -1; });
  if (instruction.operand.constant > 1 && instruction.kind != Instruction::kChoose) {
    add([](Instruction& i) { i.operand.constant = 1; });
  }
  if (instruction.last_is_cas) add([](Instruction& i) { i.last_is_cas = false; });
  if (instruction.polls.size() > 1) add([](Instruction& i) { i.polls.erase(i.polls.begin()); });
  for (std::size_t p = 0; p < instruction.polls.size(); ++p) {
    if (instruction.polls[p].order != Order::kRelaxed) add([&](Instruction& i) { i.polls[p].order = Order::kRelaxed; });
  }
  return simpler;
}

Program WithoutThread(Program program, std::size_t thread) {
  const auto at = static_cast<std::ptrdiff_t>(thread);
  program.threads.erase(program.threads.begin() + at);
  if (thread < program.endless.size()) program.endless.erase(program.endless.begin() + at);
  return program;
}

// The first simpler program that fails still.
bool ShrinkOnce(Program& program, const std::function<bool(const Program&)>& fails) {
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    const std::vector<Instruction>& thread = program.threads[t];
    if (program.threads.size() > 1 && std::all_of(thread.begin(), thread.end(), [](const Instruction& i) {
          return i.kind == Instruction::kNothing;
        })) {
      Program smaller = WithoutThread(program, t);
      if (fails(smaller)) {
        program = std::move(smaller);
        return true;
      }
    }
    if (program.IsEndless(static_cast<int>(t))) {
      Program smaller = program;
      smaller.endless[t] = false;
      if (fails(smaller)) {
        program = std::move(smaller);
        return true;
      }
    }
    for (std::size_t i = 0; i < thread.size(); ++i) {
      for (Instruction& simpler : Simpler(thread[i])) {
        Program smaller = program;
        smaller.threads[t][i] = std::move(simpler);
        if (!IsWellFormed(smaller) || !fails(smaller)) continue;
        program = std::move(smaller);
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Program Shrink(Program program, const std::function<bool(const Program&)>& fails) {
  while (ShrinkOnce(program, fails)) {
  }
  return program;
}

}  // namespace doorway::reference

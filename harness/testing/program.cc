#include "harness/testing/program.h"

#include <algorithm>
#include <utility>

namespace doorway::reference {

namespace {

Instruction Make(Instruction::Kind kind, int location, Order order, Operand operand) {
  Instruction instruction;
  instruction.kind = kind;
  instruction.location = location;
  instruction.order = order;
  instruction.operand = operand;
  return instruction;
}

std::string ToString(const Operand& operand) {
  if (operand.from < 0) return std::to_string(operand.constant);
  const std::string name = "r" + std::to_string(operand.from);
  return operand.constant == 0 ? name : name + " + " + std::to_string(operand.constant);
}

std::string ToString(const Condition& condition) {
  static constexpr const char* kSigns[] = {"== ", "!= ", ">= "};
  return kSigns[condition.kind] + std::to_string(condition.against);
}

std::string CasText(const Instruction& cas, const std::string& location, const std::string& expected, Order success) {
  return location + (cas.weak ? ".cas_weak(" : ".cas(") + expected + ", " + ToString(cas.operand) + ", " +
         ShortName(success) + ", " + ShortName(cas.failure_order) + ")";
}

std::string SpinText(const Program& program, const Instruction& spin) {
  std::string text = "spin(until ";
  for (std::size_t i = 0; i < spin.polls.size(); ++i) {
    const Poll& poll = spin.polls[i];
    const std::string& location = program.locations[poll.location].name;
    const std::string want = std::to_string(poll.want);
    if (i > 0) text += spin.eager ? " && " : " & ";
    if (spin.last_is_cas && i + 1 == spin.polls.size()) {
      text += CasText(spin, location, want, poll.order);
    } else {
      text += location + ".load(" + ShortName(poll.order) + ") == " + want;
    }
  }
  return text + ")";
}

// How many instructions a skip leaves out that one can see.
int VisibleSkip(const std::vector<Instruction>& thread, std::size_t at) {
  int visible = 0;
  for (std::size_t i = at + 1; i < thread.size() && i <= at + thread[at].skip; ++i) {
    visible += thread[i].kind != Instruction::kNothing;
  }
  return visible;
}

}  // namespace

Instruction Load(int location, Order order) { return Make(Instruction::kLoad, location, order, {}); }

Instruction Store(int location, Operand value, Order order) {
  return Make(Instruction::kStore, location, order, value);
}

Instruction FetchAdd(int location, Operand by, Order order) {
  return Make(Instruction::kFetchAdd, location, order, by);
}

Instruction Exchange(int location, Operand desired, Order order) {
  return Make(Instruction::kExchange, location, order, desired);
}

Instruction Cas(int location, Operand expected, Operand desired, Order success, Order failure, bool weak) {
  Instruction instruction = Make(Instruction::kCas, location, success, desired);
  instruction.expected = expected;
  instruction.failure_order = failure;
  instruction.weak = weak;
  return instruction;
}

Instruction Fence(Order order) { return Make(Instruction::kFence, -1, order, {}); }

Instruction Await(int location, Condition condition, Order order) {
  Instruction instruction = Make(Instruction::kAwait, location, order, {});
  instruction.condition = condition;
  return instruction;
}

Instruction AwaitUpdate(int location, Condition condition, bool replaces, Operand operand, Order order) {
  Instruction instruction = Make(Instruction::kAwaitUpdate, location, order, operand);
  instruction.condition = condition;
  instruction.replaces = replaces;
  return instruction;
}

Instruction Spin(std::vector<Poll> polls, bool eager) {
  Instruction instruction = Make(Instruction::kSpin, -1, Order::kRelaxed, {});
  instruction.polls = std::move(polls);
  instruction.eager = eager;
  return instruction;
}

Instruction SpinCas(std::vector<Poll> polls, Operand desired, Order failure, bool weak) {
  Instruction instruction = Spin(std::move(polls));
  instruction.operand = desired;
  instruction.failure_order = failure;
  instruction.weak = weak;
  instruction.last_is_cas = true;
  return instruction;
}

Instruction Choose(int n) { return Make(Instruction::kChoose, -1, Order::kPlain, static_cast<Value>(n)); }

Instruction SkipIf(int tested, Condition condition, int skip) {
  Instruction instruction = Make(Instruction::kSkipIf, -1, Order::kPlain, {});
  instruction.tested = tested;
  instruction.condition = condition;
  instruction.skip = skip;
  return instruction;
}

Instruction SkipIfDone(int cas, int skip) {
  Instruction instruction = Make(Instruction::kSkipIfDone, -1, Order::kPlain, {});
  instruction.tested = cas;
  instruction.skip = skip;
  return instruction;
}

Instruction Check(int tested, Condition condition) {
  Instruction instruction = Make(Instruction::kCheck, -1, Order::kPlain, {});
  instruction.tested = tested;
  instruction.condition = condition;
  return instruction;
}

Instruction Tag(NoteKind note, int subject) {
  Instruction instruction = Make(Instruction::kTag, -1, Order::kPlain, {});
  instruction.note = note;
  instruction.subject = subject;
  return instruction;
}

Instruction Note(NoteKind note, int subject) {
  Instruction instruction = Tag(note, subject);
  instruction.kind = Instruction::kNote;
  return instruction;
}

bool IsOperation(const Instruction& instruction) {
  switch (instruction.kind) {
    case Instruction::kNothing:
    case Instruction::kSkipIf:
    case Instruction::kSkipIfDone:
    case Instruction::kCheck:
    case Instruction::kTag:
    case Instruction::kNote:
      return false;
    default:
      return true;
  }
}

bool Program::CanEnd() const { return std::find(endless.begin(), endless.end(), true) == endless.end(); }

bool IsWellFormed(const Program& program) {
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    if (!program.IsEndless(static_cast<int>(t))) continue;
    const std::vector<Instruction>& thread = program.threads[t];
    const auto first = std::find_if(thread.begin(), thread.end(), [](const Instruction& instruction) {
      return instruction.kind != Instruction::kNothing;
    });
    if (first == thread.end() || !IsOperation(*first)) return false;
  }
  return true;
}

Program WithDrains(Program program) {
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    if (!program.IsEndless(static_cast<int>(t))) continue;
    std::vector<Instruction>& thread = program.threads[t];
    thread.insert(thread.begin(), Fence(Order::kSeqCst));
    for (Instruction& instruction : thread) {
      for (int* reg : {&instruction.operand.from, &instruction.expected.from, &instruction.tested}) {
        if (*reg >= 0) ++*reg;
      }
    }
  }
  return program;
}

int Size(const Program& program) {
  int size = 0;
  for (const std::vector<Instruction>& thread : program.threads) {
    for (const Instruction& instruction : thread) size += instruction.kind != Instruction::kNothing;
  }
  return size;
}

const char* ShortName(Order order) {
  static constexpr const char* kNames[] = {"plain", "rlx", "acq", "rel", "ar", "sc"};
  return kNames[static_cast<int>(order)];
}

std::string ToString(const Program& program, const Instruction& instruction, int index) {
  const std::string location = instruction.location < 0 ? "" : program.locations[instruction.location].name;
  const std::string result = "r" + std::to_string(index) + " = ";
  const std::string order = ShortName(instruction.order);
  const std::string operand = ToString(instruction.operand);
  const std::string tested = "r" + std::to_string(instruction.tested);
  switch (instruction.kind) {
    case Instruction::kNothing:
      return "";
    case Instruction::kLoad:
      return result + location + ".load(" + order + ")";
    case Instruction::kStore:
      return location + ".store(" + operand + ", " + order + ")";
    case Instruction::kFetchAdd:
      return result + location + ".fetch_add(" + operand + ", " + order + ")";
    case Instruction::kExchange:
      return result + location + ".exchange(" + operand + ", " + order + ")";
    case Instruction::kCas:
      return result + CasText(instruction, location, ToString(instruction.expected), instruction.order);
    case Instruction::kFence:
      return "fence(" + order + ")";
    case Instruction::kAwait:
      return result + location + ".await(" + ToString(instruction.condition) + ", " + order + ")";
    case Instruction::kAwaitUpdate:
      return result + location + ".await_update(" + ToString(instruction.condition) + ", " +
             (instruction.replaces ? "becomes " : "+= ") + operand + ", " + order + ")";
    case Instruction::kSpin:
      return result + SpinText(program, instruction);
    case Instruction::kChoose:
      return result + "choose(" + operand + ")";
    case Instruction::kSkipIf:
      return "if (" + tested + " " + ToString(instruction.condition) + ") skip " + std::to_string(instruction.skip);
    case Instruction::kSkipIfDone:
      return "if (" + tested + " done) skip " + std::to_string(instruction.skip);
    case Instruction::kCheck:
      return "check(" + tested + " " + ToString(instruction.condition) + ")";
    case Instruction::kTag:
    case Instruction::kNote:
      return (instruction.kind == Instruction::kTag ? "tag(" : "note(") + std::string(instruction.note.name) + ", T" +
             std::to_string(instruction.subject) + ")";
  }
  return "?";
}

std::string ToString(const Program& program) {
  std::string text;
  for (const Location& location : program.locations) {
    if (!text.empty()) text += ", ";
    text += location.name + " = " + std::to_string(location.initial);
    if (location.plain) text += " (plain)";
    if (location.width != 8) text += " (" + std::to_string(location.width) + " byte)";
  }
  text += "\n";
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    text += "T" + std::to_string(t) + (program.IsEndless(static_cast<int>(t)) ? " for ever:" : ":");
    bool first = true;
    for (std::size_t i = 0; i < program.threads[t].size(); ++i) {
      Instruction instruction = program.threads[t][i];
      if (instruction.kind == Instruction::kNothing) continue;
      instruction.skip = VisibleSkip(program.threads[t], i);
      text += (first ? " " : "; ") + ToString(program, instruction, static_cast<int>(i));
      first = false;
    }
    text += "\n";
  }
  return text;
}

}  // namespace doorway::reference

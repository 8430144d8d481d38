#pragma once

#include <string>
#include <vector>

#include "harness/graph/note_kind.h"
#include "harness/graph/order.h"
#include "harness/graph/value.h"

// Tiny programs as data: what the slow references and the explorer are both given, and must agree on.
//
// A program is a few threads, each a straight list of instructions with forward skips. Instruction i of a thread that
// reads (or chooses) leaves its value in register i of that thread, so that instructions can be taken out of a program
// without renaming anything: they become kNothing. Registers are 0 until written.
//
//   Program sb = {{Location{"x"}, Location{"y"}},
//                 {{Store(0, 1, Order::kRelaxed), Load(1, Order::kRelaxed)},
//                  {Store(1, 1, Order::kRelaxed), Load(0, Order::kRelaxed)}}};
//
// prints as
//
//   x = 0, y = 0
//   T0: x.store(1, rlx); r1 = y.load(rlx)
//   T1: y.store(1, rlx); r1 = x.load(rlx)
//
// A thread may be endless: its list is then one iteration of a Sync::forever, and its registers are 0 again at the
// beginning of each. Endless programs are for the state explorer and its reference (states.h); the enumerators of
// graphs want programs that end.

namespace doorway::reference {

inline constexpr int kMaxInstructions = 16;  // of one thread

// A constant, plus the value of a register of the same thread.
struct Operand {
  Value constant = 0;
  int from = -1;  // register; -1: none

  Operand() = default;
  Operand(Value c) : constant(c) {}  // NOLINT: constants are operands
  static Operand Register(int from, Value plus = 0) {
    Operand operand(plus);
    operand.from = from;
    return operand;
  }
};

// What a value must satisfy for an await to end, or for a branch to be taken.
struct Condition {
  enum Kind { kEqual, kNotEqual, kAtLeast };
  Kind kind = kEqual;
  Value against = 0;

  static constexpr bool Holds(Kind kind, Value value, Value against) {
    if (kind == kEqual) return value == against;
    if (kind == kNotEqual) return value != against;
    return value >= against;
  }
};

// One read of a spin iteration, which wants to see `want`.
struct Poll {
  int location = 0;
  Order order = Order::kRelaxed;
  Value want = 0;
};

struct Instruction {
  enum Kind {
    kNothing,
    kLoad,   // of an Atomic or, with Order::kPlain, of a Var
    kStore,  // likewise
    kFetchAdd,
    kExchange,
    kCas,  // from `expected` to `operand`; the register holds the value read
    kFence,
    kAwait,        // a value that satisfies `condition`
    kAwaitUpdate,  // likewise, and in the same step add `operand` to it, or replace it by that
    kSpin,         // until one iteration, which reads as `polls` says, sees all that it wants
    kChoose,       // 0 .. operand - 1
    kSkipIf,       // leave out the next `skip` instructions if register `tested` satisfies `condition`
    kSkipIfDone,   // the same, if CAS `tested` succeeded
    kCheck,        // the thread fails unless register `tested` satisfies `condition`
    kTag,          // `note` of `subject`, on the operation before; nothing if the iteration has had none
    kNote,         // `note` of `subject`, floating
  };

  Kind kind = kNothing;
  int location = -1;
  Order order = Order::kRelaxed;
  Order failure_order = Order::kRelaxed;  // kCas; kSpin with `last_is_cas`
  bool weak = false;                      // likewise
  Operand operand;
  Operand expected;
  Condition condition;
  bool replaces = false;  // kAwaitUpdate: does not add
  int tested = -1;
  int skip = 0;
  NoteKind note{};
  int subject = 0;

  std::vector<Poll> polls;
  bool eager = true;         // an iteration ends at the first read that disappoints, and not after the last
  bool last_is_cas = false;  // the last read is a CAS from what it wants to `operand`. REQUIRES: eager
};

struct Location {
  std::string name;
  Value initial = 0;
  int width = 8;       // 1 or 8
  bool plain = false;  // a Var
};

struct Program {
  std::vector<Location> locations;
  std::vector<std::vector<Instruction>> threads;
  std::vector<bool> endless{};  // by thread; those beyond its end are not

  bool IsEndless(int thread) const { return thread < static_cast<int>(endless.size()) && endless[thread]; }
  bool CanEnd() const;  // no thread is endless
};

Instruction Load(int location, Order order);
Instruction Store(int location, Operand value, Order order);
Instruction FetchAdd(int location, Operand by, Order order);
Instruction Exchange(int location, Operand desired, Order order);
Instruction Cas(int location, Operand expected, Operand desired, Order success, Order failure, bool weak = false);
Instruction Fence(Order order);
Instruction Await(int location, Condition condition, Order order);
Instruction AwaitUpdate(int location, Condition condition, bool replaces, Operand operand, Order order);
Instruction Spin(std::vector<Poll> polls, bool eager = true);
// The last of `polls` is the CAS, from what it wants to `desired`.
Instruction SpinCas(std::vector<Poll> polls, Operand desired, Order failure, bool weak);
Instruction Choose(int n);
Instruction SkipIf(int tested, Condition condition, int skip);
Instruction SkipIfDone(int cas, int skip);
Instruction Check(int tested, Condition condition);
Instruction Tag(NoteKind note, int subject);
Instruction Note(NoteKind note, int subject);

// A step of its own: no branch, check, tag or note.
bool IsOperation(const Instruction& instruction);

// Whether each endless thread begins with an operation: an iteration without any would never come back.
bool IsWellFormed(const Program& program);

// The same program, but that endless threads begin with a seq_cst fence: under TSO, their store buffers would grow
// without end if nothing emptied them now and then. REQUIRES: they have less than kMaxInstructions.
Program WithDrains(Program program);

// Instructions that are not kNothing.
int Size(const Program& program);

const char* ShortName(Order order);  // "rlx", "acq", "rel", "ar", "sc"; "plain"
std::string ToString(const Program& program, const Instruction& instruction, int index);
std::string ToString(const Program& program);

}  // namespace doorway::reference

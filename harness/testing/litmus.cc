#include "harness/testing/litmus.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/testing/shorthand.h"

// Names and outcomes after
//   Alglave, Maranget, Tautschnig: Herding Cats, TOPLAS 2014 (the shapes);
//   Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency in C/C++11, PLDI 2017 (RC11);
// counts of executions as GenMC 0.11 reports them.

namespace doorway::reference {

namespace {

// ---- Shapes: plain loads and stores, in five strengths ----

struct Access {
  bool is_write;
  int location;
  Value value;  // that it writes; or reads, in the outcome
};

constexpr Access W(int location, Value value) { return {true, location, value}; }
constexpr Access R(int location, Value value) { return {false, location, value}; }

struct Strength {
  const char* name;
  Order load;
  Order store;
  std::optional<Order> fence;  // between any two accesses of a thread
};

const Strength kStrengths[] = {
    {"rlx", kRlx, kRlx, {}},
    {"ra", kAcq, kRel, {}},
    {"sc", kSc, kSc, {}},
    {"sc fences", kRlx, kRlx, kSc},
    {"acq_rel fences", kRlx, kRlx, kAr},
};

struct Shape {
  const char* name;
  std::vector<std::vector<Access>> threads;
  std::vector<LitmusTest::Final> memory;
  const char* tso;  // by strength: 'y' allowed, 'n' not. SC never allows any
  const char* rc11;
  // With relaxed accesses.
  std::optional<std::size_t> executions_in_rc11 = {};
  std::optional<std::size_t> executions_in_sc = {};
};

std::vector<Shape> Shapes() {
  return {
      {"SB", {{W(kX, 1), R(kY, 0)}, {W(kY, 1), R(kX, 0)}}, {}, "yynny", "yynny", 4, 3},
      {"MP", {{W(kX, 1), W(kY, 1)}, {R(kY, 1), R(kX, 0)}}, {}, "nnnnn", "ynnnn", 4, 3},
      {"LB", {{R(kX, 1), W(kY, 1)}, {R(kY, 1), W(kX, 1)}}, {}, "nnnnn", "nnnnn", 3, 3},
      {"IRIW", {{W(kX, 1)}, {W(kY, 1)}, {R(kX, 1), R(kY, 0)}, {R(kY, 1), R(kX, 0)}}, {}, "nnnnn", "yynny", 16, 15},
      {"2+2W", {{W(kX, 1), W(kY, 2)}, {W(kY, 1), W(kX, 2)}}, {{kX, 1}, {kY, 1}}, "nnnnn", "yynny", 4, 3},
      {"CoRR", {{W(kX, 1), W(kX, 2)}, {R(kX, 2), R(kX, 1)}}, {}, "nnnnn", "nnnnn", 6, 6},
      {"CoWR", {{W(kX, 1), R(kX, 2)}, {W(kX, 2)}}, {{kX, 1}}, "nnnnn", "nnnnn"},
      {"CoRW", {{R(kX, 1), W(kX, 2)}, {W(kX, 1)}}, {{kX, 1}}, "nnnnn", "nnnnn"},
      {"CoWW", {{W(kX, 1), W(kX, 2)}}, {{kX, 1}}, "nnnnn", "nnnnn"},
      {"WRC", {{W(kX, 1)}, {R(kX, 1), W(kY, 1)}, {R(kY, 1), R(kX, 0)}}, {}, "nnnnn", "ynnnn", 8, 7},
      {"ISA2", {{W(kX, 1), W(kY, 1)}, {R(kY, 1), W(kZ, 1)}, {R(kZ, 1), R(kX, 0)}}, {}, "nnnnn", "ynnnn"},
      {"R", {{W(kX, 1), W(kY, 1)}, {W(kY, 2), R(kX, 0)}}, {{kY, 2}}, "yynny", "yynny"},
      {"S", {{W(kX, 2), W(kY, 1)}, {R(kY, 1), W(kX, 1)}}, {{kX, 2}}, "nnnnn", "ynnnn"},
      {"Z6.3", {{W(kX, 1), W(kY, 1)}, {W(kY, 2), W(kZ, 1)}, {R(kZ, 1), R(kX, 0)}}, {{kY, 2}}, "nnnnn", "yynny"},
      {"RWC", {{W(kX, 1)}, {R(kX, 1), R(kY, 0)}, {W(kY, 1), R(kX, 0)}}, {}, "yynny", "yynny"},
      {"W+RWC", {{W(kX, 1), W(kY, 1)}, {R(kY, 1), R(kZ, 0)}, {W(kZ, 1), R(kX, 0)}}, {}, "yynny", "yynny"},
  };
}

// Locations x, y, z as far as they are used.
std::vector<Location> LocationsOf(const std::vector<std::vector<Instruction>>& threads) {
  int used = 0;
  for (const std::vector<Instruction>& thread : threads) {
    for (const Instruction& instruction : thread) used = std::max(used, instruction.location + 1);
  }
  std::vector<Location> locations(static_cast<std::size_t>(used));
  for (int l = 0; l < used; ++l)
    locations[static_cast<std::size_t>(l)].name = std::string(1, static_cast<char>('x' + l));
  return locations;
}

LitmusTest Instantiate(const Shape& shape, std::size_t strength_number) {
  const Strength& strength = kStrengths[strength_number];
  LitmusTest test;
  test.name = std::string(shape.name) + "+" + strength.name;
  for (std::size_t t = 0; t < shape.threads.size(); ++t) {
    std::vector<Instruction>& code = test.program.threads.emplace_back();
    for (const Access& access : shape.threads[t]) {
      if (strength.fence.has_value() && !code.empty()) code.push_back(Fence(*strength.fence));
      if (access.is_write) {
        code.push_back(Store(access.location, access.value, strength.store));
      } else {
        test.registers.push_back({static_cast<int>(t), static_cast<int>(code.size()), access.value});
        code.push_back(Load(access.location, strength.load));
      }
    }
  }
  test.program.locations = LocationsOf(test.program.threads);
  test.memory = shape.memory;
  test.allowed_in_tso = shape.tso[strength_number] == 'y';
  test.allowed_in_rc11 = shape.rc11[strength_number] == 'y';
  if (strength_number == 0) {
    test.executions_in_rc11 = shape.executions_in_rc11;
    test.executions_in_sc = shape.executions_in_sc;
  }
  return test;
}

// ---- Tests of single rules ----

LitmusTest Rule(const char* name, std::vector<std::vector<Instruction>> threads,
                std::vector<LitmusTest::Register> registers, bool allowed_in_rc11, bool allowed_in_sc = false,
                std::vector<LitmusTest::Final> memory = {}) {
  LitmusTest test;
  test.name = name;
  test.program.locations = LocationsOf(threads);
  test.program.threads = std::move(threads);
  test.registers = std::move(registers);
  test.memory = std::move(memory);
  test.allowed_in_rc11 = allowed_in_rc11;
  test.allowed_in_sc = allowed_in_sc;
  test.allowed_in_tso = allowed_in_sc;
  return test;
}

// The same, allowed under TSO though not under SC.
LitmusTest AllowedInTso(LitmusTest test) {
  test.allowed_in_tso = true;
  return test;
}

// Seq_cst accesses mixed with weaker ones: what RC11 repaired.
std::vector<LitmusTest> MixedOrders() {
  return {
      // Both allowed, as Power's compilation shows them; C11 forbade them.
      Rule("Z6.U",
           {{Store(kX, 1, kSc), Store(kY, 1, kRel)},
            {FetchAdd(kY, 1, kSc), Load(kY, kRlx)},
            {Store(kY, 3, kSc), Load(kX, kSc)}},
           {{1, 0, 1}, {1, 1, 3}, {2, 1, 0}}, true),
      Rule("IRIW+acq+sc",
           {{Store(kX, 1, kSc)}, {Load(kX, kAcq), Load(kY, kSc)}, {Load(kY, kAcq), Load(kX, kSc)}, {Store(kY, 1, kSc)}},
           {{1, 0, 1}, {1, 1, 0}, {2, 0, 1}, {2, 1, 0}}, true),
      // Forbidden: fences are cumulative, which C11's were not.
      Rule("RWC+syncs",
           {{Store(kX, 1, kRlx)},
            {Load(kX, kRlx), Fence(kSc), Load(kY, kRlx)},
            {Store(kY, 1, kRlx), Fence(kSc), Load(kX, kRlx)}},
           {{1, 0, 1}, {1, 2, 0}, {2, 2, 0}}, false),
      Rule("W+RWC+rel+acq+fences",
           {{Store(kX, 1, kRlx), Store(kZ, 1, kRel)},
            {Load(kZ, kAcq), Fence(kSc), Load(kY, kRlx)},
            {Store(kY, 1, kRlx), Fence(kSc), Load(kX, kRlx)}},
           {{1, 0, 1}, {1, 2, 0}, {2, 2, 0}}, false),
      // A seq_cst access is not a fence.
      Rule("SB+sc stores+acq loads", {{Store(kX, 1, kSc), Load(kY, kAcq)}, {Store(kY, 1, kSc), Load(kX, kAcq)}},
           {{0, 1, 0}, {1, 1, 0}}, true),
      Rule("SB+sc updates between",
           {{Store(kX, 1, kRlx), FetchAdd(kZ, 0, kSc), Load(kY, kRlx)},
            {Store(kY, 1, kRlx), FetchAdd(kZ, 0, kSc), Load(kX, kRlx)}},
           {{0, 2, 0}, {1, 2, 0}}, false),
      AllowedInTso(Rule("SB+one fence",
                        {{Store(kX, 1, kRlx), Fence(kSc), Load(kY, kRlx)}, {Store(kY, 1, kRlx), Load(kX, kRlx)}},
                        {{0, 2, 0}, {1, 1, 0}}, true)),
  };
}

// What a release write is continued by, in C++20.
std::vector<LitmusTest> ReleaseSequences() {
  return {
      Rule("MP+release sequence of a store",
           {{Store(kX, 1, kRlx), Store(kY, 1, kRel), Store(kY, 2, kRlx)}, {Load(kY, kAcq), Load(kX, kRlx)}},
           {{1, 0, 2}, {1, 1, 0}}, true),
      Rule("MP+release sequence of an update",
           {{Store(kX, 1, kRlx), Store(kY, 1, kRel)}, {FetchAdd(kY, 1, kRlx)}, {Load(kY, kAcq), Load(kX, kRlx)}},
           {{2, 0, 2}, {2, 1, 0}}, false),
      Rule("MP+release fence, sequence of an update",
           {{Store(kX, 1, kRlx), Fence(kRel), Store(kY, 1, kRlx)},
            {FetchAdd(kY, 1, kRlx)},
            {Load(kY, kRlx), Fence(kAcq), Load(kX, kRlx)}},
           {{2, 0, 2}, {2, 2, 0}}, false),
      Rule("MP+release fence, acquire load",
           {{Store(kX, 1, kRlx), Fence(kRel), Store(kY, 1, kRlx)}, {Load(kY, kAcq), Load(kX, kRlx)}},
           {{1, 0, 1}, {1, 1, 0}}, false),
      Rule("MP+release store, acquire fence too late",
           {{Store(kX, 1, kRlx), Store(kY, 1, kRel)}, {Load(kY, kRlx), Load(kX, kRlx), Fence(kAcq)}},
           {{1, 0, 1}, {1, 1, 0}}, true),
      Rule("MP+acquire fence where a release fence is needed",
           {{Store(kX, 1, kRlx), Fence(kAcq), Store(kY, 1, kRlx)}, {Load(kY, kAcq), Load(kX, kRlx)}},
           {{1, 0, 1}, {1, 1, 0}}, true),
  };
}

std::vector<LitmusTest> UpdatesAndAwaits() {
  const std::vector<Instruction> publish = {Store(kX, 1, kRlx), Store(kY, 1, kRel)};
  const Condition is_one{Condition::kEqual, 1};
  return {
      Rule("CAS fails with its failure order: acquire", {publish, {Cas(kY, 5, 6, kRlx, kAcq), Load(kX, kRlx)}},
           {{1, 0, 1}, {1, 1, 0}}, false),
      Rule("CAS fails with its failure order: relaxed", {publish, {Cas(kY, 5, 6, kSc, kRlx), Load(kX, kRlx)}},
           {{1, 0, 1}, {1, 1, 0}}, true),
      Rule("weak CAS fails though it need not", {{Cas(kX, 0, 1, kSc, kRlx, true), Load(kX, kRlx)}},
           {{0, 0, 0}, {0, 1, 0}}, true, true),
      Rule("two updates, one old value", {{FetchAdd(kX, 1, kRlx)}, {FetchAdd(kX, 1, kRlx)}}, {{0, 0, 0}, {1, 0, 0}},
           false),
      Rule("update of a later write", {{FetchAdd(kX, 1, kRlx)}, {Store(kX, 1, kRlx)}}, {{0, 0, 1}}, false, false,
           {{kX, 1}}),
      Rule("write between an update and what it reads", {{FetchAdd(kX, 1, kRlx)}, {Store(kX, 5, kRlx)}}, {{0, 0, 0}},
           false, false, {{kX, 1}}),
      Rule("MP+await", {publish, {Await(kY, is_one, kAcq), Load(kX, kRlx)}}, {{1, 1, 0}}, false),
      Rule("MP+relaxed await", {publish, {Await(kY, is_one, kRlx), Load(kX, kRlx)}}, {{1, 1, 0}}, true),
      Rule("MP+await_update", {publish, {AwaitUpdate(kY, is_one, false, 1, kAcq), Load(kX, kRlx)}}, {{1, 1, 0}}, false),
      Rule("MP+spin", {publish, {Spin({{kY, kAcq, 1}}), Load(kX, kRlx)}}, {{1, 1, 0}}, false),
      Rule("MP+spin+fence", {publish, {Spin({{kY, kRlx, 1}}), Fence(kAcq), Load(kX, kRlx)}}, {{1, 2, 0}}, false),
      Rule("await of an older value", {{Store(kX, 1, kRlx), Store(kX, 0, kRlx)}, {Await(kX, is_one, kRlx)}},
           {{1, 0, 1}}, true, true),
  };
}

bool Is(const Outcome& outcome, const LitmusTest& test) {
  for (const LitmusTest::Register& expected : test.registers) {
    if (outcome.registers[expected.thread][expected.instruction] != expected.value) return false;
  }
  for (const LitmusTest::Final& expected : test.memory) {
    if (outcome.memory[expected.location] != expected.value) return false;
  }
  return true;
}

}  // namespace

std::vector<LitmusTest> AllLitmusTests() {
  std::vector<LitmusTest> tests;
  for (const Shape& shape : Shapes()) {
    for (std::size_t strength = 0; strength < std::size(kStrengths); ++strength) {
      tests.push_back(Instantiate(shape, strength));
    }
  }
  for (const std::vector<LitmusTest>& rules : {MixedOrders(), ReleaseSequences(), UpdatesAndAwaits()}) {
    tests.insert(tests.end(), rules.begin(), rules.end());
  }
  return tests;
}

bool Shows(const LitmusTest& test, const std::set<Outcome>& outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) { return Is(outcome, test); });
}

}  // namespace doorway::reference

#include "harness/testing/generator.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace doorway::reference {
namespace {

// A seed in a bug report must give the same program for ever.
TEST(GeneratorTest, IsAFunctionOfTheSeed) {
  EXPECT_EQ(ToString(GenerateProgram(0, {})),
            "x = 0, y = 0\n"
            "T0: r0 = y.cas(1, 2, acq, rlx); r1 = y.load(acq)\n"
            "T1: r0 = spin(until x.load(acq) == 0 && y.load(acq) == 2)\n"
            "T2: r0 = y.fetch_add(1, rel); if (r0 == 0) skip 1; y.store(1, sc); if (r0 >= 1) skip 2; "
            "r4 = y.load(rlx); check(r0 == 2)\n"
            "T3: r0 = y.load(rlx)\n");
}

TEST(GeneratorTest, CoversTheLanguage) {
  std::set<Instruction::Kind> kinds;
  std::set<Order> orders;
  std::set<std::size_t> threads;
  std::set<std::size_t> locations;
  std::set<int> widths;
  bool plain = false;
  bool weak = false;
  bool two_reads = false;
  bool spin_cas = false;
  bool register_operand = false;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Program program = GenerateProgram(seed, {});
    threads.insert(program.threads.size());
    locations.insert(program.locations.size());
    for (const Location& location : program.locations) {
      widths.insert(location.width);
      plain |= location.plain;
    }
    for (const std::vector<Instruction>& thread : program.threads) {
      for (const Instruction& instruction : thread) {
        kinds.insert(instruction.kind);
        orders.insert(instruction.order);
        weak |= instruction.weak;
        two_reads |= instruction.polls.size() == 2;
        spin_cas |= instruction.last_is_cas;
        register_operand |= instruction.operand.from >= 0;
      }
    }
  }
  EXPECT_EQ(kinds.size(), 13u);  // all but kNothing
  EXPECT_EQ(orders.size(), 6u);
  EXPECT_EQ(threads, (std::set<std::size_t>{2, 3, 4}));
  EXPECT_EQ(locations, (std::set<std::size_t>{1, 2, 3}));
  EXPECT_EQ(widths, (std::set<int>{1, 8}));
  EXPECT_TRUE(plain && weak && two_reads && spin_cas && register_operand);
}

TEST(GeneratorTest, KeepsToItsOptions) {
  GeneratorOptions options;
  options.max_threads = 2;
  options.max_locations = 1;
  options.max_operations = 4;
  options.rmws = options.fences = options.branches = options.awaits = options.spins = options.choices = options.plain =
      options.narrow = options.checks = false;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Program program = GenerateProgram(seed, options);
    EXPECT_EQ(program.threads.size(), 2u);
    EXPECT_EQ(program.locations.size(), 1u);
    EXPECT_LE(Size(program), 4);
    for (const std::vector<Instruction>& thread : program.threads) {
      for (const Instruction& instruction : thread) {
        EXPECT_TRUE(instruction.kind == Instruction::kLoad || instruction.kind == Instruction::kStore);
      }
    }
  }
}

TEST(GeneratorTest, EndlessProgramsAreFinite) {
  GeneratorOptions options;
  options.endless = options.tags = true;
  int tags = 0;
  int notes = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Program program = GenerateProgram(seed, options);
    EXPECT_FALSE(program.CanEnd());
    EXPECT_TRUE(IsWellFormed(program));
    for (const std::vector<Instruction>& thread : program.threads) {
      for (const Instruction& instruction : thread) {
        tags += instruction.kind == Instruction::kTag;
        notes += instruction.kind == Instruction::kNote;
        const bool adds = instruction.kind == Instruction::kFetchAdd ||
                          (instruction.kind == Instruction::kAwaitUpdate && !instruction.replaces) ||
                          (instruction.operand.from >= 0 && instruction.operand.constant != 0);
        if (!adds) continue;
        const int location = instruction.last_is_cas ? instruction.polls.back().location : instruction.location;
        EXPECT_EQ(program.locations[location].width, 1) << ToString(program);
      }
    }
  }
  EXPECT_GT(tags, 200);
  EXPECT_GT(notes, 50);
}

}  // namespace
}  // namespace doorway::reference

#include "harness/testing/shrink.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/testing/generator.h"

namespace doorway::reference {
namespace {

int Count(const Program& program, Instruction::Kind kind) {
  int count = 0;
  for (const std::vector<Instruction>& thread : program.threads) {
    count += static_cast<int>(
        std::count_if(thread.begin(), thread.end(), [&](const Instruction& i) { return i.kind == kind; }));
  }
  return count;
}

TEST(ShrinkTest, KeepsWhatFails) {
  int tried = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Program program = GenerateProgram(seed, {});
    const auto fails = [](const Program& p) {
      return Count(p, Instruction::kFetchAdd) > 0 && Count(p, Instruction::kLoad) > 0;
    };
    if (!fails(program)) continue;
    ++tried;
    const Program small = Shrink(program, fails);
    EXPECT_TRUE(fails(small));
    EXPECT_EQ(Size(small), 2) << ToString(small);
    EXPECT_LE(small.threads.size(), 2u);
  }
  EXPECT_GT(tried, 10);
}

TEST(ShrinkTest, WeakensOrders) {
  Program program;
  program.locations = {Location{"x"}};
  program.threads = {
      {Load(0, Order::kSeqCst), SpinCas({{0, Order::kAcquire, 1}, {0, Order::kSeqCst, 0}}, 5, Order::kAcquire, true)}};
  const Program small = Shrink(program, [](const Program& p) { return Count(p, Instruction::kSpin) > 0; });
  EXPECT_EQ(ToString(small),
            "x = 0\n"
            "T0: r1 = spin(until x.load(rlx) == 0)\n");
}

TEST(ShrinkTest, KeepsEndlessThreadsWellFormed) {
  GeneratorOptions options;
  options.endless = options.tags = true;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto fails = [](const Program& p) {
      EXPECT_TRUE(IsWellFormed(p)) << ToString(p);
      return !p.CanEnd();
    };
    const Program small = Shrink(GenerateProgram(seed, options), fails);
    EXPECT_EQ(small.threads.size(), 1u);
    EXPECT_EQ(Size(small), 1);
  }
}

}  // namespace
}  // namespace doorway::reference

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/testing/candidates.h"
#include "harness/testing/family.h"
#include "harness/testing/generator.h"
#include "harness/testing/interleavings.h"
#include "harness/testing/litmus.h"
#include "harness/testing/shorthand.h"

// The two references are written after different definitions of sequential consistency and share but the steps of a
// single thread. They must agree; and both must agree with what a person counts by hand.

namespace doorway::reference {
namespace {

// Of many programs, one in so many.
constexpr int kEvery = kAddressSanitizer ? 100 : 1;

constexpr Condition kIsOne{Condition::kEqual, 1};

void ExpectAgreement(const Program& program, std::size_t max_steps = 0) {
  const Graphs interleavings = EnumerateInterleavings(program, max_steps);
  const Graphs candidates = EnumerateCandidates(program, MemoryModel::kSc, max_steps);
  if (interleavings.gave_up || candidates.gave_up) return;
  EXPECT_EQ(interleavings.complete == candidates.complete, true) << ToString(program);
  EXPECT_EQ(interleavings.stuck == candidates.stuck, true) << ToString(program);
  EXPECT_EQ(interleavings.outcomes == candidates.outcomes, true) << ToString(program);
  EXPECT_EQ(interleavings.check_fails, candidates.check_fails) << ToString(program);
}

TEST(ReferencesTest, AgreeOnLitmusTests) {
  for (const LitmusTest& test : AllLitmusTests()) ExpectAgreement(test.program);
}

TEST(ReferencesTest, AgreeOnFamilies) {
  for (const Family& family : Families(MemoryModel::kSc)) {
    int number = 0;
    ForEachProgram(family, [&number](const Program& program) {
      if (number++ % kEvery == 0) ExpectAgreement(program);
    });
  }
}

TEST(ReferencesTest, AgreeOnRandomPrograms) {
  for (std::uint64_t seed = 0; seed < 1000 / kEvery; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    ExpectAgreement(GenerateProgram(seed, {}), 100'000);
  }
}

struct Count {
  std::size_t complete = 0;
  std::size_t stuck = 0;
};

// Expects the same count of each reference, under SC and, as all programs below are too small to tell, under RC11.
void ExpectCount(std::vector<std::vector<Instruction>> threads, Count expected, int width = 8) {
  Program program;
  program.locations = {Location{"x", 0, width}, Location{"y", 0, width}};
  program.threads = std::move(threads);
  SCOPED_TRACE(ToString(program));
  for (const Graphs& graphs : {EnumerateInterleavings(program), EnumerateCandidates(program, MemoryModel::kSc),
                               EnumerateCandidates(program, MemoryModel::kRc11)}) {
    EXPECT_EQ(graphs.complete.size(), expected.complete);
    EXPECT_EQ(graphs.stuck.size(), expected.stuck);
  }
}

TEST(ReferencesTest, AwaitMayMissAValue) {
  ExpectCount({{Store(kX, 1, kRlx), Store(kX, 0, kRlx)}, {Await(kX, kIsOne, kRlx)}}, {1, 1});
}

TEST(ReferencesTest, AwaitThatIsNeverEnded) {
  ExpectCount({{Store(kX, 2, kRlx)}, {Await(kX, kIsOne, kRlx)}}, {0, 1});
  ExpectCount({{Store(kX, 1, kRlx)}, {Await(kX, kIsOne, kRlx)}}, {1, 0});
}

TEST(ReferencesTest, AwaitUpdatesTakeTurns) {
  const Instruction acquire = AwaitUpdate(kX, {Condition::kEqual, 0}, false, 1, kRlx);
  ExpectCount({{acquire}, {acquire}}, {0, 2});  // nobody releases
  ExpectCount({{acquire, Store(kX, 0, kRlx)}, {acquire, Store(kX, 0, kRlx)}}, {2, 0});
}

TEST(ReferencesTest, SpinIsAnAwait) {
  ExpectCount({{Store(kX, 1, kRlx), Store(kX, 0, kRlx)}, {Spin({{kX, kRlx, 1}})}}, {1, 1});
}

// The iteration need not be atomic: x may be read before y becomes 1.
TEST(ReferencesTest, SpinIterationIsNotAtomic) {
  ExpectCount({{Store(kX, 0, kRlx), Store(kY, 1, kRlx)}, {Spin({{kX, kRlx, 0}, {kY, kRlx, 1}})}}, {2, 0});
}

// Stuck in the middle of an iteration: the earlier read stays, and reads the newest write.
TEST(ReferencesTest, StuckIterationKeepsItsEarlierReads) {
  const std::vector<Instruction> writer = {Store(kX, 1, kRlx)};
  ExpectCount({writer, {Spin({{kX, kRlx, 1}, {kY, kRlx, 1}})}}, {0, 1});
  ExpectCount({writer, {Spin({{kX, kRlx, 0}, {kY, kRlx, 1}})}}, {0, 1});
  ExpectCount({writer, {Spin({{kX, kRlx, 0}, {kY, kRlx, 1}}, false)}}, {0, 1});
  Program program;
  program.locations = {Location{"x"}, Location{"y"}};
  program.threads = {writer, {Spin({{kX, kRlx, 1}, {kY, kRlx, 1}})}};
  EXPECT_EQ(ToString(*EnumerateInterleavings(program).stuck.begin()),
            "T0: W.rlx x = 1\nT1: R.rlx x = 1 <- T0.0\nx: init, T0.0\n");
  program.threads = {writer, {Spin({{kX, kRlx, 0}, {kY, kRlx, 1}}, false)}};
  EXPECT_EQ(ToString(*EnumerateInterleavings(program).stuck.begin()),
            "T0: W.rlx x = 1\nT1: R.rlx x = 1 <- T0.0\nx: init, T0.0\n");
  program.threads = {writer, {Spin({{kX, kRlx, 0}, {kY, kRlx, 1}})}};
  EXPECT_EQ(ToString(*EnumerateInterleavings(program).stuck.begin()), "T0: W.rlx x = 1\nT1:\nx: init, T0.0\n");
}

TEST(ReferencesTest, WeakCas) {
  ExpectCount({{Cas(kX, 0, 1, kRlx, kRlx)}}, {1, 0});
  ExpectCount({{Cas(kX, 0, 1, kRlx, kRlx, true)}}, {2, 0});
  ExpectCount({{Cas(kX, 1, 2, kRlx, kRlx, true)}}, {1, 0});
  ExpectCount({{SpinCas({{kX, kRlx, 0}}, 1, kRlx, true)}}, {1, 0});
  ExpectCount({{SpinCas({{kX, kRlx, 1}}, 2, kRlx, true)}}, {0, 1});
}

TEST(ReferencesTest, UpdatesCountAsOneEventAndAreTruncated) {
  ExpectCount({{FetchAdd(kX, 1, kRlx)}, {FetchAdd(kX, 1, kRlx)}, {FetchAdd(kX, 1, kRlx)}}, {6, 0});
  ExpectCount({{FetchAdd(kX, 255, kRlx), FetchAdd(kX, 1, kRlx), Await(kX, {Condition::kEqual, 0}, kRlx)}}, {1, 0}, 1);
  ExpectCount({{FetchAdd(kX, 255, kRlx), FetchAdd(kX, 1, kRlx), Await(kX, {Condition::kEqual, 0}, kRlx)}}, {0, 1}, 8);
}

TEST(ReferencesTest, ChoicesAreEvents) {
  ExpectCount({{Choose(3)}, {Choose(2)}}, {6, 0});
  ExpectCount({{Choose(2), Store(kX, Operand::Register(0), kRlx)}, {Await(kX, kIsOne, kRlx)}}, {1, 1});
}

TEST(ReferencesTest, FailedChecksAreNoResults) {
  Program program;
  program.locations = {Location{"x"}};
  program.threads = {{Store(kX, 1, kRlx)}, {Load(kX, kRlx), Check(0, kIsOne)}};
  for (const Graphs& graphs : {EnumerateInterleavings(program), EnumerateCandidates(program, MemoryModel::kRc11)}) {
    EXPECT_TRUE(graphs.check_fails);
    EXPECT_EQ(graphs.complete.size(), 1u);
    EXPECT_TRUE(graphs.stuck.empty());
  }
}

TEST(ReferencesTest, Races) {
  for (const Order order : {Order::kRelaxed, Order::kRelease}) {
    Program program;
    program.locations = {Location{"x", 0, 8, true}, Location{"y"}};
    program.threads = {{Store(kX, 1, Order::kPlain), Store(kY, 1, order)},
                       {Await(kY, kIsOne, Order::kAcquire), Load(kX, Order::kPlain)}};
    for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
      EXPECT_EQ(EnumerateCandidates(program, memory).races, order == Order::kRelaxed);
    }
  }
}

TEST(ReferencesTest, GiveUp) {
  const Program program = {{Location{"x"}}, {{Store(kX, 1, kRlx)}, {Store(kX, 2, kRlx)}, {Load(kX, kRlx)}}};
  EXPECT_TRUE(EnumerateInterleavings(program, 5).gave_up);
  EXPECT_TRUE(EnumerateCandidates(program, MemoryModel::kRc11, 5).gave_up);
  EXPECT_FALSE(EnumerateCandidates(program, MemoryModel::kRc11, 50).gave_up);
}

}  // namespace
}  // namespace doorway::reference

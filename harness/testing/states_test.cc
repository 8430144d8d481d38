#include "harness/testing/states.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "harness/behaviour/asan.h"
#include "harness/testing/candidates.h"
#include "harness/testing/family.h"
#include "harness/testing/generator.h"
#include "harness/testing/interleavings.h"
#include "harness/testing/shorthand.h"

namespace doorway::reference {
namespace {

// Of many programs, one in so many.
constexpr int kEvery = kAddressSanitizer ? 100 : 1;

constexpr int kA = 2;
constexpr int kB = 3;
constexpr Condition kIsOne{Condition::kEqual, 1};

Program TwoThreads(std::vector<Instruction> first, std::vector<Instruction> second) {
  return {{Location{"x"}, Location{"y"}, Location{"a"}, Location{"b"}}, {std::move(first), std::move(second)}};
}

StateSpace Explore(const Program& program, MemoryModel memory = MemoryModel::kSc) {
  return ExploreAllStates(program, memory);
}

TEST(StatesTest, CountsStatesAndSteps) {
  // Two stores to different locations: a square.
  const StateSpace space = Explore(TwoThreads({Store(kX, 1, kRlx)}, {Store(kY, 1, kRlx)}));
  EXPECT_EQ(space.states.size(), 4u);
  EXPECT_EQ(space.steps.size(), 4u);
  EXPECT_EQ(space.final_memories, (std::set<std::vector<Value>>{{1, 1, 0, 0}}));
  EXPECT_TRUE(space.deadlocked.empty());
}

TEST(StatesTest, BuffersAreStates) {
  // Before the store, in the buffer, in memory.
  const Program program = {{Location{"x"}}, {{Store(kX, 1, kRlx)}}};
  EXPECT_EQ(Explore(program, MemoryModel::kSc).states.size(), 2u);
  EXPECT_EQ(Explore(program, MemoryModel::kTso).states.size(), 3u);
  const Program seq_cst = {{Location{"x"}}, {{Store(kX, 1, kSc)}}};
  EXPECT_EQ(Explore(seq_cst, MemoryModel::kTso).states.size(), 2u);
}

TEST(StatesTest, RegistersThatNobodyUsesAreForgotten) {
  const Program dead = TwoThreads({Load(kX, kRlx), Store(kY, 1, kRlx)}, {Store(kX, 1, kRlx)});
  EXPECT_EQ(Explore(dead).states.size(), 6u);
  const Program live = TwoThreads({Load(kX, kRlx), Store(kY, Operand::Register(0), kRlx)}, {Store(kX, 1, kRlx)});
  // The register holds 0 before the store of x or after it, or 1.
  EXPECT_EQ(Explore(live).states.size(), 8u);
}

TEST(StatesTest, EndlessThreadsComeBack) {
  Program program = {{Location{"x"}}, {{Store(kX, 1, kRlx), Store(kX, 0, kRlx)}}};
  program.endless = {true};
  const StateSpace space = Explore(program);
  EXPECT_EQ(space.states.size(), 2u);
  EXPECT_EQ(space.steps.size(), 2u);
  EXPECT_TRUE(space.final_memories.empty());
}

TEST(StatesTest, GivesUp) {
  Program program = {{Location{"x"}}, {{FetchAdd(kX, 1, kRlx)}}};
  program.endless = {true};
  EXPECT_TRUE(ExploreAllStates(program, MemoryModel::kSc, 100).gave_up);
  program.locations[0].width = 1;
  EXPECT_EQ(Explore(program).states.size(), 256u);
}

TEST(StatesTest, DeadlocksOfAwaitsAndSpins) {
  for (const Instruction& wait : {Await(kX, kIsOne, kRlx), Spin({{kX, kRlx, 1}}), Spin({{kY, kRlx, 0}, {kX, kRlx, 1}}),
                                  SpinCas({{kX, kRlx, 1}}, 2, kRlx, true)}) {
    EXPECT_EQ(Explore(TwoThreads({wait}, {Store(kY, 0, kRlx)})).deadlocked.size(), 1u);
    EXPECT_EQ(Explore(TwoThreads({wait}, {Store(kX, 1, kRlx)})).deadlocked.size(), 0u);
    EXPECT_EQ(Explore(TwoThreads({wait}, {Store(kX, 1, kRlx), Store(kX, 0, kRlx)})).deadlocked.size(), 1u);
  }
}

// Whether both loads of a store-buffering shape may see 0.
bool BothZero(const Program& program, MemoryModel memory) {
  return Explore(program, memory).final_memories.contains({1, 1, 0, 0});
}

TEST(StatesTest, StoreBuffering) {
  const auto shape = [](Order store, std::vector<Instruction> fence, Order load) {
    std::vector<Instruction> threads[2];
    for (int t = 0; t < 2; ++t) {
      threads[t] = {Store(t, 1, store)};
      threads[t].insert(threads[t].end(), fence.begin(), fence.end());
      const int at = static_cast<int>(threads[t].size());
      threads[t].push_back(Load(1 - t, load));
      threads[t].push_back(Store(kA + t, Operand::Register(at), kRlx));
    }
    return TwoThreads(threads[0], threads[1]);
  };
  EXPECT_FALSE(BothZero(shape(kRlx, {}, kRlx), MemoryModel::kSc));
  EXPECT_TRUE(BothZero(shape(kRlx, {}, kRlx), MemoryModel::kTso));
  EXPECT_TRUE(BothZero(shape(kRel, {}, kSc), MemoryModel::kTso));
  EXPECT_FALSE(BothZero(shape(kSc, {}, kRlx), MemoryModel::kTso));
  EXPECT_FALSE(BothZero(shape(kRlx, {Fence(kSc)}, kRlx), MemoryModel::kTso));
  EXPECT_TRUE(BothZero(shape(kRlx, {Fence(Order::kAcqRel)}, kRlx), MemoryModel::kTso));
  // Updates drain the buffer, failed ones too.
  EXPECT_FALSE(BothZero(shape(kRlx, {FetchAdd(kB, 0, kRlx)}, kRlx), MemoryModel::kTso));
  EXPECT_FALSE(BothZero(shape(kRlx, {Cas(kB, 7, 8, kRlx, kRlx)}, kRlx), MemoryModel::kTso));
  EXPECT_FALSE(
      BothZero(shape(kRlx, {AwaitUpdate(kB, {Condition::kAtLeast, 0}, false, 0, kRlx)}, kRlx), MemoryModel::kTso));
}

TEST(StatesTest, MessagePassingHoldsUnderTso) {
  const Program program =
      TwoThreads({Store(kX, 1, kRlx), Store(kY, 1, kRlx)}, {Await(kY, kIsOne, kRlx), Load(kX, kRlx), Check(1, kIsOne)});
  EXPECT_FALSE(Explore(program, MemoryModel::kTso).check_fails);
}

TEST(StatesTest, LoadsForwardTheNewestStore) {
  const Program program = {{Location{"x"}},
                           {{Store(0, 1, kRlx), Store(0, 2, kRlx), Load(0, kRlx), Check(2, {Condition::kEqual, 2})}}};
  EXPECT_FALSE(Explore(program, MemoryModel::kTso).check_fails);
}

// What a thread sees of its own buffered store does not end anybody else's wait, nor its own deadlock's.
TEST(StatesTest, BuffersDrainBeforeADeadlock) {
  const Program program =
      TwoThreads({Store(kX, 1, kRlx), Await(kY, kIsOne, kRlx)}, {Await(kX, kIsOne, kRlx), Store(kY, 1, kRlx)});
  EXPECT_TRUE(Explore(program, MemoryModel::kTso).deadlocked.empty());
}

// ---- Against the enumerators ----

std::set<std::vector<Value>> Memories(const Graphs& graphs) {
  std::set<std::vector<Value>> memories;
  for (const Outcome& outcome : graphs.outcomes) memories.insert(outcome.memory);
  return memories;
}

void CompareWithInterleavings(const Program& program) {
  const Graphs graphs = EnumerateInterleavings(program);
  const StateSpace space = Explore(program);
  EXPECT_EQ(space.check_fails, graphs.check_fails) << ToString(program);
  if (graphs.check_fails) return;
  EXPECT_EQ(space.deadlocked.empty(), graphs.stuck.empty()) << ToString(program);
  EXPECT_EQ(space.final_memories, Memories(graphs)) << ToString(program);
}

TEST(StatesTest, AgreesWithInterleavingsOnFamilies) {
  for (const Family& family : Families(MemoryModel::kSc)) {
    int number = 0;
    ForEachProgram(family, [&number](const Program& program) {
      if (number++ % kEvery == 0) CompareWithInterleavings(program);
    });
  }
}

TEST(StatesTest, AgreesWithInterleavingsOnRandomPrograms) {
  for (std::uint64_t seed = 0; seed < 3000 / kEvery; ++seed) CompareWithInterleavings(GenerateProgram(seed, {}));
}

// The same, and in the end each thread writes down what it has read.
Program WithNotebooks(Program program) {
  for (std::vector<Instruction>& thread : program.threads) {
    const std::vector<Instruction> code = thread;
    for (std::size_t i = 0; i < code.size(); ++i) {
      if (code[i].kind != Instruction::kLoad && code[i].kind != Instruction::kCas) continue;
      thread.push_back(Store(static_cast<int>(program.locations.size()), Operand::Register(static_cast<int>(i)), kRlx));
      program.locations.push_back(Location{"n" + std::to_string(program.locations.size())});
    }
  }
  return program;
}

// TSO allows what SC allows, and no more than RC11 for the same orders.
class TsoTest : public ::testing::Test {
 protected:
  void Compare(const Program& bare) {
    const Program program = WithNotebooks(bare);
    const Graphs graphs = EnumerateCandidates(program, MemoryModel::kRc11, 50'000);
    if (graphs.gave_up) return;
    EXPECT_EQ(Explore(program, MemoryModel::kTso).final_memories,
              Memories(EnumerateCandidates(program, MemoryModel::kTso)))
        << ToString(program);
    const StateSpace sc = Explore(program, MemoryModel::kSc);
    const StateSpace tso = Explore(program, MemoryModel::kTso);
    const std::set<std::vector<Value>> rc11 = Memories(graphs);
    EXPECT_TRUE(std::ranges::includes(tso.final_memories, sc.final_memories)) << ToString(program);
    EXPECT_TRUE(std::ranges::includes(rc11, tso.final_memories)) << ToString(program);
    EXPECT_GE(tso.states.size(), sc.states.size());
    EXPECT_LE(sc.deadlocked.empty() ? 0u : 1u, tso.deadlocked.size());
    weaker_than_sc_ += tso.final_memories != sc.final_memories;
    stronger_than_rc11_ += tso.final_memories != rc11;
  }

  int weaker_than_sc_ = 0;
  int stronger_than_rc11_ = 0;
};

TEST_F(TsoTest, IsBetweenScAndRc11OnAFamily) {
  for (const Family& family : Families(MemoryModel::kRc11)) {
    if (family.name != "seq_cst fences 3+3") continue;
    int i = 0;
    ForEachProgram(family, [&](const Program& program) {
      if (i++ % (3 * kEvery) == 0) Compare(program);
    });
  }
  EXPECT_GT(weaker_than_sc_, 50 / kEvery);
  EXPECT_GT(stronger_than_rc11_, 50 / kEvery);
}

TEST_F(TsoTest, IsBetweenScAndRc11OnRandomPrograms) {
  GeneratorOptions options;
  options.plain = false;  // races
  options.checks = false;
  options.max_operations = 5;
  options.branches = false;
  for (std::uint64_t seed = 0; seed < 3000 / kEvery; ++seed) {
    options.rmws = options.awaits = options.spins = seed % 2 == 0;
    Compare(GenerateProgram(seed, options));
  }
  EXPECT_GE(weaker_than_sc_, 5 / kEvery);
  EXPECT_GE(stronger_than_rc11_, 5 / kEvery);
}

}  // namespace
}  // namespace doorway::reference

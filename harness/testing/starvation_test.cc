#include "harness/testing/starvation.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "harness/testing/shorthand.h"

namespace doorway::reference {
namespace {

constexpr Condition kIsZero{Condition::kEqual, 0};
constexpr Condition kIsOne{Condition::kEqual, 1};

const Response kEnters{"enters", "who has crossed the doorway is admitted", notes::kDoorway, notes::kAdmit};

enum class Starving { kNever, kUnderWeakFairness, kAlways };

Starving Judge(const Program& program, MemoryModel memory = MemoryModel::kSc) {
  const StateSpace space =
      ExploreAllStates(memory == MemoryModel::kTso ? WithDrains(program) : program, memory, 10'000);
  EXPECT_FALSE(space.gave_up || space.check_fails);
  const bool weak = Starves(space, kEnters, false);
  const bool strong = Starves(space, kEnters, true);
  EXPECT_TRUE(weak || !strong);
  return strong ? Starving::kAlways : weak ? Starving::kUnderWeakFairness : Starving::kNever;
}

// One thread waits for x == 1, the other does `rest`, for ever if so said.
Program WaitingFor(Instruction wait, std::vector<Instruction> rest, bool endless) {
  for (Instruction& instruction : rest) instruction.subject = 1;
  Program program = {
      {Location{"x"}, Location{"y"}},
      {{Load(kY, kRlx), Tag(notes::kDoorway, 0), std::move(wait), Tag(notes::kAdmit, 0)}, std::move(rest)}};
  program.endless = {false, endless};
  return program;
}

std::vector<Instruction> WaysToWait() {
  return {Await(kX, kIsOne, kRlx),
          AwaitUpdate(kX, kIsOne, true, 1, kRlx),
          Spin({{kX, kRlx, 1}}),
          Spin({{kX, kRlx, 1}, {kX, kRlx, 1}}),
          Spin({{kX, kRlx, 1}, {kX, kRlx, 1}}, false),
          SpinCas({{kX, kRlx, 1}}, 1, kRlx, false),
          SpinCas({{kX, kRlx, 1}, {kX, kRlx, 1}}, 1, kRlx, true)};
}

// Verdicts do not depend on how a wait is spelt.
TEST(StarvationTest, WaitingForAFlag) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    for (const Instruction& wait : WaysToWait()) {
      const auto judge = [&](const std::vector<Instruction>& rest, bool endless) {
        return Judge(WaitingFor(wait, rest, endless), memory);
      };
      // Nobody sets it, or it is set and cleared.
      EXPECT_EQ(judge({}, false), Starving::kAlways);
      EXPECT_EQ(judge({Store(kX, 2, kRlx)}, true), Starving::kAlways);
      EXPECT_EQ(judge({Store(kX, 1, kRlx), Store(kX, 0, kRlx)}, false), Starving::kAlways);
      // It is set, and stays so: who can step, will.
      EXPECT_EQ(judge({Store(kX, 1, kRlx)}, false), Starving::kNever);
      EXPECT_EQ(judge({Store(kX, 1, kRlx), Load(kX, kRlx)}, true), Starving::kNever);
      // It is set again and again.
      EXPECT_EQ(judge({Store(kX, 1, kRlx), Store(kX, 0, kRlx)}, true), Starving::kUnderWeakFairness);
    }
  }
}

TEST(StarvationTest, AnyThreadMayStarve) {
  Program program = WaitingFor(Await(kX, kIsOne, kRlx), {Store(kX, 1, kRlx), Tag(notes::kDoorway, 1)}, false);
  EXPECT_EQ(Judge(program), Starving::kAlways);  // thread 1 ends without its admit
  program.threads[1].push_back(Note(notes::kAdmit, 1));
  EXPECT_EQ(Judge(program), Starving::kNever);
}

TEST(StarvationTest, AnEndAndABeginningOfOneOperationAreTwoWaits) {
  Program program = {{Location{"x"}}, {{Load(kX, kRlx), Tag(notes::kAdmit, 0), Tag(notes::kDoorway, 0)}}};
  program.endless = {true};
  EXPECT_EQ(Judge(program), Starving::kNever);
  program.endless = {false};
  EXPECT_EQ(Judge(program), Starving::kAlways);
  std::swap(program.threads[0][1], program.threads[0][2]);
  EXPECT_EQ(Judge(program), Starving::kNever);
}

// A note comes after the operation, and so after all its tags, wherever they are written.
TEST(StarvationTest, NotesAreHeardAfterTags) {
  const Program program = {{Location{"x"}}, {{Load(kX, kRlx), Note(notes::kAdmit, 0), Tag(notes::kDoorway, 0)}}};
  EXPECT_EQ(Judge(program), Starving::kNever);
}

TEST(StarvationTest, ANoteBeforeAllOperationsCounts) {
  Program program = {{Location{"x"}}, {{Note(notes::kDoorway, 0), Await(kX, kIsOne, kRlx), Tag(notes::kAdmit, 0)}}};
  EXPECT_EQ(Judge(program), Starving::kAlways);
  program.locations[0].initial = 1;
  EXPECT_EQ(Judge(program), Starving::kNever);
}

// A lock with two clients for ever: the doorway is a store of the thread's own flag.
Program LockClients(const std::vector<Instruction>& lock, const std::vector<Instruction>& unlock) {
  Program program;
  program.locations = {Location{"lock"}, Location{"flag"}};
  for (int t = 0; t < 2; ++t) {
    std::vector<Instruction>& thread = program.threads.emplace_back();
    thread = {Store(kY, 0, kSc), Tag(notes::kDoorway, t)};
    thread.insert(thread.end(), lock.begin(), lock.end());
    thread.push_back(Tag(notes::kAdmit, t));
    thread.insert(thread.end(), unlock.begin(), unlock.end());
    program.endless.push_back(true);
  }
  return program;
}

TEST(StarvationTest, TestAndSetLocksAreStronglyFairOnly) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    for (const bool weak : {false, true}) {
      EXPECT_EQ(Judge(LockClients({SpinCas({{kX, kRlx, 0}}, 1, kRlx, weak)}, {Store(kX, 0, kRlx)}), memory),
                Starving::kUnderWeakFairness);
    }
    EXPECT_EQ(Judge(LockClients({AwaitUpdate(kX, kIsZero, true, 1, kRlx)}, {Store(kX, 0, kRlx)}), memory),
              Starving::kUnderWeakFairness);
  }
}

// Each waits for its turn, and the holder passes the turn on: both must go on.
TEST(StarvationTest, TurnsAreFair) {
  Program program = LockClients({Await(kX, kIsZero, kRlx)}, {Store(kX, 1, kRlx)});
  program.threads[1][2] = Await(kX, kIsOne, kRlx);
  program.threads[1][4] = Store(kX, 0, kRlx);
  EXPECT_EQ(Judge(program), Starving::kNever);
  EXPECT_EQ(Judge(program, MemoryModel::kTso), Starving::kNever);
  // One thread goes home.
  program.endless[1] = false;
  EXPECT_EQ(Judge(program), Starving::kAlways);
}

// A waiter that sees some of what it wants, in turns, but never all of it at one time.
TEST(StarvationTest, ASpinThatWantsTwoThingsAtOnce) {
  const auto judge = [](bool overlap) {
    Program program =
        WaitingFor(Spin({{kX, kRlx, 1}, {kY, kRlx, 1}}),
                   {Store(kX, 1, kRlx), Store(kX, 0, kRlx), Store(kY, 1, kRlx), Store(kY, 0, kRlx)}, true);
    if (overlap) std::swap(program.threads[1][1], program.threads[1][2]);
    return Judge(program);
  };
  EXPECT_EQ(judge(false), Starving::kAlways);
  EXPECT_EQ(judge(true), Starving::kUnderWeakFairness);
}

// while (true) { [doorway] if (x.cas_weak(0, 0)) [admit]; }
TEST(StarvationTest, AWeakCompareExchangeDoesNotAlwaysFail) {
  Program program = {{Location{"x"}},
                     {{Load(kX, kRlx), Tag(notes::kDoorway, 0), Cas(kX, 0, 0, kRlx, kRlx, true), SkipIfDone(2, 1),
                       SkipIf(2, {Condition::kAtLeast, 0}, 1), Tag(notes::kAdmit, 0)}}};
  program.endless = {true};
  EXPECT_EQ(Judge(program), Starving::kNever);
  program.locations[0].initial = 1;  // it fails for good reason
  EXPECT_EQ(Judge(program), Starving::kAlways);
  // The other thread makes it fail again and again, but then it matches too: somebody else's luck is no excuse.
  program.locations[0].initial = 0;
  program.threads.push_back({Store(kX, 1, kRlx), Store(kX, 0, kRlx)});
  program.endless.push_back(true);
  EXPECT_EQ(Judge(program), Starving::kAlways);  // it is never tried while x is 0
}

// A buffer that never drained would starve the other.
TEST(StarvationTest, BuffersDrain) {
  const Program program = WaitingFor(Await(kX, kIsOne, kRlx), {Store(kX, 1, kRlx), Await(kY, kIsOne, kRlx)}, false);
  EXPECT_EQ(Judge(program, MemoryModel::kTso), Starving::kNever);
  // One that has always something in it lets go of the stores in turn.
  EXPECT_EQ(Judge(WaitingFor(Await(kX, kIsOne, kRlx), {Store(kX, 1, kRlx), Fence(kSc)}, true), MemoryModel::kTso),
            Starving::kNever);
}

}  // namespace
}  // namespace doorway::reference

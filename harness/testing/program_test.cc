#include "harness/testing/program.h"

#include <gtest/gtest.h>

#include "harness/testing/shorthand.h"

namespace doorway::reference {
namespace {

TEST(ProgramTest, PrintsALineAThread) {
  Program program;
  program.locations = {Location{"x"}, Location{"y", 1, 1, false}, Location{"d", 0, 8, true}};
  program.threads = {
      {Store(kX, 1, Order::kRelaxed), Load(kY, Order::kAcquire), Store(2, Operand::Register(1, 2), Order::kPlain)},
      {FetchAdd(kX, 1, Order::kRelease), Exchange(kX, Operand::Register(0), Order::kAcqRel),
       Cas(kX, 0, 1, Order::kSeqCst, Order::kRelaxed), Cas(kX, 0, 1, Order::kSeqCst, Order::kRelaxed, true),
       Fence(Order::kSeqCst), Choose(3)},
      {Await(kX, {Condition::kNotEqual, 0}, Order::kAcquire),
       AwaitUpdate(kX, {Condition::kAtLeast, 2}, true, 0, Order::kRelaxed),
       Spin({{kX, Order::kAcquire, 1}, {kY, Order::kRelaxed, 0}}), Spin({{kX, Order::kAcquire, 1}}, false),
       SpinCas({{kX, Order::kAcqRel, 0}}, 1, Order::kRelaxed, true)},
  };
  EXPECT_EQ(ToString(program),
            "x = 0, y = 1 (1 byte), d = 0 (plain)\n"
            "T0: x.store(1, rlx); r1 = y.load(acq); d.store(r1 + 2, plain)\n"
            "T1: r0 = x.fetch_add(1, rel); r1 = x.exchange(r0, ar); r2 = x.cas(0, 1, sc, rlx); "
            "r3 = x.cas_weak(0, 1, sc, rlx); fence(sc); r5 = choose(3)\n"
            "T2: r0 = x.await(!= 0, acq); r1 = x.await_update(>= 2, becomes 0, rlx); "
            "r2 = spin(until x.load(acq) == 1 && y.load(rlx) == 0); r3 = spin(until x.load(acq) == 1); "
            "r4 = spin(until x.cas_weak(0, 1, ar, rlx))\n");
}

TEST(ProgramTest, DoesNotPrintWhatIsTakenOut) {
  Program program;
  program.locations = {Location{"x"}};
  program.threads = {{Load(kX, Order::kRelaxed), SkipIf(0, {Condition::kEqual, 1}, 2), Instruction{},
                      Store(kX, 1, Order::kRelaxed), Cas(kX, 0, 1, Order::kRelaxed, Order::kRelaxed), SkipIfDone(4, 1),
                      Check(0, {Condition::kEqual, 0})}};
  EXPECT_EQ(ToString(program),
            "x = 0\n"
            "T0: r0 = x.load(rlx); if (r0 == 1) skip 1; x.store(1, rlx); r4 = x.cas(0, 1, rlx, rlx); "
            "if (r4 done) skip 1; check(r0 == 0)\n");
  EXPECT_EQ(Size(program), 6);
}

TEST(ProgramTest, PrintsEndlessThreadsAndNotes) {
  Program program;
  program.locations = {Location{"x"}};
  program.threads = {{Load(kX, Order::kRelaxed), Tag(notes::kDoorway, 0)},
                     {Store(kX, 1, Order::kRelaxed), Note(notes::kEnter, 1)}};
  program.endless = {true};
  EXPECT_EQ(ToString(program),
            "x = 0\n"
            "T0 for ever: r0 = x.load(rlx); tag(doorway, T0)\n"
            "T1: x.store(1, rlx); note(enter, T1)\n");
  EXPECT_TRUE(program.IsEndless(0));
  EXPECT_FALSE(program.IsEndless(1));
  EXPECT_FALSE(program.CanEnd());
}

TEST(ProgramTest, EndlessThreadsMustOperate) {
  Program program;
  program.locations = {Location{"x"}};
  program.threads = {{Instruction{}, Load(kX, Order::kRelaxed)}, {Note(notes::kEnter, 1)}};
  EXPECT_TRUE(IsWellFormed(program));
  program.endless = {true, false};
  EXPECT_TRUE(IsWellFormed(program));
  program.endless = {false, true};
  EXPECT_FALSE(IsWellFormed(program));
}

}  // namespace
}  // namespace doorway::reference

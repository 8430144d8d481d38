#include "harness/testing/thread_stepper.h"

#include <gtest/gtest.h>

#include "harness/testing/shorthand.h"

namespace doorway::reference {
namespace {

Program OneThread(std::vector<Instruction> code, int width = 8) {
  Program program;
  program.locations = {Location{"x", 0, width}, Location{"y", 0, width}};
  program.threads = {std::move(code)};
  return program;
}

TEST(ThreadStepperTest, CasFailsWithItsFailureOrder) {
  const Program program = OneThread({Cas(kX, 1, 2, Order::kAcqRel, Order::kAcquire)});
  const ThreadStepper thread(program, 0);
  const std::vector<Effect> success = thread.Effects(1);
  ASSERT_EQ(success.size(), 1u);
  EXPECT_EQ(success[0].kind, EventKind::kUpdate);
  EXPECT_EQ(success[0].order, Order::kAcqRel);
  EXPECT_EQ(success[0].written, 2u);
  const std::vector<Effect> failure = thread.Effects(0);
  ASSERT_EQ(failure.size(), 1u);
  EXPECT_EQ(failure[0].kind, EventKind::kRead);
  EXPECT_EQ(failure[0].order, Order::kAcquire);
  EXPECT_FALSE(failure[0].spurious);
}

TEST(ThreadStepperTest, WeakCasMayFailThoughItNeedNot) {
  const Program program = OneThread({Cas(kX, 1, 2, Order::kAcqRel, kRlx, true)});
  const std::vector<Effect> effects = ThreadStepper(program, 0).Effects(1);
  ASSERT_EQ(effects.size(), 2u);
  EXPECT_EQ(effects[0].kind, EventKind::kUpdate);
  EXPECT_EQ(effects[1].kind, EventKind::kRead);
  EXPECT_EQ(effects[1].order, kRlx);
  EXPECT_TRUE(effects[1].spurious);
}

TEST(ThreadStepperTest, TruncatesToTheWidth) {
  const Program program = OneThread({FetchAdd(kX, 1, kRlx), Store(kY, Operand::Register(0, 2), kRlx)}, 1);
  ThreadStepper thread(program, 0);
  const Effect add = thread.Effects(255).at(0);
  EXPECT_EQ(add.written, 0u);
  thread.Apply(add);
  EXPECT_EQ(thread.Effects(0).at(0).written, 1u);
}

TEST(ThreadStepperTest, ChoosesAll) {
  const Program program = OneThread({Choose(3)});
  EXPECT_EQ(ThreadStepper(program, 0).Effects(0).size(), 3u);
}

TEST(ThreadStepperTest, BranchesOnValues) {
  const Program program = OneThread({Load(kX, kRlx), SkipIf(0, {Condition::kEqual, 1}, 1), Store(kX, 7, kRlx)});
  for (const Value value : {0u, 1u}) {
    ThreadStepper thread(program, 0);
    thread.Apply(thread.Effects(value).at(0));
    EXPECT_EQ(thread.finished(), value == 1);
  }
}

TEST(ThreadStepperTest, FailsAtACheck) {
  const Program program = OneThread({Load(kX, kRlx), Check(0, {Condition::kEqual, 1}), Store(kX, 7, kRlx)});
  ThreadStepper thread(program, 0);
  thread.Apply(thread.Effects(0).at(0));
  EXPECT_TRUE(thread.failed());
  EXPECT_TRUE(thread.finished());
}

TEST(ThreadStepperTest, AwaitBlocks) {
  const Program program = OneThread({AwaitUpdate(kX, {Condition::kAtLeast, 2}, false, 5, kRlx)});
  const ThreadStepper thread(program, 0);
  EXPECT_TRUE(thread.can_block());
  EXPECT_TRUE(thread.Effects(1).empty());
  EXPECT_EQ(thread.Effects(2).at(0).written, 7u);
}

TEST(ThreadStepperTest, EagerIterationEndsAtTheFirstDisappointment) {
  const Program program = OneThread({Spin({{kX, kRlx, 1}, {kY, kRlx, 1}})});
  ThreadStepper thread(program, 0);
  EXPECT_TRUE(thread.Effects(0).empty());
  thread.Apply(thread.Effects(1).at(0));
  EXPECT_EQ(thread.reads_in_iteration(), 1);
  EXPECT_EQ(thread.location(), kY);
  EXPECT_TRUE(thread.Effects(0).empty());
  thread.Apply(thread.Effects(1).at(0));
  EXPECT_TRUE(thread.finished());
}

TEST(ThreadStepperTest, OtherIterationsReadAll) {
  const Program program = OneThread({Spin({{kX, kRlx, 1}, {kY, kRlx, 1}}, false)});
  ThreadStepper thread(program, 0);
  thread.Apply(thread.Effects(0).at(0));
  EXPECT_TRUE(thread.Effects(0).empty());
  EXPECT_TRUE(thread.Effects(1).empty());  // too late
}

// A spurious failure only ends an iteration, and leaves no trace; but the thread is not stuck.
TEST(ThreadStepperTest, SpuriousFailureInASpinLeavesNoTrace) {
  const Program program = OneThread({SpinCas({{kX, kRlx, 0}}, 1, kRlx, true)});
  const ThreadStepper thread(program, 0);
  ASSERT_EQ(thread.Effects(0).size(), 1u);
  EXPECT_EQ(thread.Effects(0)[0].kind, EventKind::kUpdate);
  EXPECT_TRUE(thread.Effects(1).empty());
}

}  // namespace
}  // namespace doorway::reference

#include "properties/linearizable.h"

#include <gtest/gtest.h>

#include <atomic>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/sync/model_sync.h"
#include "properties/mm/execution_builder.h"
#include "properties/operation_notes.h"
#include "properties/sequential/mutex.h"
#include "properties/sequential/register.h"
#include "properties/sequential/sequence.h"

// Executions made by hand, and small programs. linearizable_cross_check_test.cc has the rest.

namespace doorway {
namespace {

using linearize::Datum;
using Builder = mm::ExecutionBuilder;

class Calls {
 public:
  Calls(int threads, int locations, Builder::OrderIs order = Builder::OrderIs::kCoherent)
      : builder_(threads, locations, order) {}

  Calls& Invoke(int thread, int function, std::initializer_list<Datum> arguments = {}) {
    builder_.Note(thread, notes::kInvoke, thread, PackNote(function, arguments));
    return *this;
  }
  Calls& Respond(int thread, std::initializer_list<Datum> result = {}) {
    builder_.Note(thread, notes::kResponse, thread, PackNote(0, result));
    return *this;
  }
  Calls& Step(int thread, int location) {
    builder_.Update(thread, location);
    return *this;
  }
  // A whole call with one step.
  Calls& Call(int thread, int location, int function, std::initializer_list<Datum> arguments,
              std::initializer_list<Datum> result = {}) {
    return Invoke(thread, function, arguments).Step(thread, location).Respond(thread, result);
  }
  Execution Build() { return builder_.Build(); }

 private:
  Builder builder_;
};

Datum N(int number) { return Datum::Number(number); }

template <class S>
std::string Judge(const S& object, const Execution& execution, MemoryModel memory = MemoryModel::kSc) {
  Linearizable<S> claim(object);
  claim.ExploredUnder(memory);
  const std::optional<Finding> finding = claim.Check(execution);
  return finding ? finding->claim + ": " + finding->sentence : "";
}

const Register kZero(N(0));

TEST(LinearizableTest, ACompletedWriteIsNotExcusedByTheInterleavingInWhichTheReadOverlaps) {
  // Nothing orders the two.
  const Execution execution =
      Calls(2, 2).Call(0, 0, Register::kWrite, {N(1)}).Call(1, 1, Register::kRead, {}, {N(0)}).Build();
  EXPECT_EQ(
      Judge(kZero, execution),
      "linearizable: no sequence of the operations explains thread 1's read() = 0: when it must have taken effect "
      "the register holds 1, after T0 write(1)");
  // By happens-before the read may come first.
  EXPECT_EQ(Judge(kZero, execution, MemoryModel::kRc11), "");

  // Here the read comes first in every interleaving.
  const Execution before =
      Calls(2, 1).Call(1, 0, Register::kRead, {}, {N(0)}).Call(0, 0, Register::kWrite, {N(1)}).Build();
  EXPECT_EQ(Judge(kZero, before), "");
  // And here the write comes first, by happens-before too: its client tells the reader's so.
  const Execution after = Calls(2, 2)
                              .Call(0, 0, Register::kWrite, {N(1)})
                              .Step(0, 1)
                              .Step(1, 1)
                              .Call(1, 0, Register::kRead, {}, {N(0)})
                              .Build();
  EXPECT_EQ(Judge(kZero, after, MemoryModel::kRc11),
            "hb_linearizable: no sequence of the operations explains thread 1's read() = 0: when it must have taken "
            "effect the register holds 1, after T0 write(1)");
  // What an operation of the object itself tells another one does not order the calls.
  const Execution inside =
      Calls(2, 1).Call(0, 0, Register::kWrite, {N(1)}).Call(1, 0, Register::kRead, {}, {N(0)}).Build();
  EXPECT_EQ(Judge(kZero, inside, MemoryModel::kRc11), "");
}

TEST(LinearizableTest, OverlapMakesTheOldValueFine) {
  // The read begins before the write ends, in every interleaving: its first step is before the write's last.
  const Execution execution = Calls(2, 3)
                                  .Invoke(1, Register::kRead)
                                  .Step(1, 0)
                                  .Invoke(0, Register::kWrite, {N(1)})
                                  .Step(0, 0)
                                  .Respond(0)
                                  .Step(1, 1)
                                  .Respond(1, {N(0)})
                                  .Build();
  EXPECT_EQ(Judge(kZero, execution), "");
}

TEST(LinearizableTest, AnOperationWithoutStepsMayBeAnywhereBetween) {
  const Execution execution =
      Calls(2, 2).Call(0, 0, Register::kWrite, {N(1)}).Step(1, 1).Invoke(1, Register::kRead).Respond(1, {N(0)}).Build();
  EXPECT_NE(Judge(kZero, execution), "");
}

TEST(LinearizableTest, AQueueThatLosesOrder) {
  const Calls calls = Calls(2, 1)
                          .Call(0, 0, Queue::kEnqueue, {N(1)})
                          .Call(0, 0, Queue::kEnqueue, {N(2)})
                          .Call(1, 0, Queue::kDequeue, {}, {N(2)});
  const Execution execution = Calls(calls).Build();
  // Shown at the earliest: the second enqueue need not have responded.
  EXPECT_EQ(Judge(Queue(), execution),
            "linearizable: no sequence of the operations explains thread 1's dequeue() = 2: when it must have taken "
            "effect the queue holds [1] or [1 2], after T0 enqueue(1)");
  EXPECT_EQ(Judge(Queue(), execution, MemoryModel::kRc11),
            "hb_linearizable: no sequence of the operations explains thread 1's dequeue() = 2: when it must have taken "
            "effect the queue holds [1 2], after T0 enqueue(1), T0 enqueue(2)");
  EXPECT_EQ(Judge(Stack(), execution), "");  // it would be a stack

  Linearizable<Queue> claim;
  const std::optional<Finding> finding = claim.Check(execution);
  ASSERT_TRUE(finding);
  ASSERT_EQ(finding->points.size(), 3U);
  EXPECT_EQ(finding->points[0].what, "response of enqueue(1)");
  EXPECT_EQ(finding->points[1].what, "invoke of dequeue() = 2");
  EXPECT_EQ(finding->points[2].what, "response of dequeue() = 2");
}

TEST(LinearizableTest, WhatHasNotRespondedMayHaveTakenEffectOrNot) {
  for (const int value : {0, 1, 2}) {
    const Execution execution =
        Calls(2, 1).Invoke(0, Register::kWrite, {N(1)}).Step(0, 0).Call(1, 0, Register::kRead, {}, {N(value)}).Build();
    EXPECT_EQ(Judge(kZero, execution) == "", value < 2) << value;
    EXPECT_EQ(Judge(kZero, execution, MemoryModel::kRc11) == "", value < 2) << value;
  }
}

TEST(LinearizableTest, SomeObjectsAskWhoCalls) {
  const Execution other = Calls(2, 1).Call(0, 0, Mutex::kLock, {}).Call(1, 0, Mutex::kUnlock, {}).Build();
  EXPECT_NE(Judge(Mutex(), other), "");
  const Execution own = Calls(2, 1).Call(0, 0, Mutex::kLock, {}).Call(0, 0, Mutex::kUnlock, {}).Build();
  EXPECT_EQ(Judge(Mutex(), own), "");
}

TEST(LinearizableTest, WithoutOperationsItIsNotPutToTheTest) {
  Linearizable<Queue> claim;
  EXPECT_FALSE(claim.Check(Calls(2, 1).Step(0, 0).Step(1, 0).Build()));
  EXPECT_FALSE(claim.Check(Calls(2, 1).Invoke(0, Queue::kTake).Step(0, 0).Build()));
  EXPECT_EQ(claim.antecedents(), 0U);
  EXPECT_FALSE(claim.Check(Calls(2, 1).Call(0, 0, Queue::kEnqueue, {N(1)}).Build()));
  EXPECT_EQ(claim.antecedents(), 1U);
}

TEST(LinearizableTest, NotesThatDoNotPairAreErrors) {
  Linearizable<Queue> claim;
  EXPECT_THROW(claim.Check(Calls(1, 1).Respond(0).Build()), std::invalid_argument);
  EXPECT_THROW(claim.Check(Calls(1, 1).Invoke(0, Queue::kTake).Invoke(0, Queue::kTake).Build()), std::invalid_argument);
  EXPECT_THROW(claim.Check(Calls(1, 1).Invoke(0, 77).Build()), std::invalid_argument);
}

// A register of one relaxed word. T1 tells T2 that it has read the new value; T2 reads, all the same, the old one.
template <bool kSynchronises>
class StaleRead {
 public:
  using Sync = ModelSync;
  using Notes = OperationNotes<Sync, Register>;

  explicit StaleRead(int /*config*/) {}
  void thread(int me) {
    if (me == 0) {
      Notes::invoke(Register::kWrite, {N(1)});
      word_.store(1, kSynchronises ? std::memory_order_release : std::memory_order_relaxed);
      Notes::respond();
    } else if (me == 1) {
      if (Read() == 1) told_.store(1, kSynchronises ? std::memory_order_release : std::memory_order_relaxed);
    } else if (told_.load(kSynchronises ? std::memory_order_acquire : std::memory_order_relaxed) == 1) {
      Sync::check(Read() == 1, "a read has returned the new value before");
    }
  }

 private:
  int Read() {
    Notes::invoke(Register::kRead);
    const int value = word_.load(kSynchronises ? std::memory_order_acquire : std::memory_order_relaxed);
    Notes::respond(N(value));
    return value;
  }
  Sync::Atomic<int> word_{0, "word"};
  Sync::Atomic<int> told_{0, "told"};
};

template <bool kSynchronises>
Report Explored(MemoryModel memory) {
  ModelSubject<StaleRead<kSynchronises>, int> subject(0, 3);
  Linearizable<Register> claim(kZero);
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  return Explore(subject, {&claim}, options);
}

TEST(LinearizableTest, HappensBeforeExcusesAStaleRead) {
  const Report relaxed = Explored<false>(MemoryModel::kRc11);
  EXPECT_EQ(relaxed.Find("linearizable"), nullptr);
  ASSERT_NE(relaxed.Find("hb_linearizable"), nullptr);
  EXPECT_EQ(relaxed.Find("hb_linearizable")->verdict, Verdict::kVerified);
  EXPECT_EQ(relaxed.Find(kNoFailedCheck)->verdict, Verdict::kViolated);  // there is such a read

  EXPECT_EQ(Explored<true>(MemoryModel::kRc11).verdict, Verdict::kVerified);
  EXPECT_EQ(Explored<false>(MemoryModel::kSc).verdict, Verdict::kVerified);
  // In the time of TSO, the write has responded when it is in the store buffer.
  const Report tso = Explored<false>(MemoryModel::kTso);
  EXPECT_EQ(tso.Find(kNoFailedCheck)->verdict, Verdict::kVerified);
  ASSERT_NE(tso.Find("linearizable"), nullptr);
  EXPECT_EQ(tso.Find("linearizable")->verdict, Verdict::kViolated);
}

TEST(OperationNotesTest, WhatIsPackedComesOut) {
  const Datum data[] = {Datum(), Datum::Truth(true), Datum::Truth(false), N(0), N(-1), N(32767), N(-32768)};
  for (const Datum& a : data) {
    EXPECT_TRUE(FitsIntoNote(a));
    EXPECT_EQ(UnpackResult(PackNote(0, {a})), a);
    for (const Datum& b : data) {
      const linearize::Call call = UnpackCall(PackNote(200, {a, N(5), b}));
      EXPECT_EQ(call, linearize::Call::Of(200, {a, N(5), b}));
    }
  }
  EXPECT_FALSE(FitsIntoNote(N(32768)));
  EXPECT_FALSE(FitsIntoNote(Datum::Text("x")));
  EXPECT_EQ(UnpackResult(PackNote(0, {})), std::nullopt);
  EXPECT_EQ(ShowInvocation(PackNote(Queue::kEnqueue, {N(3)}), Queue::kFunctions), "enqueue(3)");
  EXPECT_EQ(ShowResponse(PackNote(0, {Datum()})), "nil");
}

}  // namespace
}  // namespace doorway

#include <absl/hash/hash.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "harness/linearize/call.h"
#include "harness/linearize/specification.h"
#include "properties/sequential/counter.h"
#include "properties/sequential/key_value.h"
#include "properties/sequential/mutex.h"
#include "properties/sequential/range_map.h"
#include "properties/sequential/ref_count.h"
#include "properties/sequential/register.h"
#include "properties/sequential/rw_lock.h"
#include "properties/sequential/semaphore.h"
#include "properties/sequential/sequence.h"
#include "properties/sequential/two_group_semaphore.h"
#include "properties/sequential/value_set.h"

// What each specification allows, step by step.

namespace doorway {
namespace {

using linearize::Call;
using linearize::Datum;

Datum N(std::int64_t number) { return Datum::Number(number); }
Datum T(std::string_view text) { return Datum::Text(text); }
const Datum kTrue = Datum::Truth(true), kFalse = Datum::Truth(false), kNil{};

// An object that is used by one caller at a time.
template <linearize::Specification S>
class Used {
 public:
  explicit Used(S specification = S()) : specification_(specification), state_(specification_.Initial()) {}

  // Whether the call can happen, with its result; then it has.
  bool Does(const Call& call) {
    const auto next = specification_.Step(state_, call);
    if (!next) return false;
    state_ = *next;
    return true;
  }
  std::string state() const { return specification_.Show(state_); }

 private:
  S specification_;
  typename S::State state_;
};

TEST(RegisterTest, HoldsWhatWasWrittenLast) {
  Used<Register> x(Register(N(0)));
  EXPECT_FALSE(x.Does(Call::Of(Register::kRead).Returning(N(1))));
  EXPECT_TRUE(x.Does(Call::Of(Register::kRead).Returning(N(0))));
  EXPECT_TRUE(x.Does(Call::Of(Register::kWrite, {T("a")})));
  EXPECT_TRUE(x.Does(Call::Of(Register::kRead).Returning(T("a"))));
  EXPECT_FALSE(x.Does(Call::Of(Register::kRead).Returning(N(0))));
  EXPECT_EQ(x.state(), "\"a\"");
}

TEST(CasRegisterTest, ComparesBeforeItWrites) {
  Used<CasRegister> x;
  EXPECT_FALSE(x.Does(Call::Of(CasRegister::kCas, {N(1), N(2)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(CasRegister::kCas, {N(1), N(2)}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(CasRegister::kCas, {kNil, N(2)}).Returning(kTrue)));
  EXPECT_FALSE(x.Does(Call::Of(CasRegister::kCas, {N(2), N(3)}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(CasRegister::kCas, {N(2), N(3)})));
  EXPECT_EQ(x.state(), "3");
  EXPECT_TRUE(CasRegister().ReadOnly(Call::Of(CasRegister::kCas, {N(3), N(3)})));
  EXPECT_FALSE(CasRegister().ReadOnly(Call::Of(CasRegister::kCas, {N(2), N(3)})));
}

TEST(CounterTest, Counts) {
  Used<Counter> x(Counter(5));
  EXPECT_TRUE(x.Does(Call::Of(Counter::kIncrement)));
  EXPECT_TRUE(x.Does(Call::Of(Counter::kDecrement)));
  EXPECT_TRUE(x.Does(Call::Of(Counter::kAdd, {N(-7)})));
  EXPECT_TRUE(x.Does(Call::Of(Counter::kRead).Returning(N(-2))));
  EXPECT_FALSE(x.Does(Call::Of(Counter::kFetchAdd, {N(3)}).Returning(N(1))));
  EXPECT_TRUE(x.Does(Call::Of(Counter::kFetchAdd, {N(3)}).Returning(N(-2))));
  EXPECT_EQ(x.state(), "1");
  Used<Counter> most{Counter{std::numeric_limits<std::int64_t>::max()}};
  EXPECT_TRUE(most.Does(Call::Of(Counter::kIncrement)));
  EXPECT_EQ(most.state(), "-9223372036854775808");
}

TEST(MutexTest, HasAnOwner) {
  Used<TryLock> x;
  EXPECT_FALSE(x.Does(Call::Of(TryLock::kUnlock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(TryLock::kLock).By(1)));
  EXPECT_FALSE(x.Does(Call::Of(TryLock::kLock).By(2)));
  EXPECT_FALSE(x.Does(Call::Of(TryLock::kLock).By(1)));
  EXPECT_FALSE(x.Does(Call::Of(TryLock::kUnlock).By(2)));
  EXPECT_FALSE(x.Does(Call::Of(TryLock::kTryLock).By(2).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(TryLock::kTryLock).By(2).Returning(kFalse)));
  EXPECT_EQ(x.state(), "held by #1");
  EXPECT_TRUE(x.Does(Call::Of(TryLock::kUnlock).By(1)));
  EXPECT_FALSE(x.Does(Call::Of(TryLock::kTryLock).By(2).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(TryLock::kTryLock).By(2).Returning(kTrue)));
  EXPECT_EQ(x.state(), "held by #2");
  Used<Mutex> y;
  EXPECT_TRUE(y.Does(Call::Of(Mutex::kLock).By(3)));
  EXPECT_FALSE(y.Does(Call::Of(Mutex::kLock).By(4)));
  EXPECT_TRUE(y.Does(Call::Of(Mutex::kUnlock).By(3)));
  EXPECT_EQ(y.state(), "free");
}

TEST(RwLockTest, ReadersOrAWriter) {
  Used<RwLock> x;
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadLock).By(2)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadLock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kTryReadLock).By(1).Returning(kTrue)));
  EXPECT_EQ(x.state(), "read by #1 x 2 #2");
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kWriteLock).By(3)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kTryWriteLock).By(3).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kTryWriteLock).By(3).Returning(kFalse)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kReadUnlock).By(3)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kWriteUnlock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadUnlock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadUnlock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadUnlock).By(2)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kTryWriteLock).By(3).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kWriteLock).By(3)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kReadLock).By(3)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kTryReadLock).By(1).Returning(kTrue)));
  EXPECT_EQ(x.state(), "written by #3");
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kWriteUnlock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kWriteUnlock).By(3)));
  EXPECT_EQ(x.state(), "free");
}

TEST(RwLockTest, UpgradeAndDowngrade) {
  Used<RwLock> x;
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kUpgrade).By(1)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kTryUpgrade).By(1).Returning(kFalse))) << "it does not read";
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadLock).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadLock).By(2)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kUpgrade).By(1)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kTryUpgrade).By(1).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kTryUpgrade).By(1).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadUnlock).By(2)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kTryUpgrade).By(1).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kUpgrade).By(1)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kReadLock).By(2)));
  EXPECT_FALSE(x.Does(Call::Of(RwLock::kDowngrade).By(2)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kDowngrade).By(1)));
  EXPECT_TRUE(x.Does(Call::Of(RwLock::kReadLock).By(2)));
  EXPECT_EQ(x.state(), "read by #1 #2");
}

TEST(SemaphoreTest, WaitsAtZero) {
  Used<Semaphore> x(Semaphore(1));
  EXPECT_FALSE(x.Does(Call::Of(Semaphore::kTryAcquire).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(Semaphore::kAcquire)));
  EXPECT_FALSE(x.Does(Call::Of(Semaphore::kAcquire)));
  EXPECT_TRUE(x.Does(Call::Of(Semaphore::kTryAcquire).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(Semaphore::kRelease)));
  EXPECT_TRUE(x.Does(Call::Of(Semaphore::kRelease)));
  EXPECT_TRUE(x.Does(Call::Of(Semaphore::kTryAcquire).Returning(kTrue)));
  EXPECT_EQ(x.state(), "1 left");
}

TEST(TwoGroupSemaphoreTest, NeverTwoGroups) {
  Used<TwoGroupSemaphore> x(TwoGroupSemaphore(2));
  EXPECT_FALSE(x.Does(Call::Of(TwoGroupSemaphore::kLeave, {N(0)})));
  EXPECT_TRUE(x.Does(Call::Of(TwoGroupSemaphore::kEnter, {N(0)})));
  EXPECT_TRUE(x.Does(Call::Of(TwoGroupSemaphore::kTryEnter, {N(0)}).Returning(kTrue)));
  EXPECT_FALSE(x.Does(Call::Of(TwoGroupSemaphore::kEnter, {N(0)}))) << "the limit";
  EXPECT_FALSE(x.Does(Call::Of(TwoGroupSemaphore::kEnter, {N(1)})));
  EXPECT_TRUE(x.Does(Call::Of(TwoGroupSemaphore::kTryEnter, {N(1)}).Returning(kFalse)));
  EXPECT_FALSE(x.Does(Call::Of(TwoGroupSemaphore::kLeave, {N(1)})));
  EXPECT_EQ(x.state(), "2 of group 0 inside");
  EXPECT_TRUE(x.Does(Call::Of(TwoGroupSemaphore::kLeave, {N(0)})));
  EXPECT_TRUE(x.Does(Call::Of(TwoGroupSemaphore::kLeave, {N(0)})));
  EXPECT_TRUE(x.Does(Call::Of(TwoGroupSemaphore::kEnter, {N(1)})));
  EXPECT_EQ(x.state(), "1 of group 1 inside");
}

TEST(RefCountTest, ZeroIsForEver) {
  Used<RefCount> x(RefCount(1, 2));
  EXPECT_TRUE(x.Does(Call::Of(RefCount::kGet)));
  EXPECT_FALSE(x.Does(Call::Of(RefCount::kGet))) << "the limit";
  EXPECT_TRUE(x.Does(Call::Of(RefCount::kGetUnlessZero).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RefCount::kRead).Returning(N(2))));
  EXPECT_FALSE(x.Does(Call::Of(RefCount::kPut).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(RefCount::kPut).Returning(kFalse)));
  EXPECT_FALSE(x.Does(Call::Of(RefCount::kGetUnlessZero).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RefCount::kPut).Returning(kTrue)));
  EXPECT_FALSE(x.Does(Call::Of(RefCount::kPut)));
  EXPECT_FALSE(x.Does(Call::Of(RefCount::kGet)));
  EXPECT_FALSE(x.Does(Call::Of(RefCount::kGetUnlessZero).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(RefCount::kGetUnlessZero).Returning(kFalse)));
  EXPECT_EQ(x.state(), "0");
}

TEST(QueueTest, FirstInFirstOut) {
  Used<Queue> x(Queue(2));
  EXPECT_TRUE(x.Does(Call::Of(Queue::kDequeue).Returning(kNil)));
  EXPECT_FALSE(x.Does(Call::Of(Queue::kTake)));
  EXPECT_TRUE(x.Does(Call::Of(Queue::kEnqueue, {N(1)})));
  EXPECT_TRUE(x.Does(Call::Of(Queue::kTryEnqueue, {N(2)}).Returning(kTrue)));
  EXPECT_FALSE(x.Does(Call::Of(Queue::kEnqueue, {N(3)}))) << "the limit";
  EXPECT_TRUE(x.Does(Call::Of(Queue::kTryEnqueue, {N(3)}).Returning(kFalse)));
  EXPECT_FALSE(x.Does(Call::Of(Queue::kPeek).Returning(N(2))));
  EXPECT_TRUE(x.Does(Call::Of(Queue::kPeek).Returning(N(1))));
  EXPECT_FALSE(x.Does(Call::Of(Queue::kDequeue).Returning(N(2))));
  EXPECT_FALSE(x.Does(Call::Of(Queue::kDequeue).Returning(kNil)));
  EXPECT_EQ(x.state(), "[1 2]");
  EXPECT_TRUE(x.Does(Call::Of(Queue::kDequeue).Returning(N(1))));
  EXPECT_TRUE(x.Does(Call::Of(Queue::kTake).Returning(N(2))));
  EXPECT_EQ(x.state(), "[]");
}

TEST(StackTest, LastInFirstOut) {
  Used<Stack> x(Stack(2));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kPush, {N(1)})));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kTryPush, {N(2)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kTryPush, {N(3)}).Returning(kFalse)));
  EXPECT_FALSE(x.Does(Call::Of(Stack::kPop).Returning(N(1))));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kTop).Returning(N(2))));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kPop).Returning(N(2))));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kTake).Returning(N(1))));
  EXPECT_FALSE(x.Does(Call::Of(Stack::kTake)));
  EXPECT_TRUE(x.Does(Call::Of(Stack::kPop).Returning(kNil)));
}

TEST(DequeTest, TwoEnds) {
  Used<Deque> x(Deque(3));
  EXPECT_TRUE(x.Does(Call::Of(Deque::kPopBack).Returning(kNil)));
  EXPECT_TRUE(x.Does(Call::Of(Deque::kPushBack, {N(2)})));
  EXPECT_TRUE(x.Does(Call::Of(Deque::kPushBack, {N(3)})));
  EXPECT_TRUE(x.Does(Call::Of(Deque::kPushFront, {N(1)})));
  EXPECT_FALSE(x.Does(Call::Of(Deque::kPushFront, {N(0)}))) << "the limit";
  EXPECT_EQ(x.state(), "[1 2 3]");
  EXPECT_FALSE(x.Does(Call::Of(Deque::kPopBack).Returning(N(1))));
  EXPECT_TRUE(x.Does(Call::Of(Deque::kPopBack).Returning(N(3))));
  EXPECT_TRUE(x.Does(Call::Of(Deque::kPopFront).Returning(N(1))));
}

TEST(ValueSetTest, EachValueOnce) {
  Used<ValueSet> x;
  EXPECT_TRUE(x.Does(Call::Of(ValueSet::kAdd, {N(2)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(ValueSet::kAdd, {N(1)})));
  EXPECT_FALSE(x.Does(Call::Of(ValueSet::kAdd, {N(1)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(ValueSet::kContains, {N(2)}).Returning(kTrue)));
  EXPECT_FALSE(x.Does(Call::Of(ValueSet::kContains, {N(3)}).Returning(kTrue)));
  EXPECT_EQ(x.state(), "{1 2}");
  EXPECT_TRUE(x.Does(Call::Of(ValueSet::kRemove, {N(2)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(ValueSet::kRemove, {N(2)}).Returning(kFalse)));
  EXPECT_EQ(x.state(), "{1}");
}

TEST(RangeMapTest, RangesDoNotOverlap) {
  Used<RangeMap> x;
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kInsert, {N(10), N(20)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kInsert, {N(19), N(21)}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kInsert, {N(20), N(30)}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kInsert, {N(5), N(5)}).Returning(kFalse))) << "nothing in it";
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kInsert, {N(50), N(40)}).Returning(kFalse)));
  EXPECT_EQ(x.state(), "{[10 20] [20 30]}");
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kLookup, {N(0), N(10)}).Returning(kNil)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kLookup, {N(0), N(11)}).Returning(Datum::List("[10 20]"))));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kLookup, {N(20), N(99)}).Returning(Datum::List("[20 30]"))));
  EXPECT_FALSE(x.Does(Call::Of(RangeMap::kLookup, {N(15), N(16)}).Returning(kNil)));
}

TEST(RangeMapTest, SplitAndErase) {
  Used<RangeMap> x;
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kInsert, {N(10), N(20)})));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kSplit, {N(10)}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kSplit, {N(20)}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kSplit, {N(15)}).Returning(kTrue)));
  EXPECT_EQ(x.state(), "{[10 15] [15 20]}");
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kErase, {N(12), N(17)}).Returning(kTrue)));
  EXPECT_EQ(x.state(), "{[10 12] [17 20]}");
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kErase, {N(18), N(19)}).Returning(kTrue)));
  EXPECT_EQ(x.state(), "{[10 12] [17 18] [19 20]}");
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kErase, {N(12), N(17)}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(RangeMap::kErase, {N(0), N(99)})));
  EXPECT_EQ(x.state(), "{}");
}

TEST(KeyValueTest, KeysApart) {
  Used<KeyValue> x;
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kGet, {T("k")}).Returning(kNil)));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kGet, {T("k")}).Returning(T(""))));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kAppend, {T("k"), T("a")})));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kAppend, {T("k"), T("b")})));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kGet, {T("k")}).Returning(T("ab"))));
  EXPECT_FALSE(x.Does(Call::Of(KeyValue::kGet, {T("j")}).Returning(T("ab"))));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kPut, {T("j"), N(1)})));
  EXPECT_FALSE(x.Does(Call::Of(KeyValue::kAppend, {T("j"), T("b")}))) << "1 is no text";
  EXPECT_EQ(x.state(), "{\"j\": 1, \"k\": \"ab\"}");
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kCas, {T("k"), T("ab"), T("c")}).Returning(kTrue)));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kCas, {T("k"), T("ab"), T("c")}).Returning(kFalse)));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kRemove, {T("k")})));
  EXPECT_TRUE(x.Does(Call::Of(KeyValue::kRemove, {T("k")})));
  EXPECT_EQ(x.state(), "{\"j\": 1}");
  Used<KeyValue> y(KeyValue(N(0)));
  EXPECT_FALSE(y.Does(Call::Of(KeyValue::kGet, {T("k")}).Returning(kNil)));
  EXPECT_TRUE(y.Does(Call::Of(KeyValue::kCas, {T("k"), N(0), N(1)}).Returning(kTrue)));
  EXPECT_EQ(y.state(), "{\"k\": 1}");
}

// A text that was put together and one that was given are the same value.
TEST(KeyValueTest, AppendedTextsAreTexts) {
  const KeyValue kv;
  const auto put = kv.Step(kv.Initial(), Call::Of(KeyValue::kPut, {T("k"), T("ab")}));
  auto appended = kv.Step(kv.Initial(), Call::Of(KeyValue::kAppend, {T("k"), T("a")}));
  appended = kv.Step(*appended, Call::Of(KeyValue::kAppend, {T("k"), T("b")}));
  EXPECT_EQ(*put, *appended);
  EXPECT_EQ(absl::Hash<KeyValue::State>{}(*put), absl::Hash<KeyValue::State>{}(*appended));
}

}  // namespace
}  // namespace doorway

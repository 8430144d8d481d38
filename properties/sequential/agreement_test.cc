#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "harness/linearize/check.h"
#include "harness/linearize/testing/brute_force.h"
#include "harness/linearize/testing/random_history.h"
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

// Every specification, on random histories: the checker says what the definition says, and its counterexamples are
// what they claim to be. And, on the states that turn up, what it says of itself is true.

namespace doorway {
namespace {

using linearize::Answer;
using linearize::Call;
using linearize::Datum;
using linearize::FunctionInfo;
using linearize::How;
using linearize::Interval;
using linearize::RandomHistory;
using linearize::RandomShape;
using linearize::Returns;

std::vector<Datum> Numbers(int n) {
  std::vector<Datum> numbers;
  for (int i = 0; i < n; ++i) numbers.push_back(Datum::Number(i));
  return numbers;
}

// A specification, and values to try it with.
template <class S>
struct Trial {
  S specification{};
  std::vector<Datum> arguments = Numbers(3);
  std::vector<Datum> results = Numbers(3);
};

template <>
struct Trial<CasRegister> {
  CasRegister specification{Datum::Number(0)};
  std::vector<Datum> arguments = Numbers(3), results = Numbers(3);
};
template <>
struct Trial<Counter> {
  Counter specification{};
  std::vector<Datum> arguments = Numbers(3), results = Numbers(6);
};
template <>
struct Trial<Semaphore> {
  Semaphore specification{2};
  std::vector<Datum> arguments, results = Numbers(1);
};
template <>
struct Trial<TwoGroupSemaphore> {
  TwoGroupSemaphore specification{2};
  std::vector<Datum> arguments = Numbers(2), results = Numbers(1);
};
template <>
struct Trial<RefCount> {
  RefCount specification{1, 3};
  std::vector<Datum> arguments, results = Numbers(4);
};
template <>
struct Trial<Queue> {
  Queue specification{2};
  std::vector<Datum> arguments = Numbers(3), results{Datum(), Datum::Number(0), Datum::Number(1), Datum::Number(2)};
};
template <>
struct Trial<Stack> {
  Stack specification{2};
  std::vector<Datum> arguments = Numbers(3), results{Datum(), Datum::Number(0), Datum::Number(1), Datum::Number(2)};
};
template <>
struct Trial<Deque> {
  Deque specification{};
  std::vector<Datum> arguments = Numbers(3), results{Datum(), Datum::Number(0), Datum::Number(1), Datum::Number(2)};
};
template <>
struct Trial<RangeMap> {
  RangeMap specification{};
  std::vector<Datum> arguments = Numbers(4);
  std::vector<Datum> results{Datum(),
                             Datum::List("[0 1]"),
                             Datum::List("[0 2]"),
                             Datum::List("[0 3]"),
                             Datum::List("[1 2]"),
                             Datum::List("[1 3]"),
                             Datum::List("[2 3]")};
};
template <>
struct Trial<KeyValue> {
  KeyValue specification{};
  std::vector<Datum> arguments{Datum::Text("a"), Datum::Text("b")};
  std::vector<Datum> results{Datum(),           Datum::Text("a"),  Datum::Text("b"), Datum::Text("ab"),
                             Datum::Text("ba"), Datum::Text("aa"), Datum::Text("bb")};
};

template <class S>
class AgreementTest : public ::testing::Test {
 protected:
  Call Draw(std::mt19937& random) const {
    const std::size_t function = random() % std::size(S::kFunctions);
    Call call = Call::Of(static_cast<int>(function));
    for (int i = 0; i < S::kFunctions[function].arguments; ++i) {
      call.arguments[call.argument_count++] = trial_.arguments[random() % trial_.arguments.size()];
    }
    return S::kAsksCaller ? call.By(1) : call;
  }
  RandomHistory Make(std::mt19937& random, const RandomShape& shape) const {
    return MakeRandomHistory(
        trial_.specification, std::span<const FunctionInfo>(S::kFunctions), shape, random,
        [this](std::mt19937& source) { return Draw(source); }, trial_.results);
  }
  bool Reference(const RandomHistory& history) const {
    return LinearizableByBruteForce(trial_.specification, std::span(history.calls), history.intervals);
  }
  linearize::Result Checked(const RandomHistory& history, How how = How::kBest) const {
    return Check(trial_.specification, std::span(history.calls), history.intervals, {}, how);
  }

  // The history as it was just before `end`, and with what responds then if `with` says so. What has not responded by
  // then is taken with what it will return.
  static RandomHistory UpTo(const RandomHistory& history, std::uint64_t end, bool with) {
    RandomHistory cut;
    for (std::size_t i = 0; i < history.calls.size(); ++i) {
      Interval interval = history.intervals[i];
      if (interval.invoke > end) continue;
      const Call& call = history.calls[i];
      if (!interval.pending() && (interval.response > end || (interval.response == end && !with))) {
        interval.response = Interval::kPending;
      }
      cut.calls.push_back(call);
      cut.intervals.push_back(interval);
    }
    return cut;
  }

  // The misfit is where linearizability ends, and the prefix is a sequence that the specification accepts.
  void ExpectTrue(const RandomHistory& history, const linearize::Counterexample& found, How how) const {
    const std::uint64_t end = history.intervals[found.misfit].response;
    if (how == How::kSearch || !linearize::Partitioned<S>) {
      EXPECT_TRUE(Reference(UpTo(history, end, false)));
      EXPECT_FALSE(Reference(UpTo(history, end, true)));
    }
    ASSERT_TRUE(found.prefix_known);
    auto state = trial_.specification.Initial();
    std::uint64_t latest_invocation = 0;
    for (const std::uint32_t i : found.prefix) {
      EXPECT_GE(history.intervals[i].response, latest_invocation) << "one of them comes too late";
      latest_invocation = std::max(latest_invocation, history.intervals[i].invoke);
      const auto next = trial_.specification.Step(state, history.calls[i]);
      ASSERT_TRUE(next);
      state = *next;
    }
    EXPECT_FALSE(trial_.specification.Step(state, history.calls[found.misfit])) << "it would have a place";
  }

  Trial<S> trial_;
};

using All = ::testing::Types<Register, CasRegister, Counter, Mutex, TryLock, RwLock, Semaphore, TwoGroupSemaphore,
                             RefCount, Queue, Stack, Deque, ValueSet, RangeMap, KeyValue>;
TYPED_TEST_SUITE(AgreementTest, All);

TYPED_TEST(AgreementTest, WithBruteForce) {
  std::mt19937 random(20);
  int linearizable = 0, not_linearizable = 0;
  for (int i = 0; i < 400; ++i) {
    RandomShape shape;
    shape.operations = 3 + i % 4;
    shape.processes = 2 + i % 3;
    shape.pending_in_ten = i % 4;
    const RandomHistory history = this->Make(random, shape);
    const bool expected = this->Reference(history);
    (expected ? linearizable : not_linearizable)++;
    for (const How how : {How::kBest, How::kSearch}) {
      const linearize::Result result = this->Checked(history, how);
      ASSERT_EQ(result.answer, expected ? Answer::kYes : Answer::kNo) << "history " << i;
      ASSERT_EQ(result.counterexample.has_value(), !expected);
      if (!expected) this->ExpectTrue(history, *result.counterexample, how);
      if (this->HasFailure()) FAIL() << "history " << i << (how == How::kBest ? "" : ", by search alone");
    }
  }
  // Histories of both kinds, or the test says nothing.
  EXPECT_GT(linearizable, 50);
  EXPECT_GT(not_linearizable, 20);
}

// More operations than brute force can take: what was made without altering it is linearizable.
TYPED_TEST(AgreementTest, LongHistoriesOfARealObject) {
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    RandomShape shape;
    shape.operations = 300;
    shape.processes = 6;
    shape.pending_in_ten = 0;
    shape.altered_in_ten = 0;
    const RandomHistory history = this->Make(random, shape);
    EXPECT_EQ(this->Checked(history).answer, Answer::kYes);
  }
}

// ReadOnly is what the search's first reduction stands on, determinism its memory.
TYPED_TEST(AgreementTest, ReadOnlyOperationsChangeNothing) {
  std::mt19937 random(1);
  const TypeParam& specification = this->trial_.specification;
  auto state = specification.Initial();
  int read_only = 0, steps = 0;
  for (int i = 0; i < 4000; ++i) {
    Call call = this->Draw(random);
    if constexpr (TypeParam::kAsksCaller) call.caller = 1 + random() % 3;
    const Returns returns = TypeParam::kFunctions[call.function].returns;
    if (returns == Returns::kTruth && random() % 3 != 0) call = call.Returning(Datum::Truth(random() % 2 == 0));
    if (returns == Returns::kValue && random() % 3 != 0) {
      call = call.Returning(this->trial_.results[random() % this->trial_.results.size()]);
    }
    const auto next = specification.Step(state, call);
    EXPECT_EQ(next, specification.Step(state, call));
    if (!next) continue;
    ++steps;
    if (specification.ReadOnly(call)) {
      ++read_only;
      EXPECT_EQ(*next, state) << Show(call, TypeParam::kFunctions) << " in " << specification.Show(state);
    }
    state = random() % 50 == 0 ? specification.Initial() : *next;  // some objects come to an end
  }
  EXPECT_GT(steps, 500);
  if constexpr (!std::is_same_v<TypeParam, Mutex> && !std::is_same_v<TypeParam, Deque>) {
    EXPECT_GT(read_only, 20);
  }
}

}  // namespace
}  // namespace doorway

#include "harness/linearize/distinct_register.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/check.h"
#include "harness/linearize/testing/brute_force.h"

// The clusters and zones of a register agree with the definition, and with the search.

namespace doorway::linearize {
namespace {

struct Value {
  using State = std::uint32_t;
  using Operation = std::pair<bool, std::uint32_t>;  // whether it writes, and what
  State Initial() const { return 0; }
  std::optional<State> Step(State state, const Operation& operation) const {
    if (operation.first) return operation.second;
    return operation.second == state ? std::optional(state) : std::nullopt;
  }
  bool ReadOnly(const Operation& operation) const { return !operation.first; }
  std::string Show(State state) const { return std::to_string(state); }
};

struct History {
  std::vector<RegisterOperation> steps;
  std::vector<Value::Operation> operations;
  std::vector<Interval> intervals;

  void Add(bool write, std::uint32_t value, Interval interval) {
    steps.push_back({write, value, interval});
    operations.emplace_back(write, value);
    intervals.push_back(interval);
  }
  std::span<const Value::Operation> all() const { return operations; }
};

// Writes of 1, 2, 3 ..., and reads of 0 up to one that nobody writes.
History Random(std::mt19937& random, std::uint32_t size, std::uint64_t spread, std::uint64_t length) {
  History history;
  std::uint32_t written = 0;
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::uint64_t invoke = size * (random() % spread) + i;
    // Its response is at another time than any event of another.
    Interval interval{2 * invoke, 2 * (invoke + size * (random() % length)) + 1};
    const bool write = random() % 2 == 0;
    if (random() % 6 == 0) interval.response = Interval::kPending;
    if (write) ++written;
    // A read of something written soon after this, now and then of what nobody writes.
    history.Add(write, write ? written : static_cast<std::uint32_t>(random() % (written + 2)), interval);
  }
  return history;
}

// A pending read is of no consequence, whatever it says.
TEST(DistinctRegisterTest, AgreesWithBruteForce) {
  std::mt19937 random(17);
  int linearizable = 0;
  for (int i = 0; i < 4000; ++i) {
    const History history = Random(random, 3 + random() % 4, 4, 4);
    ASSERT_TRUE(WritesAreDistinct(history.steps, 0));
    const bool expected = LinearizableByBruteForce(Value(), history.all(), history.intervals);
    linearizable += expected ? 1 : 0;
    ASSERT_EQ(CheckDistinctRegister(history.steps, 0).linearizable, expected) << "history " << i;
  }
  EXPECT_GT(linearizable, 1000);
  EXPECT_LT(linearizable, 3000);
}

// The sequence is one: in the order of the intervals, accepted by the specification, and it has what responded.
void ExpectSequence(const History& history, const std::vector<std::uint32_t>& sequence, std::uint64_t end) {
  std::uint32_t state = 0;
  std::uint64_t latest_invocation = 0;
  std::vector<bool> placed(history.operations.size());
  for (const std::uint32_t i : sequence) {
    placed[i] = true;
    EXPECT_GE(history.intervals[i].response, latest_invocation);
    latest_invocation = std::max(latest_invocation, history.intervals[i].invoke);
    const auto next = Value().Step(state, history.operations[i]);
    ASSERT_TRUE(next);
    state = *next;
  }
  for (std::size_t i = 0; i < placed.size(); ++i) EXPECT_TRUE(placed[i] || history.intervals[i].response >= end);
}

TEST(DistinctRegisterTest, AgreesWithTheSearch) {
  std::mt19937 random(23);
  int linearizable = 0;
  for (int i = 0; i < 2000; ++i) {
    const History history = Random(random, 4 + random() % 30, 8, 2 + random() % 4);
    const DistinctRegisterResult result = CheckDistinctRegister(history.steps, 0);
    const Result searched = Check(Value(), history.all(), history.intervals);
    ASSERT_EQ(result.linearizable, searched.answer == Answer::kYes) << "history " << i;
    linearizable += result.linearizable ? 1 : 0;
    std::uint64_t end = Interval::kPending;
    if (!result.linearizable) {
      ASSERT_EQ(result.misfit, searched.counterexample->misfit) << "history " << i;
      end = history.intervals[result.misfit].response;
    }
    ExpectSequence(history, result.sequence, end);
    if (HasFailure()) FAIL() << "history " << i;
  }
  EXPECT_GT(linearizable, 100);
  EXPECT_LT(linearizable, 1900);
}

TEST(DistinctRegisterTest, ValuesWrittenTwiceAreNotForIt) {
  History history;
  history.Add(true, 1, {0, 1});
  history.Add(true, 2, {2, 3});
  EXPECT_TRUE(WritesAreDistinct(history.steps, 0));
  EXPECT_FALSE(WritesAreDistinct(history.steps, 2));
  history.Add(true, 1, {4});
  EXPECT_FALSE(WritesAreDistinct(history.steps, 0));
}

// Where the search has 2^n sets, there is nothing to search.
TEST(DistinctRegisterTest, ManyOverlappingWrites) {
  History history;
  constexpr std::uint64_t kWrites = 5000;
  for (std::uint64_t i = 0; i < kWrites; ++i) {
    history.Add(true, static_cast<std::uint32_t>(i + 1), {i, 10 * kWrites + i});
  }
  for (std::uint64_t i = 0; i < kWrites; ++i) {
    history.Add(false, static_cast<std::uint32_t>((i * 7) % kWrites + 1), {kWrites + 2 * i, kWrites + 2 * i + 1});
  }
  EXPECT_TRUE(CheckDistinctRegister(history.steps, 0).linearizable);
  history.Add(false, 1, {5 * kWrites, 5 * kWrites + 1});
  const DistinctRegisterResult result = CheckDistinctRegister(history.steps, 0);
  EXPECT_FALSE(result.linearizable);
  EXPECT_EQ(result.misfit, 2 * kWrites);
}

}  // namespace
}  // namespace doorway::linearize

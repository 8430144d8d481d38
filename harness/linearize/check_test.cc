#include "harness/linearize/check.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/interned_states.h"
#include "harness/linearize/partial_order.h"
#include "harness/linearize/search.h"
#include "harness/linearize/testing/brute_force.h"

namespace doorway::linearize {
namespace {

// A register of numbers; a negative result is unknown.
struct Number {
  using State = int;
  struct Operation {
    bool write;
    int value;
    friend bool operator==(const Operation&, const Operation&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Operation& operation) {
      return H::combine(std::move(hash), operation.write, operation.value);
    }
  };
  State Initial() const { return 0; }
  std::optional<State> Step(State state, const Operation& operation) const {
    if (operation.write) return operation.value;
    return operation.value < 0 || operation.value == state ? std::optional(state) : std::nullopt;
  }
  bool ReadOnly(const Operation& operation) const { return !operation.write; }
  std::string Show(State state) const { return std::to_string(state); }
};
using Operation = Number::Operation;
Operation W(int value) { return {true, value}; }
Operation R(int value) { return {false, value}; }

// A bag: what it takes is any of what it holds, so a take that has not responded has several outcomes.
struct Bag {
  using State = std::multiset<int>;
  struct Operation {
    bool add;
    int value;  // of a take: -1 if unknown
    friend bool operator==(const Operation&, const Operation&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Operation& operation) {
      return H::combine(std::move(hash), operation.add, operation.value);
    }
  };
  State Initial() const { return {}; }
  std::vector<State> Step(const State& state, const Operation& operation) const {
    std::vector<State> next;
    if (operation.add) {
      next.push_back(state);
      next.back().insert(operation.value);
      return next;
    }
    for (auto held = state.begin(); held != state.end(); held = state.upper_bound(*held)) {
      if (operation.value >= 0 && operation.value != *held) continue;
      next.push_back(state);
      next.back().erase(next.back().find(*held));
    }
    return next;
  }
  bool ReadOnly(const Operation&) const { return false; }
  std::string Show(const State& state) const {
    std::string shown;
    for (const int value : state) shown += std::to_string(value);
    return shown;
  }
};

template <class S>
Result CheckAll(const S& specification, const std::vector<typename S::Operation>& operations,
                const std::vector<Interval>& intervals, const Limits& limits = {}) {
  return Check(specification, std::span<const typename S::Operation>(operations), intervals, limits);
}

TEST(CheckTest, NothingIsLinearizable) { EXPECT_EQ(CheckAll(Number(), {}, {}).answer, Answer::kYes); }

TEST(CheckTest, OverlappingReadsSeeAWriteInOneOrder) {
  // The write overlaps both reads, of which the first responds before the second begins.
  EXPECT_EQ(CheckAll(Number(), {W(1), R(0), R(1)}, {{0, 9}, {1, 2}, {3, 4}}).answer, Answer::kYes);
  EXPECT_EQ(CheckAll(Number(), {W(1), R(1), R(0)}, {{0, 9}, {1, 2}, {3, 4}}).answer, Answer::kNo);
  // In the order of the file, whatever that is.
  EXPECT_EQ(CheckAll(Number(), {R(1), W(1), R(0)}, {{3, 4}, {0, 9}, {1, 2}}).answer, Answer::kYes);
}

TEST(CheckTest, APendingOperationMayOrMayNotHaveTakenEffect) {
  EXPECT_EQ(CheckAll(Number(), {W(1), R(1)}, {{0}, {1, 2}}).answer, Answer::kYes);
  EXPECT_EQ(CheckAll(Number(), {W(1), R(0)}, {{0}, {1, 2}}).answer, Answer::kYes);
  EXPECT_EQ(CheckAll(Number(), {W(1), R(0), R(1), R(0)}, {{0}, {1, 2}, {3, 4}, {5, 6}}).answer, Answer::kNo);
  EXPECT_EQ(CheckAll(Number(), {W(1), R(1)}, {{3}, {1, 2}}).answer, Answer::kNo) << "it had not been invoked";
}

TEST(CheckTest, CounterexampleNamesTheOperationAndItsStates) {
  //        write(1) |----|        write(2) |-------|
  //                        read 1 |---|
  //                                             read 7 |---|
  const Result result = CheckAll(Number(), {W(1), R(1), W(2), W(3), R(7)}, {{0, 1}, {2, 4}, {3, 20}, {5, 21}, {6, 8}});
  ASSERT_EQ(result.answer, Answer::kNo);
  const Counterexample& found = *result.counterexample;
  EXPECT_EQ(found.misfit, 4u);
  ASSERT_TRUE(found.prefix_known);
  EXPECT_EQ(found.prefix, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(std::set<std::string>(found.states.begin(), found.states.end()), (std::set<std::string>{"1", "2", "3"}));
  EXPECT_FALSE(found.more_states);
}

// The misfit is not merely where one order got stuck.
TEST(CheckTest, MisfitIsTheEarliestResponseThatCannotBe) {
  const Result result = CheckAll(Number(), {W(1), W(2), R(1), R(2), R(1)}, {{0, 3}, {1, 4}, {5, 6}, {7, 8}, {9, 10}});
  ASSERT_EQ(result.answer, Answer::kNo);
  EXPECT_EQ(result.counterexample->misfit, 3u);
  EXPECT_EQ(result.counterexample->prefix, (std::vector<std::uint32_t>{1, 0, 2}));
  EXPECT_EQ(result.counterexample->states, std::vector<std::string>{"1"});
}

TEST(CheckTest, RespondingBeforeInvokingIsRefused) {
  EXPECT_THROW(CheckAll(Number(), {W(1)}, {{5, 4}}), std::invalid_argument);
}

// n writes of different values overlap, and a read wants a value that none of them wrote.
Result CheckHard(int n, const Limits& limits) {
  std::vector<Operation> operations;
  std::vector<Interval> intervals;
  for (int i = 0; i < n; ++i) {
    operations.push_back(W(i + 1));
    intervals.push_back({static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(2 * n + i)});
  }
  operations.push_back(R(n + 1));
  intervals.push_back({static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(n + 1)});
  return CheckAll(Number(), operations, intervals, limits);
}

TEST(CheckTest, ConfigurationsAreVisitedOnce) {
  const Result result = CheckHard(10, {});
  EXPECT_EQ(result.answer, Answer::kNo);
  // Nothing placed, or any set that is not empty, with any of its writes as the last.
  EXPECT_EQ(result.configurations, 1u + 10 * 512);
  EXPECT_EQ(result.counterexample->states.size(), SearchResult::kMostStates);
  EXPECT_TRUE(result.counterexample->more_states);
}

TEST(CheckTest, LimitsMakeItUnknown) {
  EXPECT_EQ(CheckHard(30, {.seconds = 0.01}).limit, Limit::kTime);
  EXPECT_EQ(CheckHard(30, {.seconds = 0.01}).answer, Answer::kUnknown);
  EXPECT_EQ(CheckHard(30, {.max_bytes = 1 << 20}).limit, Limit::kMemory);
  EXPECT_EQ(CheckHard(30, {.max_bytes = 1 << 20}).answer, Answer::kUnknown);
  const std::atomic<bool> stop{true};
  EXPECT_EQ(CheckHard(30, {.stop = &stop}).limit, Limit::kStopped);
  EXPECT_EQ(CheckHard(3, {.stop = &stop}).answer, Answer::kUnknown);
}

TEST(CheckTest, EqualPendingOperationsAreTakenInTurn) {
  std::vector<Operation> operations;
  std::vector<Interval> intervals;
  for (std::uint64_t i = 0; i < 40; ++i) {
    operations.push_back(W(static_cast<int>(i % 2) + 1));
    intervals.push_back({i});
  }
  operations.push_back(R(3));
  intervals.push_back({50, 51});
  const Result result = CheckAll(Number(), operations, intervals);
  EXPECT_EQ(result.answer, Answer::kNo);
  EXPECT_LE(result.configurations, 2u * 21 * 21);
}

// A long history, of which no part is hard, takes one configuration an update.
TEST(CheckTest, LongHistoriesAreLinear) {
  std::vector<Operation> operations;
  std::vector<Interval> intervals;
  constexpr std::uint64_t kRounds = 20000;
  for (std::uint64_t i = 0; i < kRounds; ++i) {
    operations.push_back(W(static_cast<int>(i)));
    intervals.push_back({4 * i, 4 * i + 2});
    operations.push_back(R(static_cast<int>(i)));
    intervals.push_back({4 * i + 1, 4 * i + 3});
  }
  const Result result = CheckAll(Number(), operations, intervals);
  EXPECT_EQ(result.answer, Answer::kYes);
  EXPECT_LE(result.configurations, kRounds + 1);
}

// Windows of more than one word: an operation that overlaps everything.
TEST(CheckTest, AnOperationMayOverlapHundreds) {
  std::vector<Operation> operations{R(150)};
  std::vector<Interval> intervals{{0, 100000}};
  for (int i = 1; i <= 300; ++i) {
    operations.push_back(W(i));
    intervals.push_back({static_cast<std::uint64_t>(10 * i), static_cast<std::uint64_t>(10 * i + 5)});
  }
  EXPECT_EQ(CheckAll(Number(), operations, intervals).answer, Answer::kYes);
  operations[0] = R(301);
  const Result result = CheckAll(Number(), operations, intervals);
  EXPECT_EQ(result.answer, Answer::kNo);
  EXPECT_EQ(result.counterexample->misfit, 0u);
  EXPECT_EQ(result.counterexample->states, std::vector<std::string>{"300"});
}

template <class T>
T Any(std::mt19937& random, std::initializer_list<T> values) {
  return *(values.begin() + random() % values.size());
}

TEST(CheckTest, OutcomesMayBeSeveral) {
  std::mt19937 random(3);
  int linearizable = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<Bag::Operation> operations;
    std::vector<Interval> intervals;
    for (std::uint64_t j = 0; j < 5; ++j) {
      const bool pending = random() % 4 == 0;
      const std::uint64_t invoke = 100 * (random() % 6) + j;
      const bool add = random() % 2 == 0;
      operations.push_back({add, add ? Any(random, {0, 1}) : pending ? -1 : Any(random, {0, 1, -1})});
      intervals.push_back({invoke, pending ? Interval::kPending : invoke + 50 + 100 * (random() % 4)});
    }
    const bool expected = LinearizableByBruteForce(Bag(), std::span<const Bag::Operation>(operations), intervals);
    linearizable += expected ? 1 : 0;
    ASSERT_EQ(CheckAll(Bag(), operations, intervals).answer, expected ? Answer::kYes : Answer::kNo) << i;
  }
  EXPECT_GT(linearizable, 100);
  EXPECT_LT(linearizable, 900);
}

// By brute force, the states after any sequence of what else had been invoked that has all that had responded.
void CollectStates(const std::vector<Operation>& operations, const std::vector<Interval>& intervals, std::uint64_t end,
                   std::vector<bool>& placed, int state, std::set<std::string>& states) {
  bool whole = true;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (!placed[i] && intervals[i].response < end) whole = false;
  }
  if (whole) states.insert(std::to_string(state));
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (placed[i] || intervals[i].response == end || intervals[i].invoke > end) continue;
    bool first = true;
    for (std::size_t j = 0; j < operations.size(); ++j) {
      if (!placed[j] && intervals[j].response < intervals[i].invoke) first = false;
    }
    const std::optional<int> next = first ? Number().Step(state, operations[i]) : std::nullopt;
    if (!next) continue;
    placed[i] = true;
    CollectStates(operations, intervals, end, placed, *next, states);
    placed[i] = false;
  }
}

TEST(CheckTest, StatesOfTheMisfitAreAllThereAre) {
  std::mt19937 random(5);
  int violated = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<Operation> operations;
    std::vector<Interval> intervals;
    for (std::uint64_t j = 0; j < 6; ++j) {
      const std::uint64_t invoke = 100 * (random() % 5) + j;
      operations.push_back({random() % 2 == 0, static_cast<int>(random() % 4)});
      intervals.push_back({invoke, random() % 5 == 0 ? Interval::kPending : invoke + 50 + 100 * (random() % 4)});
    }
    const Result result = CheckAll(Number(), operations, intervals);
    if (result.answer == Answer::kYes) continue;
    ++violated;
    std::set<std::string> expected;
    std::vector<bool> placed(operations.size());
    CollectStates(operations, intervals, intervals[result.counterexample->misfit].response, placed, 0, expected);
    const std::vector<std::string>& states = result.counterexample->states;
    ASSERT_EQ(std::set<std::string>(states.begin(), states.end()), expected) << i;
  }
  EXPECT_GT(violated, 100);
}

struct PartialHistory {
  std::vector<Operation> operations;
  std::vector<bool> required;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;

  SearchResult Searched() const {
    const Number specification;
    InternedStates<Number> states(specification);
    std::vector<OperationClass> classes;
    for (const Operation& operation : operations) classes.push_back(states.ClassOf(operation));
    return Search(states, classes, PartialOrder(required, pairs), {});
  }
  bool Before(std::size_t a, std::size_t b) const {  // the closure
    for (const auto& [from, to] : pairs) {
      if (from == a && (to == b || Before(to, b))) return true;
    }
    return false;
  }
};

TEST(PartialOrderTest, AgreesWithBruteForce) {
  std::mt19937 random(11);
  int linearizable = 0;
  for (int i = 0; i < 1500; ++i) {
    PartialHistory history;
    const std::uint32_t size = 3 + random() % 4;
    for (std::uint32_t j = 0; j < size; ++j) {
      history.operations.push_back({random() % 2 == 0, static_cast<int>(random() % 3)});
      history.required.push_back(random() % 4 != 0);
      for (std::uint32_t k = 0; k < j; ++k) {
        if (random() % 4 == 0) history.pairs.emplace_back(k, j);
      }
    }
    // The numbers need not be in the order.
    const std::uint32_t turn = random() % size;
    const auto renamed = [&](std::uint32_t j) { return (j + turn) % size; };
    PartialHistory other = history;
    for (std::uint32_t j = 0; j < size; ++j) {
      other.operations[renamed(j)] = history.operations[j];
      other.required[renamed(j)] = history.required[j];
    }
    for (auto& [a, b] : other.pairs) a = renamed(a), b = renamed(b);
    const bool expected = BruteForce<Number>(Number(), std::span<const Operation>(other.operations), other.required,
                                             [&](std::size_t a, std::size_t b) { return other.Before(a, b); })
                              .Linearizable();
    linearizable += expected ? 1 : 0;
    ASSERT_EQ(other.Searched().answer, expected ? Answer::kYes : Answer::kNo) << i;
  }
  EXPECT_GT(linearizable, 200);
  EXPECT_LT(linearizable, 1300);
}

TEST(PartialOrderTest, LongestSequenceAndMisfit) {
  // Two writers and a reader that has seen the first after the second.
  const PartialHistory history{{W(1), W(2), R(2), R(1)}, {true, true, true, true}, {{0, 1}, {1, 2}, {2, 3}}};
  const SearchResult result = history.Searched();
  ASSERT_EQ(result.answer, Answer::kNo);
  EXPECT_EQ(result.sequence, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(result.misfit, 3u);
}

TEST(PartialOrderTest, WhatIsAfterAnOptionalOperationKeepsWhatIsBeforeIt) {
  // read 0 is after a pending write(2), which is after write(1): write(1) still comes first.
  const PartialHistory history{{W(1), W(2), R(0)}, {true, false, true}, {{0, 1}, {1, 2}}};
  EXPECT_EQ(history.Searched().answer, Answer::kNo);
}

TEST(PartialOrderTest, RefusesCycles) {
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> cycle{{0, 1}, {1, 0}}, unknown{{0, 2}};
  EXPECT_THROW(PartialOrder({true, true}, cycle), std::invalid_argument);
  EXPECT_THROW(PartialOrder({true, true}, unknown), std::invalid_argument);
}

}  // namespace
}  // namespace doorway::linearize

#include "harness/mutate/mutation_testing.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "harness/mutate/weakest_orders.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;
using std::memory_order_relaxed;
using std::memory_order_seq_cst;

// A message, passed with more order than it needs.
struct Message {
  Sync::Atomic<int> flag{0, "flag"};
  Sync::Var<int> data{0, "data"};
  explicit Message(int) {}
  void thread(int i) {
    if (i == 0) {
      data.set(42);
      flag.store(1, memory_order_seq_cst);
    } else if (flag.load(memory_order_seq_cst) == 1) {
      Sync::check(data.get() == 42, "the message is there");
    }
  }
};

template <class Model>
Checked Of() {
  return {[] { return std::make_unique<ModelSubject<Model, int>>(2, 2); },
          [] { return std::vector<std::unique_ptr<Property>>(); },
          {}};
}

const JudgedMutant& Find(const MutationResult& result, const std::string& verb, const std::string& what) {
  static const JudgedMutant kNone;
  for (const JudgedMutant& judged : result.mutants) {
    if (judged.mutant.mutation.where.verb == verb && judged.mutant.what == what) return judged;
  }
  ADD_FAILURE() << "no mutant '" << verb << " " << what << "'";
  return kNone;
}

TEST(TestMutants, OfAMessage) {
  const MutationResult result = TestMutants(Of<Message>());
  EXPECT_EQ(result.original.verdict, Verdict::kVerified);
  EXPECT_EQ(Find(result, "store", "seq_cst -> release").fate, Fate::kEquivalent);
  EXPECT_EQ(Find(result, "load", "seq_cst -> acquire").fate, Fate::kEquivalent);
  EXPECT_EQ(Find(result, "store", "left out").fate, Fate::kSurvived) << "no claim says that a message comes";
  EXPECT_EQ(Find(result, "store", "after the next operation").fate, Fate::kEquivalent) << "it is the last one";
  EXPECT_EQ(Find(result, "store", "1 -> 2").fate, Fate::kSurvived);
  EXPECT_EQ(result.Count(Fate::kKilled), 0);
  EXPECT_EQ(result.mutants.size(), 6U);
}

struct AcquiredMessage : Message {
  using Message::Message;
  void thread(int i) {
    if (i == 0) {
      data.set(42);
      flag.store(1, std::memory_order_release);
    } else if (flag.load(std::memory_order_acquire) == 1) {
      Sync::check(data.get() == 42, "the message is there");
    }
  }
};

TEST(TestMutants, WhatIsNeededIsKilledWithoutIt) {
  const MutationResult result = TestMutants(Of<AcquiredMessage>());
  for (const auto& [verb, what] : {std::pair("store", "release -> relaxed"), std::pair("load", "acquire -> relaxed")}) {
    EXPECT_EQ(Find(result, verb, what).fate, Fate::kKilled) << verb;
    EXPECT_EQ(Find(result, verb, what).claim, kNoDataRace);
  }
}

TEST(TestMutants, ALimitLeavesThemUndecided) {
  Checked checked = Of<Message>();
  checked.options.max_executions = 1;
  const MutationResult result = TestMutants(checked);
  EXPECT_TRUE(result.mutants.empty()) << "the program itself is not verified";
  EXPECT_EQ(result.original.verdict, Verdict::kUnknown);
}

TEST(FindWeakestOrders, OfAMessage) {
  const WeakestOrders result = FindWeakestOrders({Of<Message>()});
  ASSERT_EQ(result.choices.size(), 2U);
  EXPECT_EQ(result.choices[0].needed, Order::kRelease);
  EXPECT_EQ(result.choices[1].needed, Order::kAcquire);
  for (const OrderChoice& choice : result.choices) {
    EXPECT_EQ(choice.used, Order::kSeqCst);
    ASSERT_EQ(choice.next_weaker.size(), 1U);
    EXPECT_EQ(choice.next_weaker[0].broken.claim, kNoDataRace);
  }
  EXPECT_TRUE(result.cheapest);
  EXPECT_EQ(result.cost_used, 6);
  EXPECT_EQ(result.cost_needed, 2);
}

// Either fence is enough, but one of them is needed: the cheapest is found, not the first.
struct TwoFences {
  Sync::Atomic<int> at[2];
  Sync::Atomic<int> seen[2];
  explicit TwoFences(int) {}
  void thread(int i) {
    at[i].store(1, memory_order_relaxed);
    Sync::fence(memory_order_seq_cst);
    Sync::fence(memory_order_seq_cst);
    seen[i].store(at[1 - i].load(memory_order_relaxed) + 1, memory_order_relaxed);
  }
  void after() { Sync::check(seen[0].load() + seen[1].load() > 2, "somebody sees the other"); }
};

TEST(FindWeakestOrders, OneOfTwoFencesIsEnough) {
  const WeakestOrders result = FindWeakestOrders({Of<TwoFences>()});
  EXPECT_TRUE(result.cheapest);
  EXPECT_EQ(result.cost_used, 6);
  EXPECT_EQ(result.cost_needed, 3);
}

TEST(FindWeakestOrders, WithTooFewExplorationsItIsNotShownToBeCheapest) {
  WeakestOrdersOptions options;
  options.most_explorations = 1;
  const WeakestOrders result = FindWeakestOrders({Of<TwoFences>()}, options);
  EXPECT_FALSE(result.cheapest);
  EXPECT_EQ(result.cost_needed, 3) << "weakened one after another";
}

// What is enough for the cheapest is what brute force finds: all assignments, each explored.
struct ThreeOrders {
  Sync::Atomic<int> x{0, "x"}, y{0, "y"};
  Sync::Var<int> data{0, "data"};
  explicit ThreeOrders(int) {}
  void thread(int i) {
    if (i == 0) {
      data.set(1);
      x.store(1, memory_order_seq_cst);
      y.fetch_add(1, memory_order_seq_cst);
    } else if (y.load(memory_order_seq_cst) == 1) {
      if (x.load(memory_order_seq_cst) == 1) data.get();
    }
  }
};

TEST(FindWeakestOrders, IsTheCheapestOfAll) {
  const Checked checked = Of<ThreeOrders>();
  const WeakestOrders result = FindWeakestOrders({checked});
  const std::vector<Order> orders = {Order::kRelaxed, Order::kAcquire, Order::kRelease, Order::kAcqRel, Order::kSeqCst};
  int cheapest = 1000;
  std::vector<std::size_t> at(result.choices.size(), 0);
  ASSERT_EQ(at.size(), 4U);
  const auto cost = [](Order order) { return std::vector<int>{0, 0, 1, 1, 2, 3}[static_cast<std::size_t>(order)]; };
  for (;;) {
    std::vector<Mutation> mutations;
    int sum = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      mutations.push_back({result.choices[i].where, Mutation::Kind::kOrder, orders[at[i]]});
      sum += cost(orders[at[i]]);
    }
    if (ExploreMutated(checked, mutations, checked.options).verdict == Verdict::kVerified) {
      cheapest = std::min(cheapest, sum);
    }
    std::size_t digit = 0;
    while (digit < at.size() && ++at[digit] == orders.size()) at[digit++] = 0;
    if (digit == at.size()) break;
  }
  EXPECT_TRUE(result.cheapest);
  EXPECT_EQ(result.cost_needed, cheapest);
}

}  // namespace
}  // namespace doorway

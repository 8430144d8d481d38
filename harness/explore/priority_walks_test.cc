#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/sync/model_sync.h"
#include "harness/sync/operands.h"

namespace doorway {
namespace {

// What threads share.
struct Counters {
  explicit Counters(int /*configuration*/) {}
  ModelSync::Atomic<int> x{0, "x"}, y{0, "y"};
};

struct Adders : Counters {
  using Counters::Counters;
  void thread(int /*self*/) {
    for (int i = 0; i < 3; ++i) x.fetch_add(1, std::memory_order_relaxed);
  }
};

// The last of many operations of thread 1 comes before the first of thread 0, or in the midst of its operations.
struct Late : Counters {
  using Counters::Counters;
  static constexpr int kMany = 40;
  void thread(int self) {
    if (self == 1) {
      for (int i = 0; i < kMany; ++i) x.store(i, std::memory_order_relaxed);
      y.store(1, std::memory_order_relaxed);
      return;
    }
    ModelSync::check(y.load(std::memory_order_relaxed) == 0, "late");
  }
};
struct Between : Counters {
  using Counters::Counters;
  void thread(int self) {
    if (self == 1) {
      y.store(1, std::memory_order_relaxed);
      y.store(0, std::memory_order_relaxed);
      return;
    }
    for (int i = 0; i < 10; ++i) x.store(i, std::memory_order_relaxed);
    ModelSync::check(y.load(std::memory_order_relaxed) == 0, "between");
    for (int i = 0; i < 10; ++i) x.store(i, std::memory_order_relaxed);
  }
};

struct Deadlock : Counters {
  using Counters::Counters;
  struct IsSet {
    bool operator()(int value) const { return value != 0; }
  };
  void thread(int self) {
    (self == 0 ? x : y).await(IsSet{}, with(), std::memory_order_acquire);
    (self == 0 ? y : x).store(1, std::memory_order_release);
  }
};

struct Chooser : Counters {
  using Counters::Counters;
  void thread(int /*self*/) { ModelSync::check(ModelSync::choose(4) != 3, "three"); }
};

template <class Model>
Report Walked(int threads, ExploreOptions options) {
  ModelSubject<Model, int> subject(0, threads);
  return Explore(subject, {}, options);
}

ExploreOptions Walks(std::uint64_t walks, int depth) {
  ExploreOptions options;
  options.random_walks = walks;
  options.priority_depth = depth;
  return options;
}

TEST(PriorityWalks, AreABound) {
  const Report report = Walked<Adders>(3, Walks(10, 2));
  EXPECT_EQ(report.verdict, Verdict::kVerifiedWithinBounds);
  EXPECT_EQ(report.bounds_hit, std::vector<std::string>{"random walks: 10 by priorities, depth 2, seed 1"});
  EXPECT_EQ(report.executions, 10u);
}

TEST(PriorityWalks, AreInterleavings) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11}) {
    ExploreOptions options = Walks(100, 3);
    options.memory = memory;
    options.stop_at = "none";
    int heard = 0;
    options.on_execution = [&heard](const Execution& execution) {
      Execution again = execution;
      again.ComputeCoherentOrder();
      EXPECT_TRUE(again.sequentially_consistent());
      ++heard;
    };
    Walked<Between>(2, options);
    EXPECT_EQ(heard, 100);
  }
}

// With a probability of 1/2 a walk.
TEST(PriorityWalks, OfDepthOneFindWhatTakesOneOrdering) {
  EXPECT_EQ(Walked<Late>(2, Walks(30, 1)).verdict, Verdict::kViolated);
}

// Of at least 1 / (2 * 25) a walk; of depth one never.
TEST(PriorityWalks, OfDepthTwoFindWhatTakesTwo) {
  EXPECT_EQ(Walked<Between>(2, Walks(1000, 2)).verdict, Verdict::kViolated);
  EXPECT_EQ(Walked<Between>(2, Walks(1000, 1)).verdict, Verdict::kVerifiedWithinBounds);
}

TEST(PriorityWalks, FindDeadlocksAndChoices) {
  EXPECT_EQ(Walked<Deadlock>(2, Walks(1, 1)).verdict, Verdict::kViolated);
  EXPECT_EQ(Walked<Chooser>(1, Walks(60, 1)).verdict, Verdict::kViolated);
}

TEST(PriorityWalks, AreThoseOfTheSeed) {
  const auto found = [](std::uint64_t seed) {
    ExploreOptions options = Walks(20, 3);
    options.seed = seed;
    std::vector<Value> order;
    options.on_execution = [&order](const Execution& execution) {
      for (const Event& event : execution.events) order.push_back(static_cast<Value>(event.thread));
    };
    Walked<Adders>(3, options);
    return order;
  };
  EXPECT_EQ(found(1), found(1));
  EXPECT_NE(found(1), found(2));
}

}  // namespace
}  // namespace doorway

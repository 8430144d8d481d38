// Random walks: what they find is judged, and they guess right how many executions there are.

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;

// n threads add to one word, and then look at another one.
struct Adders {
  explicit Adders(int) {}
  void thread(int self) {
    x_.fetch_add(1);
    y_.store(self, std::memory_order_relaxed);
    y_.load(std::memory_order_relaxed);
  }
  Sync::Atomic<int> x_{0, "x"};
  Sync::Atomic<int> y_{0, "y"};
};

// A lock that is tried, so that some executions are blocked in it, and data behind it.
struct Locked {
  explicit Locked(int) {}
  void thread(int self) {
    Sync::spin([this] {
      int expected = 0;
      return lock_.load(std::memory_order_relaxed) != 0 ||
             !lock_.compare_exchange_strong(expected, 1, std::memory_order_acquire, std::memory_order_relaxed);
    });
    data_.set(data_.get() + self);
    lock_.store(0, std::memory_order_release);
  }
  void after() { Sync::check(data_.get() == 3, "one was lost"); }
  Sync::Atomic<int> lock_{0, "lock"};
  Sync::Var<int> data_{0, "data"};
};

// One execution in many is wrong.
struct Rare {
  explicit Rare(int) {}
  void thread(int self) {
    if (self == 0) {
      x_.store(1, std::memory_order_relaxed);
      x_.store(2, std::memory_order_relaxed);
    } else {
      const int first = x_.load(std::memory_order_relaxed);
      const int second = x_.load(std::memory_order_relaxed);
      Sync::check(first != 1 || second != 2, "both were seen");
    }
  }
  Sync::Atomic<int> x_{0, "x"};
};

template <class Model>
Report Explored(int threads, const ExploreOptions& options) {
  ModelSubject<Model, int> subject(threads, threads);
  return Explore(subject, {}, options);
}

template <class Model>
void GuessIsRight(int threads, MemoryModel memory) {
  ExploreOptions options;
  options.memory = memory;
  const Report all = Explored<Model>(threads, options);
  ASSERT_TRUE(all.exhausted);
  options.random_walks = kAddressSanitizer ? 4'000 : 20'000;
  const Report some = Explored<Model>(threads, options);
  ASSERT_TRUE(some.estimate.has_value());
  EXPECT_EQ(some.estimate->walks(), options.random_walks);
  const auto exact = static_cast<double>(all.executions + all.blocked);
  EXPECT_LT(std::abs(some.estimate->executions() - exact), 5 * some.estimate->standard_error() + 1e-9) << exact;
  EXPECT_LT(some.estimate->standard_error(), exact / 10);
}

TEST(RandomWalks, GuessHowManyExecutionsThereAre) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    GuessIsRight<Adders>(2, memory);
    GuessIsRight<Adders>(3, memory);
    GuessIsRight<Locked>(3, memory);
  }
}

TEST(RandomWalks, TheGuessIsTheSameForListeners) {
  ExploreOptions options;
  options.random_walks = 5'000;
  std::uint64_t heard = 0;
  options.on_execution = [&heard](const Execution&) { ++heard; };
  const Report some = Explored<Adders>(3, options);
  EXPECT_EQ(heard, some.executions + some.blocked);
  EXPECT_GE(heard, 5'000u);
}

TEST(RandomWalks, AreABound) {
  ExploreOptions options;
  options.random_walks = 10;
  options.seed = 7;
  const Report report = Explored<Locked>(3, options);
  EXPECT_EQ(report.verdict, Verdict::kVerifiedWithinBounds);
  EXPECT_EQ(report.bounds_hit, std::vector<std::string>{"random walks: 10, seed 7"});
}

TEST(RandomWalks, FindWhatIsRare) {
  ExploreOptions options;
  options.random_walks = 1'000;
  const Report report = Explored<Rare>(2, options);
  EXPECT_EQ(report.verdict, Verdict::kViolated);
  ASSERT_TRUE(report.Find(kNoFailedCheck)->evidence.has_value());
}

TEST(RandomWalks, AreThoseOfTheSeed) {
  ExploreOptions options;
  options.random_walks = 100;
  const Report one = Explored<Adders>(3, options);
  const Report again = Explored<Adders>(3, options);
  options.seed = 2;
  const Report other = Explored<Adders>(3, options);
  EXPECT_EQ(one.estimate->executions(), again.estimate->executions());
  EXPECT_NE(one.estimate->executions(), other.estimate->executions());
}

TEST(RandomWalks, EndWhenInterrupted) {
  std::atomic<bool> interrupted = true;
  ExploreOptions options;
  options.random_walks = 1'000'000'000;
  options.interrupted = &interrupted;
  const Report report = Explored<Adders>(3, options);
  EXPECT_EQ(report.verdict, Verdict::kUnknown);
  ModelSubject<Adders, int> subject(3, 3);
  EXPECT_EQ(EstimateExecutions(subject, options, 60).walks(), 0u);
}

TEST(RandomWalks, GuessWithinTheTimeGiven) {
  ModelSubject<Adders, int> subject(3, 3);
  const Estimate estimate = EstimateExecutions(subject, {}, 0.05);
  EXPECT_GT(estimate.walks(), 10u);
  EXPECT_GT(estimate.executions(), 1);
}

}  // namespace
}  // namespace doorway

// Views: code is told what it asked for, executions are the same, and code runs less often.

#include <gtest/gtest.h>

#include "harness/explore/explore.h"
#include "harness/explore/explore_states.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;

struct Add {
  int operator()(int value, int by) const { return value + by; }
};
struct AtLeast {
  bool operator()(int value, int least) const { return value >= least; }
};
struct Parity {
  int operator()(int value, int by) const { return (value + by) % 2; }
};
struct Whole {
  int operator()(int value, int /*by*/) const { return value; }
};

template <class View>
struct Counter {
  explicit Counter(int threads) : threads_(threads) {}
  void thread(int self) {
    last_.store(x_.update(Add{}, View{}, with(self + 1)));
    done_.fetch_add(1);
  }
  void after() {
    const int all = x_.await(AtLeast{}, Whole{}, with(1));
    Sync::check(all == threads_ * (threads_ + 1) / 2, "a sum was lost");
    done_.await(AtLeast{}, unseen, with(threads_));
  }

  int threads_;
  Sync::Atomic<int> x_{0, "x"};
  Sync::Atomic<int> last_{0, "last"};
  Sync::Atomic<int> done_{0, "done"};
};

template <class Model>
Report Explored(int threads, bool expand = false) {
  ModelSubject<Model, int> subject(threads, threads);
  ExploreOptions options;
  options.expand_updates = expand;
  return Explore(subject, {}, options);
}

TEST(View, ExecutionsAreTheSameAndRunsAreFewer) {
  const Report all = Explored<Counter<Whole>>(3);
  const Report some = Explored<Counter<Parity>>(3);
  EXPECT_EQ(all.verdict, Verdict::kVerified);
  EXPECT_EQ(some.verdict, Verdict::kVerified);
  EXPECT_EQ(some.executions, all.executions);
  EXPECT_LT(some.native_runs, all.native_runs);
}

TEST(View, OfAnExpandedUpdateIsThatOfItsLastRead) {
  const Report all = Explored<Counter<Whole>>(2, true);
  const Report some = Explored<Counter<Parity>>(2, true);
  EXPECT_EQ(all.verdict, Verdict::kVerified);
  EXPECT_EQ(some.verdict, Verdict::kVerified);
  EXPECT_EQ(some.executions, all.executions);
}

// What a thread is told does decide what it does.
struct Told {
  explicit Told(int) {}
  void thread(int self) {
    if (self == 0) {
      x_.store(1);
    } else {
      Sync::check(x_.update(Add{}, Parity{}, with(2)) == 0, "odd");
    }
  }
  Sync::Atomic<int> x_{0, "x"};
};

TEST(View, IsWhatTheCodeIsTold) {
  const Report report = Explored<Told>(2);
  EXPECT_EQ(report.verdict, Verdict::kViolated);
  EXPECT_TRUE(report.Find(kNoFailedCheck)->evidence.has_value());

  ModelSubject<Told, int> subject(2, 2);
  EXPECT_EQ(ExploreStates(subject, {}, {}, {}).verdict, Verdict::kViolated);
}

// A word that takes many values, of which the threads want to know little.
template <class View>
struct Many {
  explicit Many(int) {}
  void thread(int self) {
    Sync::forever([&] { x_.update(Step{}, View{}, with(self)); });
  }
  struct Step {
    int operator()(int value, int by) const { return (value + by + 1) % 97; }
  };
  Sync::Atomic<int> x_{0, "x"};
};

TEST(View, SparesTheStateExplorerRuns) {
  ModelSubject<Many<Unseen>, int> unseen_subject(2, 2);
  const Report some = ExploreStates(unseen_subject, {}, {}, {});
  ModelSubject<Many<Whole>, int> all_subject(2, 2);
  const Report all = ExploreStates(all_subject, {}, {}, {});
  EXPECT_EQ(some.states, 97u);
  EXPECT_EQ(all.states, 97u);
  EXPECT_LT(some.native_runs * 10, all.native_runs);
}

}  // namespace
}  // namespace doorway

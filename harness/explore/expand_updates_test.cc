// Updates as compare-exchange loops: the same results and verdicts as those of updates in one step, under each memory
// model and in each way of waiting.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "harness/explore/explore.h"
#include "harness/explore/replay.h"
#include "harness/graph/trace.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;

struct Add {
  int operator()(int value, int by) const { return value + by; }
};
struct AddBelow {
  std::optional<int> operator()(int value, int by, int limit) const {
    if (value >= limit) return std::nullopt;
    return value + by;
  }
};
struct IsZero {
  bool operator()(int value) const { return value == 0; }
};
struct Take {
  int operator()(int) const { return 1; }
};

using Outcome = std::map<std::string, Value>;  // the last value of each location

struct Explored {
  std::set<Outcome> outcomes;  // of complete executions
  Report report;
};

template <class Model>
Explored ExploreAll(int threads, ExploreOptions options) {
  Explored explored;
  options.check_invariants = true;
  options.stop_at = "none";
  options.on_execution = [&](const Execution& execution) {
    if (!execution.Complete()) return;
    Outcome outcome;
    for (std::size_t l = 0; l < execution.modification_order.size(); ++l) {
      outcome[(*execution.locations)[l].name] = execution.events[execution.modification_order[l].back()].written;
    }
    explored.outcomes.insert(outcome);
  };
  ModelSubject<Model, int> subject(threads, threads);
  explored.report = Explore(subject, {}, options);
  return explored;
}

// Explores with updates in one step and as loops; the results and verdicts are the same. Complete executions: `atomic`
// and `expanded`.
template <class Model>
void ExpectTheSame(int threads, std::uint64_t atomic, std::uint64_t expanded) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    for (const bool in_place : {true, false}) {
      SCOPED_TRACE(std::string(Name(memory)) + (in_place ? " in place" : ""));
      ExploreOptions options;
      options.memory = memory;
      options.in_place_awaits = in_place;
      const Explored one_step = ExploreAll<Model>(threads, options);
      options.expand_updates = true;
      const Explored loop = ExploreAll<Model>(threads, options);
      EXPECT_EQ(one_step.outcomes, loop.outcomes);
      EXPECT_FALSE(loop.outcomes.empty());
      EXPECT_EQ(one_step.report.executions, atomic);
      EXPECT_EQ(loop.report.executions, expanded);
      ASSERT_EQ(one_step.report.claims.size(), loop.report.claims.size());
      for (std::size_t i = 0; i < loop.report.claims.size(); ++i) {
        EXPECT_EQ(one_step.report.claims[i].verdict, loop.report.claims[i].verdict) << loop.report.claims[i].name;
      }
    }
  }
}

struct Counting {
  Sync::Atomic<int> word{0, "word"};
  Sync::Atomic<int> old[3];
  explicit Counting(int) {}
  void thread(int i) {
    for (int round = 0; round < 2; ++round) old[i].store(word.update(Add{}, with(1), memory_order_relaxed));
  }
};

TEST(ExpandUpdates, Update) {
  ExpectTheSame<Counting>(2, 6, 6);    // 4! / (2! 2!)
  ExpectTheSame<Counting>(3, 90, 90);  // 6! / (2! 2! 2!)
}

struct Bounded {
  Sync::Atomic<int> word{0, "word"};
  Sync::Atomic<int> done[3];
  explicit Bounded(int) {}
  void thread(int i) {
    const auto result = word.try_update(AddBelow{}, with(1, 2), memory_order_acquire, memory_order_acquire);
    done[i].store(result.done ? result.old + 1 : -1);
  }
};

// The two that go first, in either order; the third declines. Under RC11 a stale value would not let it.
TEST(ExpandUpdates, TryUpdate) { ExpectTheSame<Bounded>(3, 6, 6); }

template <bool kReleases>
struct Locking {
  Sync::Atomic<int> lock{0, "lock"};
  Sync::Var<int> inside{0, "inside"};
  explicit Locking(int) {}
  void thread(int) {
    lock.await_update(IsZero{}, Take{}, with(), memory_order_acquire);
    inside.set(inside.get() + 1);
    if (kReleases) lock.store(0, memory_order_release);
  }
};

// The lock's word is 0 again and again. A thread may have loaded a 0 that another has since replaced: the same order of
// entering, but another graph.
TEST(ExpandUpdates, AwaitUpdate) {
  ExpectTheSame<Locking<true>>(2, 2, 4);
  ExpectTheSame<Locking<true>>(1, 1, 1);
}

TEST(ExpandUpdates, AThreadThatWaitsForEverIsSeen) {
  ExploreOptions options;
  options.expand_updates = true;
  const Report report = ExploreAll<Locking<false>>(2, options).report;
  EXPECT_EQ(report.Find(kNoStuckThread)->verdict, Verdict::kViolated);
  EXPECT_EQ(report.executions, 0u);
}

struct Ticketed {
  Sync::Atomic<int> next{0, "next"};
  Sync::Atomic<int> serving{0, "serving"};
  Sync::Var<int> inside{0, "inside"};
  explicit Ticketed(int) {}
  void thread(int) {
    const int mine = next.update(Add{}, with(1), memory_order_relaxed);
    serving.await([](int now, int ticket) { return now == ticket; }, with(mine), memory_order_acquire);
    inside.set(inside.get() + 1);
    serving.store(mine + 1, memory_order_release);
  }
  void after() { Sync::check(inside.get() == serving.load(), "everybody was inside"); }
};

TEST(ExpandUpdates, ATicketLockIsVerified) {
  ExpectTheSame<Ticketed>(3, 6, 6);
  ExploreOptions options;
  options.expand_updates = true;
  EXPECT_EQ(ExploreAll<Ticketed>(3, options).report.verdict, Verdict::kVerified);
}

struct Polling {  // an update at the end of an iteration of the model's own
  Sync::Atomic<int> ready{0, "ready"};
  Sync::Atomic<int> word{0, "word"};
  explicit Polling(int) {}
  void thread(int i) {
    if (i == 0) {
      ready.store(1, memory_order_release);
      return;
    }
    Sync::spin([&] {
      if (ready.load(memory_order_acquire) == 0) return true;
      return !word.try_update(AddBelow{}, with(1, 1), memory_order_relaxed, memory_order_relaxed).done;
    });
    word.update(Add{}, with(-1), memory_order_relaxed);
  }
};

TEST(ExpandUpdates, InASpinOfTheModel) { ExpectTheSame<Polling>(2, 1, 1); }

struct Tagged {
  Sync::Atomic<int> word{0, "word"};
  explicit Tagged(int) {}
  void thread(int i) {
    word.update(Add{}, with(1), memory_order_relaxed);
    Sync::tag(notes::kDoorway, i);
  }
};

TEST(ExpandUpdates, TagsSitOnTheCompareExchange) {
  ExploreOptions options;
  options.expand_updates = true;
  int seen = 0;
  options.on_execution = [&](const Execution& execution) {
    for (const Mark& mark : execution.marks) {
      ++seen;
      EXPECT_EQ(execution.events[mark.before].kind, EventKind::kUpdate);
      EXPECT_EQ(execution.events[mark.before].label->verb, std::string("compare_exchange_strong"));
    }
  };
  ModelSubject<Tagged, int> subject(1, 1);
  Explore(subject, {}, options);
  EXPECT_EQ(seen, 1);
}

struct Mistaken {
  Sync::Atomic<int> word{0, "word"};
  explicit Mistaken(int) {}
  void thread(int) { Sync::check(word.update(Add{}, with(1), memory_order_relaxed) == 0, "nobody was here"); }
};

TEST(ExpandUpdates, ReplaysWithTheSameOption) {
  ExploreOptions options;
  options.expand_updates = true;
  ModelSubject<Mistaken, int> subject(2, 2);
  const Report report = Explore(subject, {}, options);
  ASSERT_TRUE(report.Find(kNoFailedCheck)->evidence.has_value());
  const Evidence evidence = *report.Find(kNoFailedCheck)->evidence;
  const Trace trace = ToTrace(evidence.execution);

  ModelSubject<Mistaken, int> same(2, 2);
  const Report replayed = ReplayTrace(same, {}, trace, options);
  ASSERT_TRUE(replayed.Find(kNoFailedCheck)->evidence.has_value());
  EXPECT_EQ(replayed.Find(kNoFailedCheck)->evidence->finding.sentence, evidence.finding.sentence);

  options.expand_updates = false;
  ModelSubject<Mistaken, int> other(2, 2);
  EXPECT_THROW(ReplayTrace(other, {}, trace, options), ReplayMismatch);
}

}  // namespace
}  // namespace doorway

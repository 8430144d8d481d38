// Interrupts come between any two operations of their thread, once, or never; counted by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

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

// Complete and stuck executions, and the verdict of each claim; the same under both models and in both ways of waiting.
template <class Model>
Report Check(int threads, ExploreOptions options = {}) {
  options.check_invariants = true;
  options.stop_at = "none";
  Report first;
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    for (const bool in_place : {true, false}) {
      options.memory = memory;
      options.in_place_awaits = in_place;
      ModelSubject<Model, int> subject(threads, threads);
      Report report = Explore(subject, {}, options);
      if (first.claims.empty()) first = report;
      EXPECT_EQ(report.executions, first.executions);
      EXPECT_EQ(report.stuck, first.stuck);
      for (std::size_t i = 0; i < first.claims.size(); ++i) {
        EXPECT_EQ(report.claims[i].verdict, first.claims[i].verdict) << report.claims[i].name;
      }
    }
  }
  return first;
}

template <class Model>
void ExpectVerified(int threads, std::uint64_t executions) {
  const Report report = Check<Model>(threads);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.executions, executions);
}

template <class Model>
void ExpectViolated(int threads, std::string_view claim) {
  const Report report = Check<Model>(threads);
  ASSERT_TRUE(report.Find(claim)->evidence.has_value()) << claim << " holds";
  const Evidence& evidence = *report.Find(claim)->evidence;
  ModelSubject<Model, int> subject(threads, threads);
  ExploreOptions options;
  options.memory = MemoryModel::kSc;
  const Report replayed = ReplayTrace(subject, {}, ToTrace(evidence.execution), options);
  ASSERT_TRUE(replayed.Find(claim)->evidence.has_value()) << claim << " is not violated in the replay";
  EXPECT_EQ(replayed.Find(claim)->evidence->finding.sentence, evidence.finding.sentence);
}

struct Poke {
  void operator()(Sync::Atomic<int>* word) const { word->store(1); }
};

template <int kKinds, int kTimes>
struct TwoOperations {
  Sync::Atomic<int> word{0, "word"};
  Sync::Atomic<int> poked[2];
  explicit TwoOperations(int) {}
  void before() {
    for (int kind = 0; kind < kKinds; ++kind) {
      for (int time = 0; time < kTimes; ++time) Sync::interrupt(0, Poke{}, with(&poked[kind]));
    }
  }
  void thread(int) {
    word.store(1);
    word.store(2);
  }
};

TEST(Interrupt, ComesAnywhereOrNever) {
  ExpectVerified<TwoOperations<0, 0>>(1, 1);
  ExpectVerified<TwoOperations<1, 1>>(1, 4);  // 3 places, and never
}

TEST(Interrupt, EachMayComeInAnyOrder) {
  // None: 1. One of them: 2 * 3. Both, in either order: in two places (3 pairs) or in one (3).
  ExpectVerified<TwoOperations<2, 1>>(1, 1 + 2 * 3 + 2 * (3 + 3));
}

TEST(Interrupt, DeclaredTwiceItMayComeTwice) { ExpectVerified<TwoOperations<1, 2>>(1, 1 + 3 + (3 + 3)); }

TEST(Interrupt, ComesUponItsThreadOnly) {
  struct Model : TwoOperations<0, 0> {
    using TwoOperations::TwoOperations;
    void before() { Sync::interrupt(1, Poke{}, with(&poked[0])); }
    void thread(int i) {
      if (i == 1) poked[1].store(1);
    }
  };
  ExpectVerified<Model>(2, 3);
}

// thread() counts up, and so does an interrupt, which says that it came.
template <bool kAtomic>
struct Counters {
  Sync::Atomic<int> count{0, "count"};
  Sync::Atomic<int> came{0, "came"};
  explicit Counters(int) {}
  struct Increment {
    void operator()(Counters* counters) const {
      counters->CountUp();
      counters->came.store(1 + Sync::self(), memory_order_relaxed);
    }
  };
  void before() { Sync::interrupt(0, Increment{}, with(this)); }
  void CountUp() {
    if (kAtomic) {
      count.fetch_add(1, memory_order_relaxed);
    } else {
      const int old = count.load(memory_order_relaxed);
      count.store(old + 1, memory_order_relaxed);
    }
  }
  void thread(int) { CountUp(); }
  void after() { Sync::check(count.load() == 1 + came.load(), "a count was lost"); }
};

TEST(Interrupt, LosesAnUpdateInTwoHalves) {
  ExpectViolated<Counters<false>>(1, kNoFailedCheck);
  ExpectVerified<Counters<true>>(1, 3);
}

struct IsFree {
  bool operator()(int word) const { return word == 0; }
};
struct Take {
  int operator()(int) const { return 1; }
};

enum class How { kAwait, kSpin };

// An interrupt takes the lock that its thread may hold, unless that has switched interrupts off.
template <How kHow, bool kOff>
struct Locked {
  Sync::Atomic<int> lock{0, "lock"};
  Sync::Atomic<int> off[2];
  Sync::Var<int> data{0, "data"};
  explicit Locked(int) {}
  struct Handler {
    void operator()(Locked* shared) const {
      if (kOff && shared->off[Sync::self()].load(memory_order_relaxed) != 0) return;
      shared->Work();
    }
  };
  void before() { Sync::interrupt(0, Handler{}, with(this)); }
  void Work() {
    if (kHow == How::kAwait) {
      lock.await_update(IsFree{}, Take{}, with(), memory_order_acquire);
    } else {
      Sync::spin([&] {
        int expected = 0;
        return !lock.compare_exchange_strong(expected, 1, memory_order_acquire, memory_order_relaxed);
      });
    }
    data.set(data.get() + 1);
    lock.store(0, memory_order_release);
  }
  void thread(int i) {
    if (kOff) off[i].store(1, memory_order_relaxed);
    Work();
    if (kOff) off[i].store(0, memory_order_relaxed);
  }
};

TEST(Interrupt, WaitingForItsOwnThreadIsADeadlock) {
  ExpectViolated<Locked<How::kAwait, false>>(1, kNoStuckThread);
  ExpectViolated<Locked<How::kSpin, false>>(1, kNoStuckThread);
  ExpectViolated<Locked<How::kAwait, false>>(2, kNoStuckThread);
  ExpectViolated<Locked<How::kSpin, false>>(2, kNoStuckThread);
}

TEST(Interrupt, SwitchedOffThereIsNone) {
  // Six operations: 7 places, and never.
  ExpectVerified<Locked<How::kAwait, true>>(1, 8);
  ExpectVerified<Locked<How::kSpin, true>>(1, 8);
}

TEST(Interrupt, MayWaitForAnotherThread) {
  // Off: it looks at the flag and returns, in 5 of the places; or never. Each time two orders of the threads. In the
  // first or the last place it takes the lock: three critical sections, two of them thread 0's, in three orders.
  ExpectVerified<Locked<How::kAwait, true>>(2, 2 * (5 + 1) + 3 * 2);
  ExpectVerified<Locked<How::kSpin, true>>(2, 2 * (5 + 1) + 3 * 2);
}

// Thread 0 polls for what thread 1 writes.
template <bool kWritten>
struct PollsOne {
  Sync::Atomic<int> flag{0, "flag"};
  Sync::Atomic<int> poked{0, "poked"};
  explicit PollsOne(int) {}
  void before() { Sync::interrupt(0, Poke{}, with(&poked)); }
  void thread(int i) {
    if (i == 0) Sync::spin([&] { return flag.load() == 0; });
    if (i == 1 && kWritten) flag.store(1);
  }
};

TEST(Interrupt, BeforeOrAfterALoop) {
  ExpectVerified<PollsOne<true>>(2, 3);  // before, after, never
}

TEST(Interrupt, AThreadThatPollsForEverIsSeen) {
  const Report report = Check<PollsOne<false>>(2);
  EXPECT_EQ(report.executions, 0u);
  EXPECT_EQ(report.stuck, 2u);  // before, never
  ExpectViolated<PollsOne<false>>(2, kNoStuckThread);
}

struct SetBoth {
  void operator()(Sync::Atomic<int>* a, Sync::Atomic<int>* b) const {
    a->store(1);
    b->store(1);
  }
};

struct ReadsTwo {  // one iteration, which always succeeds
  Sync::Atomic<int> a{0, "a"};
  Sync::Atomic<int> b{0, "b"};
  Sync::Atomic<int> seen{0, "seen"};
  explicit ReadsTwo(int) {}
  void before() { Sync::interrupt(0, SetBoth{}, with(&a, &b)); }
  void thread(int) {
    int sum = 0;
    Sync::spin([&] {
      const int first = a.load();
      sum = 10 * first + b.load();
      return false;
    });
    seen.store(sum);
  }
};

TEST(Interrupt, WithinAnIteration) {
  std::set<Value> seen;
  ExploreOptions options;
  options.on_execution = [&](const Execution& execution) {
    for (std::size_t l = 0; l < execution.modification_order.size(); ++l) {
      if ((*execution.locations)[l].name != "seen") continue;
      seen.insert(execution.events[execution.modification_order[l].back()].written);
    }
  };
  EXPECT_EQ(Check<ReadsTwo>(1, options).executions, 5u);  // before each of the three operations, at the end, never
  EXPECT_EQ(seen, (std::set<Value>{0, 1, 11}));
}

struct PollsTwo {  // only the interrupt brings what it polls for
  Sync::Atomic<int> a{0, "a"};
  Sync::Atomic<int> b{0, "b"};
  explicit PollsTwo(int) {}
  void before() { Sync::interrupt(0, SetBoth{}, with(&a, &b)); }
  void thread(int) {
    Sync::spin([&] {
      const bool first = a.load() == 1;
      return b.load() == 0 || !first;
    });
  }
};

TEST(Interrupt, WithinAnIterationThatFailsAnotherOneFollows) {
  const Report report = Check<PollsTwo>(1);
  EXPECT_EQ(report.executions, 2u);  // before the loop; between the two reads of an iteration that fails
  EXPECT_EQ(report.stuck, 1u);       // never
}

// A loop, or what it stands for: its first few iterations as ordinary code, with an interrupt offered anywhere.
template <bool kUnrolled, class Body>
bool Loop(Body body) {
  if constexpr (kUnrolled) {
    for (int iteration = 0; iteration < 4; ++iteration) {
      if (!body()) return true;
    }
    return false;
  } else {
    Sync::spin(body);
    return true;
  }
}

constexpr int kGaveUp = 1000;

template <bool kUnrolled>
struct Polling {
  Sync::Atomic<int> a{0, "a"};
  Sync::Atomic<int> b{0, "b"};
  Sync::Atomic<int> word{0, "word"};
  Sync::Atomic<int> seen{0, "seen"};
  explicit Polling(int) {}
  struct Handler {
    void operator()(Polling* shared) const {
      shared->b.store(shared->a.load(memory_order_relaxed) + 2, memory_order_relaxed);
      shared->word.fetch_add(1, memory_order_relaxed);
    }
  };
  void before() { Sync::interrupt(0, Handler{}, with(this)); }
  void thread(int i) {
    if (i == 1) {
      a.store(1, memory_order_relaxed);
      word.fetch_add(1, memory_order_release);
      b.store(1, memory_order_relaxed);
      return;
    }
    int found = 0;
    const bool ended = Loop<kUnrolled>([&] {
      const int first = a.load(memory_order_relaxed);
      const int second = b.load(memory_order_relaxed);
      if (first == 0 && second < 2) return true;
      int old = word.load(memory_order_acquire);
      if (!word.compare_exchange_strong(old, old + 10, memory_order_relaxed)) return true;
      found = 1 + first + 3 * second + 20 * old;
      return false;
    });
    seen.store(ended ? found : kGaveUp);
  }
};

// The last values of all locations, in complete executions whose loop ended.
template <class Model>
std::set<std::vector<Value>> Outcomes(MemoryModel memory) {
  std::set<std::vector<Value>> outcomes;
  ExploreOptions options;
  options.memory = memory;
  options.on_execution = [&](const Execution& execution) {
    if (!execution.Complete()) return;
    std::vector<Value> last;
    for (const std::vector<EventId>& mo : execution.modification_order) {
      last.push_back(execution.events[mo.back()].written);
    }
    if (std::find(last.begin(), last.end(), Value{kGaveUp}) == last.end()) outcomes.insert(last);
  };
  ModelSubject<Model, int> subject(2, 2);
  EXPECT_TRUE(Explore(subject, {}, options).exhausted);
  return outcomes;
}

TEST(Interrupt, ALoopIsAsItsIterations) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    const std::set<std::vector<Value>> expected = Outcomes<Polling<true>>(memory);
    EXPECT_GT(expected.size(), 10u);
    EXPECT_EQ(Outcomes<Polling<false>>(memory), expected) << Name(memory);
  }
}

struct Endless {
  Sync::Atomic<int> word{0, "word"};
  Sync::Atomic<int> poked{0, "poked"};
  explicit Endless(int) {}
  void before() { Sync::interrupt(0, Poke{}, with(&poked)); }
  void thread(int) {
    Sync::forever([&] { word.store(1); });
  }
};

TEST(Interrupt, InARoundOfForever) {
  const Report report = Check<Endless>(1);
  EXPECT_EQ(report.verdict, Verdict::kVerifiedWithinBounds);
  EXPECT_EQ(report.executions, 3u);  // in one of two rounds, never
}

struct Updates {
  Sync::Atomic<int> word{0, "word"};
  Sync::Atomic<int> came{0, "came"};
  explicit Updates(int) {}
  struct CountUp {
    void operator()(Updates* updates) const {
      updates->word.update([](int old) { return old + 1; }, with(), memory_order_relaxed);
      updates->came.store(1, memory_order_relaxed);
    }
  };
  void before() { Sync::interrupt(0, CountUp{}, with(this)); }
  void thread(int) {
    word.update([](int old) { return old + 1; }, with(), memory_order_relaxed);
  }
  void after() { Sync::check(word.load() == 1 + came.load(), "nothing is lost"); }
};

TEST(Interrupt, WithinAnExpandedUpdate) {
  ExpectVerified<Updates>(1, 3);
  ExploreOptions options;
  options.expand_updates = true;
  const Report report = Check<Updates>(1, options);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.executions, 4u);  // also between the load and the compare-exchange, which then fails
}

template <class Model>
std::string ErrorOf() {
  ModelSubject<Model, int> subject(0, 1);
  try {
    return std::string("no error: ") + Name(Explore(subject, {}, ExploreOptions{}).verdict);
  } catch (const ModelError& error) {
    return error.what();
  }
}

struct OfNobody {
  Sync::Atomic<int> word{0, "word"};
  explicit OfNobody(int) {}
  void before() { Sync::interrupt(1, Poke{}, with(&word)); }
  void thread(int) { word.load(); }
};

struct DeclaredTooLate {
  Sync::Atomic<int> word{0, "word"};
  explicit DeclaredTooLate(int) {}
  void thread(int) {
    word.load();
    Sync::interrupt(0, Poke{}, with(&word));
  }
};

struct NeverReturns {
  Sync::Atomic<int> word{0, "word"};
  explicit NeverReturns(int) {}
  struct Handler {
    void operator()(Sync::Atomic<int>* polled) const {
      Sync::forever([polled] { polled->load(); });
    }
  };
  void before() { Sync::interrupt(0, Handler{}, with(&word)); }
  void thread(int) { word.load(); }
};

TEST(Interrupt, Misuse) {
  EXPECT_NE(ErrorOf<OfNobody>().find("interrupt() of thread 1; the model's threads are 0 to 0"), std::string::npos);
  EXPECT_NE(ErrorOf<OfNobody>().find("interrupt_test.cc:"), std::string::npos);
  EXPECT_NE(ErrorOf<DeclaredTooLate>().find("interrupt() outside of before()"), std::string::npos);
  EXPECT_NE(ErrorOf<NeverReturns>().find("forever in an interrupt"), std::string::npos);
}

}  // namespace
}  // namespace doorway

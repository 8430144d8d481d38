// What the explorer finds and how it says so, on programs small enough to count by hand.

#include "harness/explore/explore.h"

#include <gtest/gtest.h>

#include <string>

#include "harness/explore/replay.h"
#include "harness/graph/trace.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;

template <class Model>
Report Check(int threads, MemoryModel memory, ExploreOptions options = {}) {
  options.memory = memory;
  ModelSubject<Model, int> subject(threads, threads);
  return Explore(subject, {}, options);
}

template <class Model>
void ExpectViolated(int threads, MemoryModel memory, std::string_view claim, const std::string& sentence) {
  const Report report = Check<Model>(threads, memory);
  ASSERT_EQ(report.verdict, Verdict::kViolated);
  ASSERT_NE(report.Find(claim), nullptr);
  ASSERT_TRUE(report.Find(claim)->evidence.has_value()) << claim << " holds";
  const Evidence& evidence = *report.Find(claim)->evidence;
  EXPECT_NE(evidence.finding.sentence.find(sentence), std::string::npos) << evidence.finding.sentence;

  // Told as a trace, it replays.
  ExploreOptions options;
  options.memory = memory;
  ModelSubject<Model, int> subject(threads, threads);
  const Report replayed = ReplayTrace(subject, {}, ToTrace(evidence.execution), options);
  ASSERT_TRUE(replayed.Find(claim)->evidence.has_value()) << claim << " is not violated in the replay";
  EXPECT_EQ(replayed.Find(claim)->evidence->finding.sentence, evidence.finding.sentence);
}

// Message passing: `kFlag` is the order of the store and the load of the flag.
template <bool kOrdered>
struct MessagePassing {
  Sync::Atomic<int> flag{0, "flag"};
  Sync::Var<int> data{0, "data"};
  explicit MessagePassing(int) {}
  void thread(int i) {
    if (i == 0) {
      data.set(42);
      flag.store(1, kOrdered ? memory_order_release : memory_order_relaxed);
    } else if (flag.load(kOrdered ? memory_order_acquire : memory_order_relaxed) == 1) {
      Sync::check(data.get() == 42, "the message is there");
    }
  }
};

TEST(Explore, MessagePassing) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    const Report report = Check<MessagePassing<true>>(2, memory);
    EXPECT_EQ(report.verdict, Verdict::kVerified);
    EXPECT_EQ(report.executions, 2u);
    EXPECT_TRUE(report.exhausted);
    // A race is one of the orders as written, under SC too.
    ExpectViolated<MessagePassing<false>>(2, memory, kNoDataRace, "'data'");
  }
}

// Thread 1 fails right after an update that is only ever added as a rival of thread 0's: the execution in which it
// comes first is reached by a revisit alone.
struct FailsIfFirst {
  Sync::Atomic<int> word{0, "word"};
  explicit FailsIfFirst(int) {}
  void thread(int i) {
    const int before = word.exchange(1 + i, memory_order_relaxed);
    Sync::check(i == 0 || before != 0, "thread 1 comes second");
  }
};

// The same, where the revisited thread then waits.
struct FailsIfFirstAndOthersWait {
  struct IsEven {
    constexpr bool operator()(int value) const { return value % 2 == 0; }
  };
  struct AddTwo {
    constexpr int operator()(int value) const { return value + 2; }
  };
  Sync::Atomic<int> word{0, "word"};
  explicit FailsIfFirstAndOthersWait(int) {}
  void thread(int i) {
    if (i == 0) {
      word.await_update(IsEven{}, AddTwo{}, with(), memory_order_relaxed);
    } else {
      const int before = word.fetch_add(1, memory_order_relaxed);
      Sync::check(before != 0, "thread 1 comes second");
    }
  }
};

TEST(Explore, ACheckThatFailsAfterARivalUpdate) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    ExpectViolated<FailsIfFirst>(2, memory, kNoFailedCheck, "thread 1 comes second");
    ExpectViolated<FailsIfFirstAndOthersWait>(2, memory, kNoFailedCheck, "thread 1 comes second");
  }
}

TEST(Explore, FailedCheckNeedsTheStaleRead) {
  ExploreOptions options;
  options.stop_at = std::string(kNoFailedCheck);
  const Report weak = Check<MessagePassing<false>>(2, MemoryModel::kRc11, options);
  EXPECT_EQ(weak.Find(kNoFailedCheck)->verdict, Verdict::kViolated);
  const Report strong = Check<MessagePassing<false>>(2, MemoryModel::kSc, options);
  EXPECT_NE(strong.Find(kNoFailedCheck)->verdict, Verdict::kViolated);
}

struct WritesAtLast {  // the later write completes the race: it must have its place in the trace
  Sync::Atomic<int> flag{0, "flag"};
  Sync::Var<int> data{0, "data"};
  explicit WritesAtLast(int) {}
  void thread(int i) {
    if (i == 0) {
      data.get();
      flag.store(1, memory_order_relaxed);
    } else if (flag.load(memory_order_relaxed) == 1) {
      data.set(2);
    }
  }
};

TEST(Explore, RacesReplay) {
  ExpectViolated<WritesAtLast>(2, MemoryModel::kSc, kNoDataRace, "thread 0 reads 'data' and thread 1 writes it");
  ExpectViolated<WritesAtLast>(2, MemoryModel::kRc11, kNoDataRace, "thread 0 reads 'data' and thread 1 writes it");
}

struct LostWakeUp {  // tests, then sleeps; the other wakes before that
  Sync::Atomic<int> ready{0, "ready"};
  Sync::Atomic<int> asleep{0, "asleep"};
  explicit LostWakeUp(int) {}
  void thread(int i) {
    if (i == 0) {
      if (ready.load() != 0) return;
      asleep.store(1);
      asleep.await([](int value) { return value == 0; }, with());
    } else {
      ready.store(1);
      asleep.store(0);
    }
  }
};

TEST(Explore, LostWakeUpIsStuck) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    ExpectViolated<LostWakeUp>(2, memory, kNoStuckThread, "thread 0 waits for ever");
  }
}

struct SpinningLostWakeUp {  // the same, polled
  Sync::Atomic<int> ready{0, "ready"};
  Sync::Atomic<int> asleep{0, "asleep"};
  explicit SpinningLostWakeUp(int) {}
  void thread(int i) {
    if (i == 0) {
      if (ready.load() != 0) return;
      asleep.store(1);
      Sync::spin([&] { return asleep.load() != 0; });
    } else {
      ready.store(1);
      asleep.store(0);
    }
  }
};

TEST(Explore, VerdictsDoNotDependOnHowAWaitIsSpelt) {
  ExpectViolated<SpinningLostWakeUp>(2, MemoryModel::kRc11, kNoStuckThread, "thread 0 waits for ever");
}

struct WeakSpin {  // only a spurious failure, which does not go on for ever, makes it wait
  Sync::Atomic<int> word{0, "word"};
  explicit WeakSpin(int) {}
  void thread(int) {
    Sync::spin([&] {
      int expected = 0;
      return !word.compare_exchange_weak(expected, 1);
    });
    word.store(0);
  }
};

TEST(Explore, SpuriousFailureIsNoDeadlock) {
  const Report report = Check<WeakSpin>(2, MemoryModel::kRc11);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.executions, 2u);
}

struct WeakOnce {
  Sync::Atomic<int> word{0, "word"};
  explicit WeakOnce(int) {}
  void thread(int) {
    int expected = 0;
    word.compare_exchange_weak(expected, 1);
  }
};

TEST(Explore, WeakCompareExchangeMayFailSpuriously) { EXPECT_EQ(Check<WeakOnce>(1, MemoryModel::kSc).executions, 2u); }

struct Narrow {
  Sync::Atomic<std::uint8_t> byte{255, "byte"};
  Sync::Atomic<std::int32_t> word{-1, "word"};
  explicit Narrow(int) {}
  void thread(int) {
    byte.fetch_add(1);
    Sync::check(byte.load() == 0, "a byte wraps");
    word.fetch_add(1);
    Sync::check(word.load() == 0, "-1 + 1 is 0 in 32 bits");
  }
};

TEST(Explore, ValuesAreTruncatedToTheirWidth) {
  EXPECT_EQ(Check<Narrow>(1, MemoryModel::kSc).verdict, Verdict::kVerified);
}

struct Choices {
  Sync::Atomic<int> word{0, "word"};
  explicit Choices(int) {}
  void thread(int) { word.store(Sync::choose(3) + 3 * Sync::choose(2)); }
};

TEST(Explore, EveryChoiceIsExplored) { EXPECT_EQ(Check<Choices>(1, MemoryModel::kRc11).executions, 6u); }

struct Joined {
  Sync::Var<int> sum{0, "sum"};
  Sync::Atomic<int> word{0, "word"};
  explicit Joined(int) {}
  void thread(int) {
    if (word.fetch_add(1, memory_order_relaxed) == 1) sum.set(1);
  }
  void after() {
    Sync::check(word.load(memory_order_relaxed) == 2, "after() comes after all");
    sum.set(sum.get() + 1);
  }
};

TEST(Explore, AfterComesLastAndSeesAll) {
  const Report report = Check<Joined>(2, MemoryModel::kRc11);
  EXPECT_EQ(report.Find(kNoFailedCheck)->verdict, Verdict::kVerified);
}

struct Server {
  Sync::Atomic<int> request{0, "request"};
  Sync::Atomic<int> answer{0, "answer"};
  explicit Server(int) {}
  bool daemon(int i) const { return i == 1; }
  void thread(int i) {
    if (i == 0) {
      request.store(1, memory_order_release);
      answer.await([](int value) { return value == 1; }, with(), memory_order_acquire);
    } else {
      request.await([](int value) { return value == 1; }, with(), memory_order_acquire);
      answer.store(1, memory_order_release);
      request.await([](int value) { return value == 2; }, with(), memory_order_acquire);
    }
  }
};

TEST(Explore, ADaemonMayWaitForEver) {
  const Report report = Check<Server>(2, MemoryModel::kRc11);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.executions, 1u);
}

struct Endless {
  Sync::Atomic<int> lock{0, "lock"};
  explicit Endless(int) {}
  void thread(int) {
    Sync::forever([&] {
      lock.await_update([](int value) { return value == 0; }, [](int) { return 1; }, with(), memory_order_acquire);
      lock.store(0, memory_order_release);
    });
  }
};

TEST(Explore, ForeverIsABoundAndSaysSo) {
  ExploreOptions options;
  options.forever_rounds = 2;
  const Report report = Check<Endless>(2, MemoryModel::kRc11, options);
  EXPECT_EQ(report.verdict, Verdict::kVerifiedWithinBounds);
  EXPECT_EQ(report.executions, 6u);  // 4! / (2! 2!) orders of entering
  ASSERT_EQ(report.bounds_hit.size(), 1u);
  EXPECT_EQ(report.bounds_hit[0], "forever loops: 2 rounds");
}

struct WaitsForAnotherRound {
  Sync::Atomic<int> rounds{0, "rounds"};
  explicit WaitsForAnotherRound(int) {}
  void thread(int i) {
    if (i == 0) {
      Sync::forever([&] { rounds.fetch_add(1); });
    } else {
      rounds.await([](int value) { return value >= 5; }, with());
    }
  }
};

TEST(Explore, WaitingForAFurtherRoundIsABoundNotADeadlock) {
  const Report report = Check<WaitsForAnotherRound>(2, MemoryModel::kSc);
  EXPECT_EQ(report.verdict, Verdict::kVerifiedWithinBounds);
}

struct Slot {
  Sync::Atomic<int> value{7, "value"};
};
template <bool kWaits>
struct Reclaimed {
  Sync::Storage<Slot> storage;
  Sync::Atomic<Slot*> head{nullptr, "head"};
  Sync::Atomic<int> done{0, "done"};
  Slot* slot = nullptr;
  explicit Reclaimed(int) {
    slot = storage.construct();
    head.store(slot);
  }
  void thread(int i) {
    if (i == 0) {
      Slot* mine = head.load(memory_order_acquire);
      if (mine != nullptr) mine->value.load(memory_order_relaxed);
      done.store(1, memory_order_release);
    } else {
      head.store(nullptr, memory_order_relaxed);
      if (kWaits) done.await([](int value) { return value == 1; }, with(), memory_order_acquire);
      storage.destroy(slot);
    }
  }
};

TEST(Explore, UseAfterFree) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    EXPECT_EQ(Check<Reclaimed<true>>(2, memory).verdict, Verdict::kVerified);
    ExpectViolated<Reclaimed<false>>(2, memory, kNoUseAfterFree, "destroys it");
  }
}

struct NodeOfAThread {  // a node on a thread's stack, reached by another through a pointer
  struct Node {
    Sync::Atomic<int> ready{0, "ready"};
  };
  Sync::Atomic<Node*> published{nullptr, "published"};
  explicit NodeOfAThread(int) {}
  void thread(int i) {
    if (i == 0) {
      Node mine;
      published.store(&mine, memory_order_release);
      mine.ready.await([](int value) { return value == 1; }, with(), memory_order_acquire);
    } else {
      Node* other = published.await([](Node* node) { return node != nullptr; }, with(), memory_order_acquire);
      other->ready.store(1, memory_order_release);
    }
  }
};

TEST(Explore, ObjectsOfOtherThreads) {
  EXPECT_EQ(Check<NodeOfAThread>(2, MemoryModel::kSc).verdict, Verdict::kVerified);
  EXPECT_EQ(Check<NodeOfAThread>(2, MemoryModel::kRc11).verdict, Verdict::kVerified);
}

struct Spawning {  // a parent that hands out work, and a child that it forgets to join
  static constexpr int kSpawns = 2;
  Sync::Var<int> slots[2]{};
  Sync::Atomic<int> stop{0, "stop"};
  const bool joins;
  explicit Spawning(int variant) : joins(variant == 1) {
    slots[0].set(0);
    slots[1].set(0);
  }
  struct Fill {
    void operator()(Sync::Var<int>* slot, int value) const { slot->set(value); }
  };
  void thread(int) {
    const Sync::Thread first = Sync::spawn(Fill{}, with(&slots[0], 1));
    const Sync::Thread second = Sync::spawn(Fill{}, with(&slots[1], 2));
    Sync::join(first);
    if (joins) Sync::join(second);
    Sync::check(slots[0].get() + slots[1].get() == 3, "both slots are filled");
  }
};

TEST(Explore, SpawnAndJoin) {
  for (const bool joins : {true, false}) {
    ModelSubject<Spawning, int> subject(joins ? 1 : 0, 1);
    const Report report = Explore(subject, {}, ExploreOptions{});
    EXPECT_EQ(report.verdict, joins ? Verdict::kVerified : Verdict::kViolated);
    if (joins) {
      EXPECT_EQ(report.executions, 1u);
    } else {
      EXPECT_EQ(report.Find(kNoDataRace)->verdict, Verdict::kViolated);
    }
  }
}

struct NeverSpawning {
  static constexpr int kSpawns = 3;
  Sync::Atomic<int> word{0, "word"};
  explicit NeverSpawning(int) {}
  void thread(int) { word.fetch_add(1); }
};

TEST(Explore, AThreadThatNobodySpawnsIsNotStuck) {
  const Report report = Check<NeverSpawning>(2, MemoryModel::kRc11);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_EQ(report.executions, 2u);
}

struct Increments {
  Sync::Atomic<int> word{0, "word"};
  explicit Increments(int) {}
  void thread(int) {
    word.fetch_add(1, memory_order_relaxed);
    word.fetch_add(1, memory_order_relaxed);
  }
};

TEST(Explore, BudgetsAreNeverVerified) {
  ExploreOptions options;
  options.max_executions = 10;
  const Report report = Check<Increments>(3, MemoryModel::kRc11, options);
  EXPECT_EQ(report.verdict, Verdict::kUnknown);
  EXPECT_FALSE(report.exhausted);
  EXPECT_EQ(report.executions, 10u);
  ASSERT_EQ(report.bounds_hit.size(), 1u);
  EXPECT_EQ(report.bounds_hit[0], "max-executions: 10");

  std::atomic<bool> interrupted{true};
  ExploreOptions stopped;
  stopped.interrupted = &interrupted;
  EXPECT_EQ(Check<Increments>(3, MemoryModel::kRc11, stopped).verdict, Verdict::kUnknown);
}

TEST(Explore, CountsOfThePublishedKind) {
  EXPECT_EQ(Check<Increments>(3, MemoryModel::kSc).executions, 90u);
  EXPECT_EQ(Check<Increments>(3, MemoryModel::kRc11).executions, 90u);
}

TEST(Explore, NativeCodeRunsRarely) { EXPECT_LT(Check<Increments>(4, MemoryModel::kRc11).native_runs, 200u); }

TEST(Replay, AnotherModelIsNoticed) {
  ModelSubject<LostWakeUp, int> subject(2, 2);
  const Report report = Explore(subject, {}, ExploreOptions{});
  Trace trace = ToTrace(report.Find(kNoStuckThread)->evidence->execution);
  ModelSubject<Increments, int> other(2, 2);
  EXPECT_THROW(ReplayTrace(other, {}, trace, ExploreOptions{}), ReplayMismatch);
  trace.steps[0].line += 1;
  ModelSubject<LostWakeUp, int> same(2, 2);
  EXPECT_THROW(ReplayTrace(same, {}, trace, ExploreOptions{}), ReplayMismatch);
}

TEST(Replay, AnExecutionThatTheMemoryModelForbidsIsNoticed) {
  ModelSubject<MessagePassing<false>, int> subject(2, 2);
  ExploreOptions options;
  options.stop_at = std::string(kNoFailedCheck);
  const Report report = Explore(subject, {}, options);
  const Trace trace = ToTrace(report.Find(kNoFailedCheck)->evidence->execution);
  ModelSubject<MessagePassing<false>, int> again(2, 2);
  options.memory = MemoryModel::kSc;
  EXPECT_THROW(ReplayTrace(again, {}, trace, options), ReplayMismatch);
}

}  // namespace
}  // namespace doorway

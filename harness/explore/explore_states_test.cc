// What the state explorer finds and how it says so, on programs small enough to think through by hand.

#include "harness/explore/explore_states.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/lasso_closes.h"
#include "harness/explore/states_checked.h"
#include "harness/graph/trace.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;

// ---- States ----

struct FailsAtOnce {
  explicit FailsAtOnce(int) {}
  void thread(int /*i*/) {
    Sync::check(false, "never");
    x.store(1, memory_order_relaxed);
  }
  Sync::Atomic<int> x{0, "x"};
};

TEST(ExploreStates, ACheckThatFailsBeforeAnyOperation) {
  ExpectViolated(Check<FailsAtOnce>(1), kNoFailedCheck, "thread 0: check failed: never");
}

TEST(ExploreStates, ALoopIsClosed) {
  const Report report = Check<Toggles>(1);
  EXPECT_EQ(report.verdict, Verdict::kVerified);
  EXPECT_TRUE(report.exhausted);
  EXPECT_EQ(report.states, 2u);
  EXPECT_EQ(report.transitions, 2u);
}

TEST(ExploreStates, AFullStoreBufferIsABound) {
  const Report report = CheckUnder<Toggles>(MemoryModel::kTso, 1);
  EXPECT_EQ(report.verdict, Verdict::kVerifiedWithinBounds);
  EXPECT_TRUE(HitBound(report, "store buffers of 4 stores"));
}

struct Forgets {  // what it reads makes no difference to what it does
  Sync::Atomic<int> x{0, "x"};
  explicit Forgets(int) {}
  void thread(int i) {
    Sync::forever([this, i] {
      if (i == 0) {
        x.update([](int value) { return (value + 1) % 8; }, with());
      } else {
        [[maybe_unused]] volatile int read = x.load();
        x.load();
      }
    });
  }
};

TEST(ExploreStates, AValueThatIsNoLongerNeededMakesNoState) { EXPECT_EQ(Check<Forgets>(2).states, 8u * 2u); }

// ---- Memory models ----

struct StoreBuffering {
  Sync::Atomic<int> x{0, "x"}, y{0, "y"}, seen_x{1, "seen_x"}, seen_y{1, "seen_y"};
  explicit StoreBuffering(int) {}
  void thread(int i) {
    if (i == 0) {
      x.store(1, memory_order_release);
      seen_y.store(y.load(memory_order_acquire), memory_order_relaxed);
    } else {
      y.store(1, memory_order_release);
      seen_x.store(x.load(memory_order_acquire), memory_order_relaxed);
    }
  }
  void after() { Sync::check(seen_x.load() + seen_y.load() != 0, "somebody sees a store"); }
};

TEST(ExploreStates, StoreBuffering) {
  EXPECT_EQ(CheckUnder<StoreBuffering>(MemoryModel::kSc, 2).verdict, Verdict::kVerified);
  ExpectViolated(CheckUnder<StoreBuffering>(MemoryModel::kTso, 2), kNoFailedCheck, "somebody sees a store");
}

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

TEST(ExploreStates, RacesAreOfTheOrdersAsWritten) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    const Report ordered = CheckUnder<MessagePassing<true>>(memory, 2);
    EXPECT_EQ(ordered.verdict, Verdict::kVerified);
    EXPECT_FALSE(ordered.Find(kNoDataRace)->vacuous());
    const Report relaxed = CheckUnder<MessagePassing<false>>(memory, 2);
    ExpectViolated(relaxed, kNoDataRace, "thread 0 writes 'data' and thread 1 reads it, in no order");
    EXPECT_FALSE(relaxed.Find(kNoFailedCheck)->evidence.has_value());
  }
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
      head.store(nullptr, memory_order_release);
      if (kWaits) done.await([](int value) { return value == 1; }, with(), memory_order_acquire);
      storage.destroy(slot);
    }
  }
};

TEST(ExploreStates, UseAfterFree) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    EXPECT_EQ(CheckUnder<Reclaimed<true>>(memory, 2).verdict, Verdict::kVerified);
    const Report report = CheckUnder<Reclaimed<false>>(memory, 2);
    EXPECT_EQ(report.verdict, Verdict::kViolated);
    EXPECT_TRUE(report.Find(kNoUseAfterFree)->evidence.has_value());
  }
}

// ---- Waits ----

struct IsFree {
  bool operator()(int held) const { return held == 0; }
};
struct Take {
  int operator()(int /*held*/) const { return 1; }
};

struct TwoLocks {  // taken in opposite orders, again and again
  Sync::Atomic<int> a{0, "a"}, b{0, "b"};
  explicit TwoLocks(int) {}
  void thread(int i) {
    auto& first = i == 0 ? a : b;
    auto& second = i == 0 ? b : a;
    Sync::forever([&] {
      first.await_update(IsFree{}, Take{}, with(), memory_order_acquire);
      second.await_update(IsFree{}, Take{}, with(), memory_order_acquire);
      second.store(0, memory_order_release);
      first.store(0, memory_order_release);
    });
  }
};

TEST(ExploreStates, Deadlock) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    ExpectViolated(CheckUnder<TwoLocks>(memory, 2), kNoStuckThread, "wait");
  }
}

enum class Waits { kAwait, kSpin, kWeakSpin };

template <Waits kHow>
struct TestAndSet {
  Sync::Atomic<int> held{0, "held"};
  Sync::Atomic<int> arrivals{0, "arrivals"};
  explicit TestAndSet(int) {}
  void thread(int i) {
    Sync::forever([this, i] {
      arrivals.store(0, memory_order_relaxed);
      Sync::tag(notes::kDoorway, i);
      if (kHow == Waits::kAwait) {
        held.await_update(IsFree{}, Take{}, with(), memory_order_acquire);
      } else {
        Sync::spin([this] {
          int free = 0;
          return kHow == Waits::kSpin ? !held.compare_exchange_strong(free, 1) : !held.compare_exchange_weak(free, 1);
        });
      }
      Sync::tag(notes::kAdmit, i);
      held.store(0, memory_order_release);
    });
  }
};

template <Waits kHow>
void ExpectOnlyWeaklyUnfair() {
  const ClaimResult weak = ServedUnder<TestAndSet<kHow>>(Fairness::kWeak, 2);
  ASSERT_EQ(weak.verdict, Verdict::kViolated);
  EXPECT_EQ(weak.kind, Property::Kind::kLiveness);
  ASSERT_TRUE(weak.evidence->lasso.has_value());
  const Lasso& lasso = *weak.evidence->lasso;
  const int other = 1 - lasso.starved;
  EXPECT_TRUE(lasso.starved == 0 || lasso.starved == 1);
  EXPECT_NE(std::find(lasso.running.begin(), lasso.running.end(), other), lasso.running.end());
  EXPECT_LT(lasso.cycle_begins, weak.evidence->execution.events.size());
  EXPECT_NE(weak.evidence->finding.sentence.find("waits for ever, while thread"), std::string::npos);
  EXPECT_EQ(ServedUnder<TestAndSet<kHow>>(Fairness::kStrong, 2).verdict, Verdict::kVerified);
  // It is an infinite run of the program; what is not one is told apart from it.
  const std::vector<Event>& events = weak.evidence->execution.events;
  const auto initial = static_cast<std::size_t>(
      std::count_if(events.begin(), events.end(), [](const Event& event) { return event.kind == EventKind::kInit; }));
  const std::size_t begins = lasso.cycle_begins - initial;
  Trace trace = ToTrace(weak.evidence->execution);
  ModelSubject<TestAndSet<kHow>, int> subject(2, 2);
  EXPECT_EQ(WhyLassoIsOpen(subject, trace, begins), std::nullopt);
  const std::optional<std::string> early = WhyLassoIsOpen(subject, trace, 0);
  ASSERT_TRUE(early.has_value());
  EXPECT_NE(early->find("in turn 2 of the cycle, at step 1: thread "), std::string::npos) << *early;
  const std::optional<std::string> ends = WhyLassoIsOpen(subject, trace, trace.steps.size());
  ASSERT_TRUE(ends.has_value());
  EXPECT_NE(ends->find("the run does not end there: thread "), std::string::npos) << *ends;
  trace.steps[begins].line += 1;
  EXPECT_NE(WhyLassoIsOpen(subject, trace, begins), std::nullopt);
}

TEST(ExploreStates, ATestAndSetLockStarvesUnderWeakFairnessOnly) { ExpectOnlyWeaklyUnfair<Waits::kAwait>(); }
TEST(ExploreStates, HoweverTheWaitIsSpelt) { ExpectOnlyWeaklyUnfair<Waits::kSpin>(); }

TEST(ExploreStates, AWeakExchangeDoesNotFailForEver) {
  ExpectOnlyWeaklyUnfair<Waits::kWeakSpin>();
  EXPECT_EQ(ServedUnder<TestAndSet<Waits::kWeakSpin>>(Fairness::kWeak, 1).verdict, Verdict::kVerified);
}

struct Ticket {  // modulo 4
  Sync::Atomic<int> next{0, "next"}, serving{0, "serving"};
  explicit Ticket(int) {}
  void thread(int i) {
    Sync::forever([this, i] {
      const int mine = next.update([](int ticket) { return (ticket + 1) % 4; }, with(), memory_order_relaxed);
      Sync::tag(notes::kDoorway, i);
      serving.await([](int now, int ticket) { return now == ticket; }, with(mine), memory_order_acquire);
      Sync::tag(notes::kAdmit, i);
      serving.store((mine + 1) % 4, memory_order_release);
    });
  }
};

TEST(ExploreStates, ATicketLockServesEverybody) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    for (const Fairness fairness : {Fairness::kWeak, Fairness::kStrong}) {
      StateOptions options;
      options.memory = memory;
      options.fairness = fairness;
      const Report report = Check<Ticket>(3, options, {kServed});
      EXPECT_EQ(report.verdict, Verdict::kVerified);
      EXPECT_GT(report.Find("served")->antecedents, 0u);
    }
  }
}

struct Abandoned {  // asks, and is not answered; the run stops
  Sync::Atomic<int> x{0, "x"};
  explicit Abandoned(int) {}
  void thread(int) {
    x.load();
    Sync::tag(notes::kDoorway, 0);
  }
};

TEST(ExploreStates, ARunThatStopsIsARun) {
  const ClaimResult served = ServedUnder<Abandoned>(Fairness::kStrong, 1);
  ASSERT_EQ(served.verdict, Verdict::kViolated);
  EXPECT_EQ(served.evidence->finding.sentence, "thread 0 waits for ever: nobody can take a step");
  EXPECT_FALSE(served.evidence->lasso.has_value());
}

// ---- Bad models ----

template <class Model>
std::string ErrorOf(int threads = 1, const std::vector<Response>& responses = {}, const StateOptions& options = {}) {
  try {
    return std::string("no error: ") + Name(Check<Model>(threads, options, responses).verdict);
  } catch (const ModelError& error) {
    return error.what();
  }
}

struct Remembers {
  static constexpr int kLine = __LINE__ + 5;
  Sync::Atomic<int> x{0, "x"};
  explicit Remembers(int) {}
  void thread(int) {
    int rounds = 0;
    Sync::forever([&] { x.store(++rounds); });
  }
};

TEST(ExploreStates, ALocalThatSurvivesAnIterationIsAnError) {
  const std::string error = ErrorOf<Remembers>();
  EXPECT_NE(error.find("an iteration of forever changed a local variable that outlives it"), std::string::npos)
      << error;
  EXPECT_NE(error.find("explore_states_test.cc:" + std::to_string(Remembers::kLine)), std::string::npos) << error;
}

struct DoesNothing {
  Sync::Atomic<int> x{0, "x"};
  explicit DoesNothing(int) {}
  void thread(int) {
    x.load();
    Sync::forever([] {});
  }
};

TEST(ExploreStates, AnIterationWithoutAnOperationIsAnError) {
  const std::string error = ErrorOf<DoesNothing>();
  EXPECT_NE(error.find("an iteration of forever without an operation"), std::string::npos) << error;
}

TEST(ExploreStates, ManyMonitorsAreAnError) {
  StateOptions options;
  options.symmetry = SymmetryUse::kOff;  // else they are followed one after another
  const std::string error = ErrorOf<Toggles>(13, {kServed, kServed, kServed, kServed, kServed}, options);
  EXPECT_NE(error.find("more than 64 monitors"), std::string::npos) << error;
}

}  // namespace
}  // namespace doorway

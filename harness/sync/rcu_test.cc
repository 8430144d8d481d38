#include "harness/sync/rcu.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string_view>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/explore/explore_states.h"
#include "harness/sync/model_sync.h"
#include "harness/sync/per_thread_rcu.h"

// RCU, by the litmus tests that the Linux kernel memory model is known by (Alglave et al., "Frightening Small Children
// and Disconcerting Grown-ups", 2018): what a grace period orders, what it waits for, and each order of it weakened.

namespace doorway {
namespace {

using S = ModelSync;
struct NoConfig {};
constexpr auto kRelaxed = std::memory_order_relaxed;

template <class Model>
Report Run(int threads, MemoryModel memory) {
  ModelSubject<Model, NoConfig> subject({}, threads);
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  return Explore(subject, {}, options);
}

template <class Model>
Verdict VerdictOf(int threads, std::string_view claim, MemoryModel memory) {
  const Report report = Run<Model>(threads, memory);
  const ClaimResult* const result = report.Find(claim);
  return result == nullptr ? Verdict::kUnknown : result->verdict;
}

template <class Model>
void ExpectVerified(int threads) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    EXPECT_EQ(Run<Model>(threads, memory).verdict, Verdict::kVerified) << Name(memory);
  }
}

template <class Model>
void ExpectViolated(int threads, std::string_view claim) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    EXPECT_EQ(VerdictOf<Model>(threads, claim, memory), Verdict::kViolated) << Name(memory);
  }
}

// The right one, and each order of it weakened, or a step left out.
using Right = Rcu<S>;
struct EntersRelaxed : Rcu<S> {
  void read_lock() { word_.update(Enter{}, unseen, with(Self()), kRelaxed); }
};
struct LeavesRelaxed : Rcu<S> {
  void read_unlock() { word_.update(Leave{}, unseen, with(Self()), kRelaxed); }
};
struct BeginsRelaxed : Rcu<S> {
  void synchronize() {
    word_.update(BeginGracePeriod{}, unseen, with(), kRelaxed);
    await_end();
  }
};
struct EndsRelaxed : Rcu<S> {
  void synchronize() {
    begin();
    word_.await(IsOver{}, unseen, with(), kRelaxed);
  }
};
struct WaitsForNobody : Rcu<S> {
  void synchronize() {}
};
// Asks who is in, and does not say that it has asked.
struct OnlyLooks : Rcu<S> {
  void synchronize() { word_.await(IsEmpty{}, unseen, with(), std::memory_order_acquire); }
  struct IsEmpty {
    constexpr bool operator()(std::uint32_t word) const { return word == 0; }
  };
};

// The one with a word for each thread, and what it does without.
struct PerThread : PerThreadRcu<S> {
  PerThread() : PerThreadRcu<S>(3, 3) {}
};
struct NoReaderFence : PerThread {
  void read_lock() { step(std::memory_order_release); }
};
struct EntersRelaxedPerThread : PerThread {
  void read_lock() {
    step(kRelaxed);
    full_fence();
  }
};
struct NoWriterFence : PerThread {
  void synchronize() {
    for (int thread = 0; thread < threads_; ++thread) {
      const std::uint32_t seen = words_[thread].load(std::memory_order_acquire);
      if (seen % 2 != 0) words_[thread].await(IsAnother{}, unseen, with(seen), std::memory_order_acquire);
    }
  }
};
struct UnlocksRelaxed : PerThread {
  void read_unlock() { step(kRelaxed); }
};
struct LooksRelaxed : PerThread {
  void synchronize() {
    full_fence();
    for (int thread = 0; thread < threads_; ++thread) {
      const std::uint32_t seen = words_[thread].load(kRelaxed);
      if (seen % 2 != 0) words_[thread].await(IsAnother{}, unseen, with(seen), kRelaxed);
    }
  }
};

// RCU+sync+read: if a section reads the newer value, it has read the older one, too.
template <class R>
struct SyncRead {
  explicit SyncRead(NoConfig) {}
  void thread(int i) {
    if (i == 0) {
      rcu.read_lock();
      seen_x.set(x.load(kRelaxed));
      seen_y.set(y.load(kRelaxed));
      rcu.read_unlock();
    } else {
      x.store(1, kRelaxed);
      rcu.synchronize();
      y.store(1, kRelaxed);
    }
  }
  void after() { S::check(!(seen_x.get() == 0 && seen_y.get() == 1), "a section spans a grace period"); }
  R rcu;
  S::Atomic<int> x{0, "x"}, y{0, "y"};
  S::Var<int> seen_x{0, "seen_x"}, seen_y{0, "seen_y"};
};
TEST(RcuTest, NoSectionSpansAGracePeriod) {
  ExpectVerified<SyncRead<Right>>(2);
  ExpectVerified<SyncRead<PerThread>>(2);
  ExpectViolated<SyncRead<WaitsForNobody>>(2, kNoFailedCheck);
}

// The same, where a section reads the newer value first: it comes after the grace period, and sees what came before it.
template <class R>
struct SyncReadReversed {
  explicit SyncReadReversed(NoConfig) {}
  void thread(int i) {
    if (i == 0) {
      rcu.read_lock();
      seen_y.set(y.load(kRelaxed));
      seen_x.set(x.load(kRelaxed));
      rcu.read_unlock();
    } else {
      x.store(1, kRelaxed);
      rcu.synchronize();
      y.store(1, kRelaxed);
    }
  }
  void after() { S::check(!(seen_x.get() == 0 && seen_y.get() == 1), "a section after a grace period is behind it"); }
  R rcu;
  S::Atomic<int> x{0, "x"}, y{0, "y"};
  S::Var<int> seen_x{0, "seen_x"}, seen_y{0, "seen_y"};
};
TEST(RcuTest, SectionsAfterAGracePeriodSeeWhatCameBefore) {
  ExpectVerified<SyncReadReversed<Right>>(2);
  ExpectVerified<SyncReadReversed<PerThread>>(2);
  EXPECT_EQ(VerdictOf<SyncReadReversed<WaitsForNobody>>(2, kNoFailedCheck, MemoryModel::kRc11), Verdict::kViolated);
}

// Deferred free: the old object is gone after the grace period, and no section still reads it.
struct Object {
  explicit Object(int v) : value(v, "object.value") {}
  S::Var<int> value;
};
template <class R, int kSections = 1>
struct DeferredFree {
  explicit DeferredFree(NoConfig) {}
  void before() {
    old_object = old_home.construct(1);
    pointer.store(old_object);
  }
  void thread(int i) {
    if (i == 0) {
      pointer.store(new_home.construct(2), std::memory_order_release);
      rcu.synchronize();
      old_home.destroy(old_object);
    } else {
      for (int section = 0; section < kSections; ++section) {
        rcu.read_lock();
        (void)pointer.load(std::memory_order_acquire)->value.get();
        rcu.read_unlock();
      }
    }
  }
  R rcu;
  S::Storage<Object> old_home, new_home;
  Object* old_object = nullptr;
  S::Atomic<Object*> pointer{nullptr, "pointer"};
};
TEST(RcuTest, FreesAfterTheReaders) {
  ExpectVerified<DeferredFree<Right>>(2);
  ExpectVerified<DeferredFree<Right>>(3);
}
TEST(RcuTest, EachOrderIsNeeded) {
  EXPECT_EQ(VerdictOf<DeferredFree<EntersRelaxed>>(2, kNoUseAfterFree, MemoryModel::kRc11), Verdict::kViolated);
  EXPECT_EQ(VerdictOf<DeferredFree<BeginsRelaxed>>(2, kNoUseAfterFree, MemoryModel::kRc11), Verdict::kViolated);
  ExpectViolated<DeferredFree<LeavesRelaxed>>(2, kNoUseAfterFree);
  ExpectViolated<DeferredFree<EndsRelaxed>>(2, kNoUseAfterFree);
}
// Also on a machine with store buffers.
template <class R>
Verdict FreesUnderTso() {
  ModelSubject<DeferredFree<R>, NoConfig> subject({}, 2);
  StateOptions options;
  options.memory = MemoryModel::kTso;
  options.stop_at = "none";
  const Report report = ExploreStates(subject, {}, {}, options);
  return report.Find(kNoUseAfterFree)->verdict;
}
TEST(PerThreadRcuTest, FreesAfterTheReaders) {
  ExpectVerified<DeferredFree<PerThread>>(2);
  ExpectVerified<DeferredFree<PerThread>>(3);
  EXPECT_EQ(FreesUnderTso<PerThread>(), Verdict::kVerified);
}
// A grace period may see the second section's begin, and never the first one's end.
TEST(PerThreadRcuTest, SectionsOneAfterTheOther) {
  ExpectVerified<DeferredFree<PerThread, 2>>(2);
  ExpectViolated<DeferredFree<EntersRelaxedPerThread, 2>>(2, kNoUseAfterFree);
  ExpectVerified<DeferredFree<Right, 2>>(2);
}
TEST(PerThreadRcuTest, EachOrderIsNeeded) {
  EXPECT_EQ(VerdictOf<DeferredFree<NoReaderFence>>(2, kNoUseAfterFree, MemoryModel::kSc), Verdict::kVerified);
  EXPECT_EQ(VerdictOf<DeferredFree<NoReaderFence>>(2, kNoUseAfterFree, MemoryModel::kRc11), Verdict::kViolated);
  EXPECT_EQ(FreesUnderTso<NoReaderFence>(), Verdict::kViolated);
  EXPECT_EQ(VerdictOf<DeferredFree<NoWriterFence>>(2, kNoUseAfterFree, MemoryModel::kRc11), Verdict::kViolated);
  EXPECT_EQ(FreesUnderTso<NoWriterFence>(), Verdict::kViolated);
  ExpectViolated<DeferredFree<UnlocksRelaxed>>(2, kNoUseAfterFree);
  ExpectViolated<DeferredFree<LooksRelaxed>>(2, kNoUseAfterFree);
}
TEST(RcuTest, AGracePeriodThatWaitsForNobodyFreesTooEarly) {
  ExpectViolated<DeferredFree<WaitsForNobody>>(2, kNoUseAfterFree);
}
// A look is not an update: a reader that enters after it need not see what was done before.
TEST(RcuTest, ALookIsNoGracePeriod) {
  EXPECT_EQ(VerdictOf<DeferredFree<OnlyLooks>>(2, kNoUseAfterFree, MemoryModel::kRc11), Verdict::kViolated);
}

// Who synchronizes in a section waits for himself.
struct SynchronizesInside {
  explicit SynchronizesInside(NoConfig) {}
  void thread(int) {
    rcu.read_lock();
    rcu.synchronize();
    rcu.read_unlock();
  }
  Rcu<S> rcu;
};
TEST(RcuTest, WhoSynchronizesInASectionWaitsForItself) { ExpectViolated<SynchronizesInside>(1, kNoStuckThread); }

// Two writers' grace periods, and a reader.
struct TwoGracePeriods {
  explicit TwoGracePeriods(NoConfig) {}
  void thread(int i) {
    if (i == 0) {
      rcu.read_lock();
      data.get(unseen);
      rcu.read_unlock();
    } else if (i == 1) {
      rcu.synchronize();
    } else {
      flag.store(1, kRelaxed);
      rcu.synchronize();
    }
  }
  Rcu<S> rcu;
  S::Var<int> data{0, "data"};
  S::Atomic<int> flag{0, "flag"};
};
TEST(RcuTest, GracePeriodsTakeTurns) { ExpectVerified<TwoGracePeriods>(3); }

// Readers come without end; a grace period ends all the same, since it waits for those alone that were in.
inline constexpr NoteKind kBegins{"grace period begins"};
inline constexpr NoteKind kEnds{"grace period ends"};
template <class R>
struct Endless {
  explicit Endless(NoConfig) {}
  void thread(int i) {
    S::forever([this, i] {
      if (i < 2) {
        rcu.read_lock();
        data.get(unseen);
        rcu.read_unlock();
      } else {
        S::note(kBegins, S::self());
        rcu.synchronize();
        S::note(kEnds, S::self());
      }
    });
  }
  R rcu;
  S::Var<int> data{0, "data"};
};
template <class R>
Verdict EndsAtLast(Fairness fairness = Fairness::kWeak) {
  ModelSubject<Endless<R>, NoConfig> subject({}, 3);
  StateOptions options;
  options.fairness = fairness;
  options.stop_at = "none";
  const Report report =
      ExploreStates(subject, {}, {{"every_grace_period_ends", "what begins ends", kBegins, kEnds}}, options);
  return report.Find("every_grace_period_ends")->verdict;
}
TEST(RcuTest, EveryGracePeriodEnds) {
  EXPECT_EQ(EndsAtLast<Right>(), Verdict::kVerified);
  EXPECT_EQ(EndsAtLast<PerThread>(Fairness::kStrong), Verdict::kVerified);  // its words come round here
  EXPECT_EQ(EndsAtLast<OnlyLooks>(), Verdict::kViolated);                   // two readers that overlap for ever
}

// Deferred free by another thread: thread 0 reads, thread 1 gives the object up, thread 2 frees it.
struct Deferred : RcuHead<S> {
  S::Var<int> value{1, "deferred.value"};
};
struct FreesAtOnce : RcuCallbacks<S, Deferred> {
  template <class Free>
  int drain(Rcu<S>& /*rcu*/, Free free) {
    return FreeAll(first_.await_update(IsSome{}, None{}, with(), std::memory_order_acquire), free);
  }
};
// Who gives an object up does not show what it did to it; and who takes it does not look.
struct CallsRelaxed : RcuCallbacks<S, Deferred> {
  void call(Deferred* object) {
    object->next.set(nullptr);
    first_.store(object, kRelaxed);
  }
};
struct DrainsRelaxed : RcuCallbacks<S, Deferred> {
  template <class Free>
  int drain(Rcu<S>& rcu, Free free) {
    RcuHead<S>* const head = first_.await_update(IsSome{}, None{}, with(), kRelaxed);
    rcu.synchronize();
    return FreeAll(head, free);
  }
};
template <class Callbacks>
struct Calling {
  explicit Calling(NoConfig) {}
  void before() { pointer.store(home.construct()); }
  void thread(int i) {
    if (i == 0) {
      rcu.read_lock();
      const Deferred* const found = pointer.load(std::memory_order_acquire);
      if (found != nullptr) (void)found->value.get();
      rcu.read_unlock();
    } else if (i == 1) {
      Deferred* const old = pointer.exchange(nullptr, kRelaxed);
      callbacks.call(old);
    } else {
      callbacks.drain(rcu, [this](Deferred* object) { home.destroy(object); });
    }
  }
  Rcu<S> rcu;
  Callbacks callbacks;
  S::Storage<Deferred> home;
  S::Atomic<Deferred*> pointer{nullptr, "pointer"};
};
TEST(RcuCallbacksTest, FreeAfterAGracePeriod) {
  using AsItIs = RcuCallbacks<S, Deferred>;
  ExpectVerified<Calling<AsItIs>>(3);
  ExpectViolated<Calling<FreesAtOnce>>(3, kNoUseAfterFree);
  ExpectViolated<Calling<CallsRelaxed>>(3, kNoDataRace);
  ExpectViolated<Calling<DrainsRelaxed>>(3, kNoDataRace);
}

}  // namespace
}  // namespace doorway

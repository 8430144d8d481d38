#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/sync/completion.h"
#include "harness/sync/fifo_mutex.h"
#include "harness/sync/model_sync.h"
#include "harness/sync/mutex.h"
#include "harness/sync/rw_sem.h"
#include "harness/sync/wait_queue.h"

// The blocking building blocks, each explored with a few threads: what they exclude and order, and that nobody sleeps
// for ever.

namespace doorway {
namespace {

struct NoConfig {};

template <class Model>
Report Run(int threads, MemoryModel memory) {
  ModelSubject<Model, NoConfig> subject({}, threads);
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  return Explore(subject, {}, options);
}

template <class Model>
void ExpectVerified(int threads) {
  for (MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    const Report report = Run<Model>(threads, memory);
    EXPECT_EQ(report.verdict, Verdict::kVerified) << Name(memory);
    for (const ClaimResult& claim : report.claims) {
      EXPECT_EQ(claim.verdict, Verdict::kVerified) << claim.name << " under " << Name(memory);
    }
  }
}

template <class Model>
void ExpectViolated(int threads, std::string_view claim) {
  for (MemoryModel memory : {MemoryModel::kSc, MemoryModel::kRc11}) {
    const Report report = Run<Model>(threads, memory);
    ASSERT_NE(report.Find(claim), nullptr);
    EXPECT_EQ(report.Find(claim)->verdict, Verdict::kViolated) << claim << " under " << Name(memory);
  }
}

// Threads count up a plain variable, each twice.
template <class Lock>
struct Counting {
  explicit Counting(NoConfig) {}
  void thread(int) {
    for (int round = 0; round < 2; ++round) {
      lock.lock();
      count.set(count.get() + 1);
      lock.unlock();
    }
  }
  void after() { ModelSync::check(count.get() == 4, "two threads count to four"); }
  Lock lock;
  ModelSync::Var<int> count{0, "count"};
};

TEST(MutexTest, Excludes) { ExpectVerified<Counting<Mutex<ModelSync>>>(2); }
TEST(FifoMutexTest, Excludes) { ExpectVerified<Counting<FifoMutex<ModelSync>>>(2); }

struct TryLock {
  explicit TryLock(NoConfig) {}
  void thread(int) {
    if (!lock.try_lock()) return;
    count.set(count.get() + 1);
    lock.unlock();
  }
  void after() { ModelSync::check(count.get() >= 1, "somebody gets in"); }
  Mutex<ModelSync> lock;
  ModelSync::Var<int> count{0, "count"};
};
TEST(MutexTest, TryLockExcludes) { ExpectVerified<TryLock>(3); }

template <class Lock>
struct Reenter {
  explicit Reenter(NoConfig) {}
  void thread(int) {
    lock.lock();
    lock.lock();
  }
  Lock lock;
};
TEST(MutexTest, IsNotReentrant) { ExpectViolated<Reenter<Mutex<ModelSync>>>(1, kNoStuckThread); }
TEST(FifoMutexTest, IsNotReentrant) { ExpectViolated<Reenter<FifoMutex<ModelSync>>>(1, kNoStuckThread); }

// Threads 0 and 1 read two variables that thread 2 writes one after the other.
template <class Semaphore>
struct ReadersAndWriter {
  explicit ReadersAndWriter(NoConfig) {}
  void thread(int i) {
    if (i == 2) {
      semaphore.down_write();
      left.set(1);
      right.set(1);
      semaphore.up_write();
    } else {
      semaphore.down_read();
      ModelSync::check(left.get() == right.get(), "a reader sees both or none");
      semaphore.up_read();
    }
  }
  Semaphore semaphore;
  ModelSync::Var<int> left{0, "left"};
  ModelSync::Var<int> right{0, "right"};
};
TEST(FairRwSemTest, ExcludesWriters) { ExpectVerified<ReadersAndWriter<FairRwSem<ModelSync>>>(3); }
TEST(ReadPreferringRwSemTest, ExcludesWriters) { ExpectVerified<ReadersAndWriter<ReadPreferringRwSem<ModelSync>>>(3); }

// Both threads write; thread 0 then goes on reading what it wrote.
template <class Semaphore>
struct Downgrading {
  explicit Downgrading(NoConfig) {}
  void thread(int i) {
    semaphore.down_write();
    value.set(i);
    if (i == 0) {
      semaphore.downgrade();
      ModelSync::check(value.get() == 0, "nobody writes between the downgrade and its read");
      semaphore.up_read();
    } else {
      semaphore.up_write();
    }
  }
  Semaphore semaphore;
  ModelSync::Var<int> value{0, "value"};
};
TEST(FairRwSemTest, Downgrades) { ExpectVerified<Downgrading<FairRwSem<ModelSync>>>(3); }
TEST(ReadPreferringRwSemTest, Downgrades) { ExpectVerified<Downgrading<ReadPreferringRwSem<ModelSync>>>(3); }

// A check that only holds if readers exclude each other.
template <class Semaphore>
struct LonelyReaders {
  explicit LonelyReaders(NoConfig) {}
  void thread(int) {
    semaphore.down_read();
    ModelSync::check(inside.fetch_add(1) == 0, "a reader is alone");
    inside.fetch_sub(1);
    semaphore.up_read();
  }
  Semaphore semaphore;
  ModelSync::Atomic<int> inside{0, "inside"};
};
TEST(FairRwSemTest, ReadersMeet) { ExpectViolated<LonelyReaders<FairRwSem<ModelSync>>>(2, kNoFailedCheck); }
TEST(ReadPreferringRwSemTest, ReadersMeet) {
  ExpectViolated<LonelyReaders<ReadPreferringRwSem<ModelSync>>>(2, kNoFailedCheck);
}

// Thread 0 reads twice at once, thread 1 writes.
template <class Semaphore>
struct RecursiveReader {
  explicit RecursiveReader(NoConfig) {}
  void thread(int i) {
    if (i == 1) {
      semaphore.down_write();
      semaphore.up_write();
    } else {
      semaphore.down_read();
      semaphore.down_read();
      semaphore.up_read();
      semaphore.up_read();
    }
  }
  Semaphore semaphore;
};
TEST(FairRwSemTest, RecursiveReaderWaitsBehindTheWriter) {
  ExpectViolated<RecursiveReader<FairRwSem<ModelSync>>>(2, kNoStuckThread);
}
TEST(ReadPreferringRwSemTest, RecursiveReaderGoesFirst) {
  ExpectVerified<RecursiveReader<ReadPreferringRwSem<ModelSync>>>(2);
}

// Thread 0 sets a condition and wakes; the others wait for it.
template <bool kEnqueueFirst>
struct Waiting {
  explicit Waiting(NoConfig) {}
  void thread(int i) {
    if (i == 0) {
      payload.set(7);
      condition.store(true, std::memory_order_release);
      queue.wake_all();
    } else if (kEnqueueFirst) {
      for (;;) {
        queue.prepare_to_wait();
        if (condition.load(std::memory_order_acquire)) break;
        queue.sleep();
      }
      queue.finish_wait();
      ModelSync::check(payload.get() == 7, "who is woken sees what was done before");
    } else {
      if (condition.load(std::memory_order_acquire)) return;
      queue.prepare_to_wait();
      queue.sleep();
    }
  }
  WaitQueue<ModelSync> queue;
  ModelSync::Atomic<bool> condition{false, "condition"};
  ModelSync::Var<int> payload{0, "payload"};
};
TEST(WaitQueueTest, NoWakeUpIsLost) { ExpectVerified<Waiting<true>>(3); }
TEST(WaitQueueTest, TestedBeforeEnqueuingItIs) { ExpectViolated<Waiting<false>>(2, kNoStuckThread); }

// Two sleepers and two wakes of one.
struct OneByOne {
  explicit OneByOne(NoConfig) {}
  void thread(int i) {
    if (i == 0) {
      arrived.await(AreTwo{}, with(), std::memory_order_acquire);
      queue.wake_one();
      queue.wake_one();
    } else {
      queue.prepare_to_wait();
      arrived.fetch_add(1, std::memory_order_release);
      queue.sleep();
    }
  }
  struct AreTwo {
    bool operator()(int value) const { return value == 2; }
  };
  WaitQueue<ModelSync> queue;
  ModelSync::Atomic<int> arrived{0, "arrived"};
};
TEST(WaitQueueTest, WakeOneWakesOneEach) { ExpectVerified<OneByOne>(3); }

// Thread 0 completes, the others wait.
template <int kTimes, bool kAll>
struct Completing {
  explicit Completing(NoConfig) {}
  void thread(int i) {
    if (i == 0) {
      payload.set(7);
      for (int n = 0; n < kTimes; ++n) completion.complete();
      if (kAll) completion.complete_all();
    } else {
      completion.wait();
      ModelSync::check(payload.get() == 7, "who waited sees what was done before");
    }
  }
  Completion<ModelSync> completion;
  ModelSync::Var<int> payload{0, "payload"};
};
using CompletedOnce = Completing<1, false>;
using CompletedTwice = Completing<2, false>;
using CompletedForAll = Completing<0, true>;
using CompletedOnceAndForAll = Completing<1, true>;
TEST(CompletionTest, EachLetsOneThrough) {
  ExpectVerified<CompletedTwice>(3);
  ExpectViolated<CompletedOnce>(3, kNoStuckThread);
}
TEST(CompletionTest, AllLetsAllThrough) {
  ExpectVerified<CompletedForAll>(3);
  ExpectVerified<CompletedOnceAndForAll>(3);
}

}  // namespace
}  // namespace doorway

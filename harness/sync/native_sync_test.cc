#include "harness/sync/native_sync.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"
#include "harness/sync/thread_index.h"

namespace doorway {
namespace {

struct Pair {
  std::uint16_t low = 0, high = 0;
  bool operator==(const Pair&) const = default;
};
enum class Colour : std::uint8_t { kRed, kBlack };

static_assert(sizeof(NativeSync::Atomic<bool>) == 1);
static_assert(sizeof(NativeSync::Atomic<std::int16_t>) == 2);
static_assert(sizeof(NativeSync::Atomic<Pair>) == 4);
static_assert(sizeof(NativeSync::Atomic<int*>) == 8);
static_assert(sizeof(NativeSync::Var<int>) == sizeof(int));

TEST(NativeSyncTest, AtomicsOfEveryTypeKeepTheirValues) {
  NativeSync::Atomic<std::int8_t> small(-3, "small");
  EXPECT_EQ(small.load(), -3);
  EXPECT_EQ(small.fetch_sub(126), -3);
  EXPECT_EQ(small.load(), 127) << "wraps, as hardware does";
  NativeSync::Atomic<Pair> pair;
  pair.store({1, 2});
  EXPECT_EQ(pair.exchange({3, 4}), (Pair{1, 2}));
  NativeSync::Atomic<Colour> colour(Colour::kBlack);
  EXPECT_EQ(colour.load(std::memory_order_acquire), Colour::kBlack);
  int i = 0;
  NativeSync::Atomic<int*> pointer;
  EXPECT_EQ(pointer.load(), nullptr);
  pointer.store(&i);
  EXPECT_EQ(pointer.load(), &i);
  NativeSync::Atomic<double> real(1.5);
  EXPECT_EQ(real.load(), 1.5);
}

TEST(NativeSyncTest, CompareExchangeTellsWhatItFound) {
  NativeSync::Atomic<int> word(1);
  int expected = 2;
  EXPECT_FALSE(word.compare_exchange_strong(expected, 3));
  EXPECT_EQ(expected, 1);
  EXPECT_TRUE(word.compare_exchange_strong(expected, 3, std::memory_order_acq_rel));
  EXPECT_EQ(word.load(), 3);
}

struct AddBelow {
  std::optional<int> operator()(int old, int by, int limit) const {
    return old + by > limit ? std::nullopt : std::optional<int>(old + by);
  }
};
struct Twice {
  int operator()(int old) const { return 2 * old; }
};
struct IsOdd {
  bool operator()(int old) const { return old % 2 != 0; }
};

TEST(NativeSyncTest, UpdatesReturnWhatWasThere) {
  NativeSync::Atomic<int> word(3);
  EXPECT_EQ(word.update(Twice{}, with()), 3);
  EXPECT_TRUE(word.update(
      Twice{}, [](int old) { return old == 6; }, with()));
  const Updated<int> done =
      word.try_update(AddBelow{}, with(1, 13), std::memory_order_acquire, std::memory_order_relaxed);
  EXPECT_TRUE(done.done);
  EXPECT_EQ(done.old, 12);
  const Updated<int> declined =
      word.try_update(AddBelow{}, with(1, 13), std::memory_order_acquire, std::memory_order_relaxed);
  EXPECT_FALSE(declined.done);
  EXPECT_EQ(declined.old, 13);
  EXPECT_EQ(word.await_update(IsOdd{}, Twice{}, with()), 13);
  EXPECT_EQ(word.load(), 26);
}

TEST(NativeSyncTest, AwaitsEndWhenAnotherThreadWrites) {
  NativeSync::Atomic<int> word(0);
  NativeSync::Var<int> data(0);
  struct Write {
    void operator()(NativeSync::Atomic<int>* to, NativeSync::Var<int>* what) const {
      std::this_thread::yield();
      what->set(7);
      to->store(1, std::memory_order_release);
    }
  };
  const NativeSync::Thread thread = NativeSync::spawn(Write{}, with(&word, &data));
  EXPECT_EQ(word.await(IsOdd{}, with(), std::memory_order_acquire), 1);
  EXPECT_EQ(data.get(), 7);
  NativeSync::join(thread);
}

TEST(NativeSyncTest, UpdatesOfManyThreadsAreNotLost) {
  constexpr int kThreads = 4, kRounds = 2000;
  struct Shared {
    Mutex<NativeSync> mutex;
    NativeSync::Var<int> guarded{0};
    NativeSync::Atomic<int> counted{0};
  } shared;
  struct Increment {
    int operator()(int old) const { return old + 1; }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&shared] {
      for (int round = 0; round < kRounds; ++round) {
        shared.mutex.lock();
        shared.guarded.set(shared.guarded.get() + 1);
        shared.mutex.unlock();
        shared.counted.update(Increment{}, with(), std::memory_order_relaxed);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(shared.guarded.get(), kThreads * kRounds);
  EXPECT_EQ(shared.counted.load(), kThreads * kRounds);
}

TEST(NativeSyncTest, ThreadsOfOneTimeHaveDifferentNumbers) {
  const int mine = NativeSync::self();
  EXPECT_EQ(NativeSync::self(), mine);
  std::atomic<int> arrived{0};
  int numbers[3] = {};
  std::vector<std::thread> threads;
  for (int& number : numbers) {
    threads.emplace_back([&] {
      number = ThreadIndex();
      arrived.fetch_add(1);
      while (arrived.load() < 3) std::this_thread::yield();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::set<int>({mine, numbers[0], numbers[1], numbers[2]}).size(), 4U);
  std::thread([&] { EXPECT_NE(ThreadIndex(), mine); }).join();
}

TEST(NativeSyncDeathTest, AFailedCheckEndsTheProgram) {
  NativeSync::check(true, "fine");
  EXPECT_DEATH(NativeSync::check(false, "one and one is three"), "check failed: one and one is three");
}

}  // namespace
}  // namespace doorway

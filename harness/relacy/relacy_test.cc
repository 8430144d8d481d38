#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <string>

#include "harness/relacy/result.h"
#include "harness/relacy/testing/runs.h"

namespace doorway::relacy_testing {
namespace {

constexpr std::memory_order kRelaxed = std::memory_order_relaxed;
constexpr std::memory_order kAcquire = std::memory_order_acquire;
constexpr std::memory_order kRelease = std::memory_order_release;
constexpr std::memory_order kSeqCst = std::memory_order_seq_cst;

void ExpectNoError(const RelacyResult& result) {
  EXPECT_EQ(result.refused, "");
  EXPECT_FALSE(result.error_found) << result.history;
  EXPECT_TRUE(result.exhaustive);
  EXPECT_EQ(result.bound, "");
  EXPECT_GT(result.iterations, 0U);
}

void ExpectError(const RelacyResult& result, const std::string& claim, const std::string& what) {
  EXPECT_EQ(result.refused, "");
  EXPECT_TRUE(result.error_found);
  EXPECT_FALSE(result.exhaustive);
  EXPECT_EQ(result.claim, claim);
  EXPECT_EQ(result.what, what) << result.history;
}

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(RelacyTest, RelaxedMessagePassingIsARace) {
  ExpectError(RunMessagePassing(kRelaxed, kRelaxed), "no_data_race", "DATA RACE (data race detected)");
  ExpectError(RunMessagePassing(kRelease, kRelaxed), "no_data_race", "DATA RACE (data race detected)");
  ExpectError(RunMessagePassing(kRelaxed, kAcquire), "no_data_race", "DATA RACE (data race detected)");
  ExpectError(RunPolledMessagePassing(kRelaxed, kRelaxed), "no_data_race", "DATA RACE (data race detected)");
}

TEST(RelacyTest, ReleaseAcquireMessagePassingIsNone) {
  ExpectNoError(RunMessagePassing(kRelease, kAcquire));
  ExpectNoError(RunPolledMessagePassing(kRelease, kAcquire));
}

TEST(RelacyTest, HistoryNamesLinesAndObjects) {
  const RelacyResult result = RunMessagePassing(kRelaxed, kRelaxed);
  EXPECT_TRUE(Contains(result.history, "is flag")) << result.history;
  EXPECT_TRUE(Contains(result.history, "order=relaxed, in store, ")) << result.history;
  EXPECT_TRUE(Contains(result.history, "harness/relacy/testing/programs.h(")) << result.history;
}

TEST(RelacyTest, StoreBufferingNeedsSeqCst) {
  ExpectError(RunStoreBuffering(kRelease, kAcquire), "no_failed_check", "USER ASSERT FAILED (one sees the other)");
  ExpectNoError(RunStoreBuffering(kSeqCst, kSeqCst));
}

TEST(RelacyTest, SpinLockInTwoStepsLetsTwoIn) {
  for (int threads = 2; threads <= 4; ++threads) {
    const RelacyResult result = RunSpinLock(true, threads);
    EXPECT_TRUE(result.error_found);
    EXPECT_EQ(result.claim, "exclusion");
    EXPECT_TRUE(Contains(result.history, "note enter")) << result.history;
  }
}

// The number of schedules of n threads that each take a spin lock and release it, where one that finds it taken
// parks, and every release wakes the parked ones. (A dozen lines of Python give the same.)
TEST(RelacyTest, FullSearchIsFull) {
  constexpr std::uint64_t kSchedules[] = {0, 1, 4, 60, 3840};
  for (int threads = 1; threads <= 4; ++threads) {
    const RelacyResult result = RunSpinLock(false, threads);
    ExpectNoError(result);
    EXPECT_EQ(result.iterations, kSchedules[threads]);
  }
}

TEST(RelacyTest, ThreadCountsThatAreNotCompiledAreRefused) {
  const RelacyResult result = RunSpinLock(false, 5);
  EXPECT_TRUE(Contains(result.refused, "1 to 4 are compiled")) << result.refused;
  EXPECT_EQ(result.iterations, 0U);
  EXPECT_NE(RunSpinLock(false, 0).refused, "");
}

TEST(RelacyTest, BoundsAreNamed) {
  RelacyOptions options;
  options.full_executions = 10;
  options.context_bound = 1;
  options.random_executions = 20;
  const RelacyResult result = RunSpinLock(false, 3, options);
  EXPECT_FALSE(result.error_found);
  EXPECT_FALSE(result.exhaustive);
  EXPECT_EQ(result.bound, "10 executions of the full search, context bound 1, 20 random executions");
}

TEST(RelacyTest, ContextBoundAndRandomSearchFindErrorsToo) {
  RelacyOptions options;
  options.full_executions = 0;
  const RelacyResult bounded = RunSpinLock(true, 2, options);
  EXPECT_EQ(bounded.claim, "exclusion");
  EXPECT_EQ(bounded.bound, "context bound 1");

  options.context_bound = -1;
  const RelacyResult random = RunSpinLock(true, 2, options);
  EXPECT_EQ(random.claim, "exclusion");
  EXPECT_TRUE(Contains(random.bound, "random executions")) << random.bound;
}

TEST(RelacyTest, RunsDoNotDependOnEachOther) {
  const RelacyResult first = RunSpinLock(true, 3);
  ExpectNoError(RunMessagePassing(kRelease, kAcquire));
  const RelacyResult second = RunSpinLock(true, 3);
  EXPECT_EQ(first.iterations, second.iterations);
  EXPECT_EQ(first.what, second.what);
}

TEST(RelacyTest, WaitingForNothingIsStuck) {
  ExpectError(RunNeverWoken(), "no_stuck_thread", "DEADLOCK (every thread that is not finished waits)");
  ExpectError(RunNeverDone(), "no_stuck_thread", "LIVELOCK (livelock)");
}

TEST(RelacyTest, DaemonMayEndBlocked) { ExpectNoError(RunDaemon()); }

TEST(RelacyTest, WaitingForAFurtherRoundIsNoDeadlock) {
  const RelacyResult result = RunRounds();
  EXPECT_FALSE(result.error_found) << result.history;
  EXPECT_FALSE(result.exhaustive);
  EXPECT_EQ(result.bound, "2 rounds of forever");
}

TEST(RelacyTest, SpawnedThreadsRunFromSpawnToJoin) {
  ExpectNoError(RunSpawning(true));
  const RelacyResult result = RunSpawning(false);
  EXPECT_TRUE(result.claim == "no_failed_check" || result.claim == "no_data_race") << result.history;
  ExpectNoError(RunNeverSpawning());
}

TEST(RelacyTest, AllChoicesAreExplored) {
  const RelacyResult result = RunChoices();
  ExpectError(result, "no_failed_check", "USER ASSERT FAILED (not both chose 2)");
  EXPECT_EQ(result.iterations, 9U);
}

TEST(RelacyTest, OperationsComputeAsStdAtomic) { ExpectNoError(RunArithmetic()); }

TEST(RelacyTest, OnlyTheWeakCompareExchangeFailsSpuriously) {
  ExpectError(RunCompareExchange(true), "no_failed_check", "USER ASSERT FAILED (nobody interferes)");
  ExpectNoError(RunCompareExchange(false));
}

TEST(RelacyTest, UseAfterFreeIsFoundAndReuseIsNot) {
  ExpectError(RunReuse(true), "no_use_after_free", "ACCESS TO FREED MEMORY (access to freed memory)");
  ExpectNoError(RunReuse(false));
  // Relacy sees a use that nothing orders with the destruction, whichever comes first in its execution.
  ExpectError(RunUseAfterHandOver(), "no_use_after_free", "DATA RACE (data race detected)");
}

TEST(RelacyTest, ErrorsOfTheModelAreNamed) {
  ExpectError(RunUninitialised(), "model_error", "ACCESS TO UNINITIALIZED VARIABLE");
  ExpectError(RunThrows(), "model_error", "USER ASSERT FAILED (the model threw an exception)");
}

}  // namespace
}  // namespace doorway::relacy_testing

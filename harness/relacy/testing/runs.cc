#include "harness/relacy/testing/runs.h"

#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "harness/relacy/testing/programs.h"

namespace doorway::relacy_testing {

RelacyResult RunMessagePassing(std::memory_order store, std::memory_order load, const RelacyOptions& options) {
  return RunRelacy<MessagePassing<RelacySync>>(Config{store, load}, 2, options);
}

RelacyResult RunPolledMessagePassing(std::memory_order store, std::memory_order load) {
  return RunRelacy<PolledMessagePassing<RelacySync>>(Config{store, load}, 2);
}

RelacyResult RunStoreBuffering(std::memory_order store, std::memory_order load, const RelacyOptions& options) {
  return RunRelacy<StoreBuffering<RelacySync>>(Config{store, load}, 2, options);
}

RelacyResult RunSpinLock(bool in_two_steps, int threads, const RelacyOptions& options) {
  if (in_two_steps) return RunRelacy<SpinLockClient<RelacySync, true>>(Config{}, threads, options);
  return RunRelacy<SpinLockClient<RelacySync, false>>(Config{}, threads, options);
}

RelacyResult RunNeverWoken() { return RunRelacy<NeverWoken<RelacySync>>(Config{}, 2); }

RelacyResult RunNeverDone() { return RunRelacy<NeverDone<RelacySync>>(Config{}, 2); }

RelacyResult RunDaemon() { return RunRelacy<Daemon<RelacySync>>(Config{}, 2); }

RelacyResult RunRounds() { return RunRelacy<Rounds<RelacySync>>(Config{}, 3, {.full_executions = 1000}); }

RelacyResult RunSpawning(bool joins) {
  if (joins) return RunRelacy<Spawning<RelacySync, true>>(Config{}, 1);
  return RunRelacy<Spawning<RelacySync, false>>(Config{}, 1);
}

RelacyResult RunNeverSpawning() { return RunRelacy<NeverSpawning<RelacySync>>(Config{}, 2); }

RelacyResult RunChoices() { return RunRelacy<Choices<RelacySync>>(Config{}, 2); }

RelacyResult RunArithmetic() { return RunRelacy<Arithmetic<RelacySync>>(Config{}, 1); }

RelacyResult RunCompareExchange(bool weak) {
  if (weak) return RunRelacy<CompareExchangeOnce<RelacySync, true>>(Config{}, 1);
  return RunRelacy<CompareExchangeOnce<RelacySync, false>>(Config{}, 1);
}

RelacyResult RunReuse(bool too_early) {
  if (too_early) return RunRelacy<Reuse<RelacySync, true>>(Config{}, 2);
  return RunRelacy<Reuse<RelacySync, false>>(Config{}, 2);
}

RelacyResult RunUseAfterHandOver() { return RunRelacy<UseAfterHandOver<RelacySync>>(Config{}, 2); }

RelacyResult RunUninitialised() { return RunRelacy<Uninitialised<RelacySync>>(Config{}, 1); }

RelacyResult RunThrows() { return RunRelacy<Throws<RelacySync>>(Config{}, 1); }

}  // namespace doorway::relacy_testing

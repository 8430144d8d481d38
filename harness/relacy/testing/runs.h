#pragma once

#include <atomic>

#include "harness/relacy/result.h"

// The programs of programs.h, run under Relacy.

namespace doorway::relacy_testing {

RelacyResult RunMessagePassing(std::memory_order store, std::memory_order load, const RelacyOptions& options = {});
RelacyResult RunPolledMessagePassing(std::memory_order store, std::memory_order load);
RelacyResult RunStoreBuffering(std::memory_order store, std::memory_order load, const RelacyOptions& options = {});
RelacyResult RunSpinLock(bool in_two_steps, int threads, const RelacyOptions& options = {});
RelacyResult RunNeverWoken();
RelacyResult RunNeverDone();
RelacyResult RunDaemon();
RelacyResult RunRounds();
RelacyResult RunSpawning(bool joins);
RelacyResult RunNeverSpawning();
RelacyResult RunChoices();
RelacyResult RunArithmetic();
RelacyResult RunCompareExchange(bool weak);
RelacyResult RunReuse(bool too_early);
RelacyResult RunUseAfterHandOver();
RelacyResult RunUninitialised();
RelacyResult RunThrows();

}  // namespace doorway::relacy_testing

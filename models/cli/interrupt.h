#pragma once

#include <atomic>

// Ctrl-C, and SIGTERM: the first asks the running engine to stop, so that partial counts are still printed and
// written; the second kills the process.

namespace doorway {

// Installs the handlers; idempotent.
void WatchInterrupts();

// Set by the first signal.
const std::atomic<bool>& Interrupted();

}  // namespace doorway

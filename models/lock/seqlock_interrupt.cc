#include "locks/seqlock.h"
#include "models/lock/lock_model.h"
#include "models/lock/seq_clients.h"
#include "models/lock/seq_model.h"

// A reader that keeps the writer from running: in an interrupt, or with a higher priority on the same CPU.

namespace doorway::lock {
namespace {

// Under TSO the store buffer may be full: the writer stores the number, the data, and two flags.
std::vector<Expectation> VerifiedWithinBoundsUnderTso() {
  std::vector<Expectation> expectations = Verified();
  expectations.back().verdict = Verdict::kVerifiedWithinBounds;
  return expectations;
}

const Registration seqlock_interrupt_models[] = {
    Registration(SeqModel<SeqInterrupted<ModelSync, SeqCount, false>>({
        .name = "lock/seqcount/interrupted_writer",
        .summary = "a reader in an interrupt waits for the writer that it interrupts",
        .about = "The number stays odd until the interrupt returns. A reader of higher priority does the same.",
        .source = "locks/seqlock.h",
        .clients = {.readers = 1, .writers = 1},
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(SeqModel<SeqInterrupted<ModelSync, SeqCount, true>>({
        .name = "lock/seqcount/interrupts_off",
        .summary = "the writer has interrupts off",
        .about = "What is to be done: an interrupt comes before or after the write.",
        .source = "locks/seqlock.h",
        .clients = {.readers = 1, .writers = 1},
        .expectations = VerifiedWithinBoundsUnderTso(),
    })),
};

}  // namespace
}  // namespace doorway::lock

#include "locks/qrwlock.h"
#include "models/lock/lock_model.h"
#include "models/lock/variants/qrwlock.h"

// The queued reader-writer lock where a reader may be interrupted by one that reads, too. Relacy has no interrupts.

namespace doorway::lock {
namespace {

const Registration qrwlock_interrupt_models[] = {
    Registration(LockModelOf<InterruptedReaders<ModelSync, QRwLock, false>>({
        .name = "lock/qrwlock/interrupts",
        .summary = "readers in interrupts do not queue, and do not wait for a writer that waits",
        .about =
            "An interrupt may come upon the reader anywhere, and reads. Its sections are judged by the data alone.",
        .source = "locks/qrwlock.h",
        .clients = {.readers = 1, .writers = 1},
        .bypass = 0,
        .expectations = Verified(),
    })),
    Registration(LockModelOf<InterruptedReaders<ModelSync, QRwInterruptsQueue, true>>({
        .name = "lock/qrwlock/interrupts_queue",
        .summary = "readers in interrupts queue behind a writer, which waits for the reader that they interrupt",
        .about = "Why they may not.",
        .source = "models/lock/variants/qrwlock.h",
        .clients = {.readers = 1, .writers = 1},
        .bypass = 0,
        .expectations = Violates("no_stuck_thread"),
    })),
};

}  // namespace
}  // namespace doorway::lock

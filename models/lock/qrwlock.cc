#include "locks/qrwlock.h"

#include "models/lock/lock_model.h"
#include "models/lock/variants/qrwlock.h"

// The queued reader-writer lock, and what breaks it.

namespace doorway::lock {
namespace {

constexpr const char* kQrwlockVariants = "models/lock/variants/qrwlock.h";

const Registration qrwlock_models[] = {
    Registration(LockModel<QRwLock>({
        .name = "lock/qrwlock",
        .summary = "queued reader-writer lock: who does not get in at once takes its turn at an inner lock",
        .about = "A word of a writer, a waiting bit and a count of readers, and an inner lock, here the specification "
                 "of a fair one.",
        .source = "locks/qrwlock.h",
        .clients = {.readers = 2, .writers = 1},
        .bypass = 0,
        .expectations = Verified(),
        .endless = HoldsForEver(),
    })),
    Registration(LockModel<QRwNoWaitingBit>({
        .name = "lock/qrwlock/no_waiting_bit",
        .summary = "a writer does not say that it waits: two readers keep it out for ever",
        .about = "Why the head of the queue closes the way past the queue.",
        .source = kQrwlockVariants,
        .clients = {.readers = 1, .writers = 1, .rounds = 2},
        .bypass = 0,
        .expectations = Violates("bypass_bound"),
        .endless = FailsForEver("starvation_free", {{"readers", 2}}),
    })),
    Registration(LockModel<QRwCountedInQueue>({
        .name = "lock/qrwlock/counted_in_queue",
        .summary = "a reader keeps its count while it queues, behind a writer that waits for the count",
        .about = "Why a reader that is refused takes its count back. One writer is in, one waits for the word, and the "
                 "reader queues behind that.",
        .source = kQrwlockVariants,
        .clients = {.readers = 1, .writers = 2},
        .bypass = 0,
        .expectations = Violates("no_stuck_thread"),
    })),
    Registration(LockModel<QRwRelaxedReadUnlock>({
        .name = "lock/qrwlock/relaxed_read_unlock",
        .summary = "a reader leaves without a release: the writer may write what is still being read",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = kQrwlockVariants,
        .clients = {.readers = 1, .writers = 1},
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
    Registration(LockModel<QRwRelaxedWait>({
        .name = "lock/qrwlock/relaxed_wait",
        .summary = "a reader that has waited for a writer does not acquire",
        .about = "In time the sections exclude each other, in happens-before they do not.",
        .source = kQrwlockVariants,
        .clients = {.readers = 1, .writers = 1},
        .bypass = 0,
        .expectations = Violates("no_data_race"),
    })),
};

}  // namespace
}  // namespace doorway::lock

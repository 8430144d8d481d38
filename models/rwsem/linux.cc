#include <string>

#include "locks/linux_rw_sem.h"
#include "models/group/variants/weakened_sync.h"
#include "models/rwsem/rwsem_model.h"
#include "models/rwsem/variants/linux_rw_sem.h"

// The reader-writer semaphore of Linux, and what breaks it.

namespace doorway::rwsem {
namespace {

constexpr const char* kLock = "locks/linux_rw_sem.h";
constexpr const char* kVariants = "models/rwsem/variants/linux_rw_sem.h";

std::vector<Expectation> And(std::vector<Expectation> some, const std::vector<Expectation>& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

const Registration linux_rwsem(RwSemModel<LinuxAsItIs>({
    .name = "rwsem/linux",
    .summary = "the count, queue, stealing and handoff of Linux",
    .about = "Readers that fail take themselves out of the count and queue; readers and writers steal while nobody is "
             "in; the head of the queue asks for the handoff when it is refused for the second time.",
    .source = kLock,
    .clients = {.readers = 2, .writers = 1},
    .expectations = And(Holds(), HoldsForEver()),
}));

const Registration overtakes(RwSemModel<LinuxAsItIs>({
    .name = "rwsem/linux/overtakes",
    .summary = "no number bounds how often a waiter is overtaken: a head that is woken and slow to try is stolen from",
    .about = "The handoff is asked for at a refusal, and so counts refusals, not thieves: Linux counts time. Nobody "
             "starves all the same (rwsem/linux).",
    .source = kLock,
    .clients = {.readers = 1, .writers = 1, .rounds = 0},
    .bypass = {2},
    .expectations = {{MemoryModel::kSc, Verdict::kViolated, "bypass_bound", Engine::kState}},
}));

const Registration any_timeout(RwSemModel<AnyTimeout>({
    .name = "rwsem/linux/any_timeout",
    .summary = "the same, where the head of the queue may have waited too long at any refusal",
    .about = "What a clock may do, in all ways: the claims do not depend on when the handoff is asked for.",
    .source = kLock,
    .clients = {.readers = 1, .writers = 2},
    .expectations = Holds(),
}));

const Registration downgrade(RwSemModel<LinuxAsItIs>({
    .name = "rwsem/linux/downgrade",
    .summary = "a writer becomes a reader, and lets in readers that are first in the queue, but no writer",
    .about = "What it wrote stays as it is until it leaves.",
    .source = kLock,
    .clients = {.readers = 1, .writers = 1, .downgraders = 1},
    .expectations = And(Holds(), HoldsForEver()),
}));

const Registration killable(RwSemModel<AnyTimeout>({
    .name = "rwsem/linux/killable",
    .summary = "waiters that are killed leave the queue, and what they asked for goes with it",
    .about =
        "A writer that may be killed while it waits, and may have asked for the handoff, beside a reader and another.",
    .source = kLock,
    .clients = {.readers = 1, .writers = 1, .killable_writers = 1},
    .expectations = Holds(),
}));

const Registration killable_readers(RwSemModel<LinuxAsItIs>({
    .name = "rwsem/linux/killable_readers",
    .summary = "a reader that is killed may have been let in already: then it is in",
    .about = "The grant of a reader is its share of the count; who gives up looks again under the wait lock.",
    .source = kLock,
    .clients = {.killable_readers = 2, .writers = 1},
    .expectations = Holds(),
}));

const Registration readers_steal(RwSemModel<ReadersSteal>({
    .name = "rwsem/linux/readers_steal",
    .summary = "readers steal beside other readers: a writer is never woken, and so never asks for the handoff",
    .about =
        "What optimistic spinning of readers came to, until Linux 5.11: with readers that overlap, the count never "
        "says that nobody is in.",
    .source = kVariants,
    .clients = {.readers = 2, .writers = 1},
    .expectations = And(Holds(), StarvesForEver()),
}));

const Registration no_handoff(RwSemModel<NoHandoff>({
    .name = "rwsem/linux/no_handoff",
    .summary = "nobody asks for the handoff: a writer is woken, and finds the semaphore stolen, again and again",
    .about = "Safe; and one reader that comes again and again is enough.",
    .source = kVariants,
    .clients = {.readers = 1, .writers = 1},
    .expectations = And(Holds(), StarvesForEver()),
}));

const Registration ignores_handoff(RwSemModel<IgnoresHandoff>({
    .name = "rwsem/linux/ignores_handoff",
    .summary = "a writer that queues behind a head that has asked for the handoff takes the semaphore all the same",
    .about = "Safe; and the head starves, by one writer that comes again and again.",
    .source = kVariants,
    .clients = {.writers = 2},
    .expectations = And(Holds(), StarvesForEver()),
}));

const Registration unfair_wait_lock(RwSemModel<UnfairWaitLock>({
    .name = "rwsem/linux/unfair_wait_lock",
    .summary = "the wait lock goes to whoever finds it free: who is woken may fail to get it, under weak fairness",
    .about = "Safe. Linux has a spinlock with a queue there.",
    .source = kVariants,
    .clients = {.readers = 1, .writers = 2},
    .expectations =
        And(Holds(), {{MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState, {{"rounds", 0}}},
                      {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}, Fairness::kStrong}}),
}));

const Registration backs_off_silently(RwSemModel<BacksOffSilently>({
    .name = "rwsem/linux/backs_off_silently",
    .summary = "a reader that takes itself out of the count wakes nobody, though the last one in left meanwhile",
    .about = "Who leaves while a reader is counted takes it for one that is in, and wakes nobody either.",
    .source = kVariants,
    .clients = {.readers = 1, .writers = 1},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration tries_before_it_says_so(RwSemModel<TriesBeforeItSaysSo>({
    .name = "rwsem/linux/tries_before_it_says_so",
    .summary = "a writer tries, and then says that somebody waits: who leaves in between wakes nobody",
    .about = "Test before announcing.",
    .source = kVariants,
    .clients = {.writers = 2},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration downgrade_grants_writer(RwSemModel<DowngradeGrantsWriter>({
    .name = "rwsem/linux/downgrade_grants_writer",
    .summary = "a downgrade lets in the head of the queue, also a writer: beside the reader that it has become",
    .about = "Only readers may join.",
    .source = kVariants,
    .clients = {.writers = 1, .downgraders = 1},
    .expectations = Violates("exclusion"),
}));

const Registration downgrade_wakes_writer(RwSemModel<DowngradeWakesWriter>({
    .name = "rwsem/linux/downgrade_wakes_writer",
    .summary = "a downgrade wakes the head of the queue, also a writer: no harm",
    .about = "Being woken lets nobody in.",
    .source = kVariants,
    .clients = {.writers = 1, .downgraders = 1},
    .expectations = Holds(),
}));

const Registration killed_subtracts(RwSemModel<KilledSubtracts>({
    .name = "rwsem/linux/killed_subtracts",
    .summary = "a killed waiter takes back the handoff that it believes to be its own: the count goes below zero",
    .about = "Until Linux 5.16 a writer remembered outside of the wait lock that it had asked for the handoff.",
    .source = kVariants,
    .clients = {.writers = 1, .killable_writers = 1},
    .expectations = Violates("count_stays_right"),
}));

const Registration killed_leaves_handoff(RwSemModel<KilledLeavesHandoff>({
    .name = "rwsem/linux/killed_leaves_handoff",
    .summary = "a killed waiter leaves the handoff set, though nobody waits: the ways past the queue stay closed",
    .about = "The next one that queues mends it.",
    .source = kVariants,
    .clients = {.writers = 1, .killable_writers = 1, .rounds = 2},
    .expectations = Violates("count_stays_right"),
}));

const Registration killed_wakes_nobody(RwSemModel<KilledWakesNobody>({
    .name = "rwsem/linux/killed_wakes_nobody",
    .summary = "a killed head of the queue, which was woken, does not wake the next one",
    .about = "The wake-up of the last one to leave dies with it.",
    .source = kVariants,
    .clients = {.readers = 1, .writers = 1, .killable_writers = 1},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration grants_relaxed(RwSemModel<GrantsRelaxed>({
    .name = "rwsem/linux/grants_relaxed",
    .summary = "a reader sees that it was let in, and not what the writer before it did",
    .about = "The order of a grant.",
    .source = kVariants,
    .clients = {.readers = 1, .writers = 1},
    .expectations = Violates("no_data_race"),
}));

const Registration no_acquire(RwSemModel<Weakened<LinuxAsItIs>::template NoAcquire>({
    .name = "rwsem/linux/no_acquire",
    .summary = "all acquires relaxed: who comes after the other does not see what it did",
    .about = "In time they still exclude each other, in happens-before they do not.",
    .source = kLock,
    .clients = {.readers = 1, .writers = 1},
    .expectations = Violates("no_data_race"),
}));

const Registration no_release(RwSemModel<Weakened<LinuxAsItIs>::template NoRelease>({
    .name = "rwsem/linux/no_release",
    .summary = "all releases relaxed: who goes does not show the other what it did",
    .about = "In time they still exclude each other, in happens-before they do not.",
    .source = kLock,
    .clients = {.readers = 1, .writers = 1},
    .expectations = Violates("no_data_race"),
}));

}  // namespace
}  // namespace doorway::rwsem

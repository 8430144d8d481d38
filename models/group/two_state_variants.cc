#include "models/group/group_model.h"
#include "models/group/variants/two_state.h"

// The two-state shared lock with one thing wrong; and a few things that look wrong and are not.

namespace doorway {
namespace {

constexpr const char* kTwoStateVariants = "models/group/variants/two_state.h";

const Registration test_then_enqueue(GroupModel<TestThenEnqueue>({
    .name = "group/two_state/test_then_enqueue",
    .summary = "tests, then enqueues and sleeps: a wake-up in between is lost",
    .about = "The loop of wait_event the wrong way round.",
    .source = kTwoStateVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration wrong_sign(GroupModel<WrongSign>({
    .name = "group/two_state/wrong_sign",
    .summary = "leaves by counting once more: the lock is never free again",
    .about = "The counter drifts away from zero, and the other group waits for ever.",
    .source = kTwoStateVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration wake_before_decrement(GroupModel<WakeBeforeDecrement>({
    .name = "group/two_state/wake_before_decrement",
    .summary = "wakes, then leaves: who is woken finds the lock held, and sleeps again",
    .about = "Nobody wakes it a second time.",
    .source = kTwoStateVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration no_wake(GroupModel<NoWake>({
    .name = "group/two_state/no_wake",
    .summary = "the last one out wakes nobody",
    .about = "The sleepers are left alone with a free lock.",
    .source = kTwoStateVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration wake_one(GroupModel<WakeOne>({
    .name = "group/two_state/wake_one",
    .summary = "the last one out wakes one sleeper: nobody is stuck, but sleepers of one group come in one by one",
    .about = "Safe where every sleeper that is woken enters and leaves, and then wakes the next.",
    .source = kTwoStateVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
    .endless = StarvesForEver(),
}));

const Registration spinning(GroupModel<Spinning>({
    .name = "group/two_state/spinning",
    .summary = "waits by trying instead of sleeping: one that comes again starves it under weak fairness, two even "
               "under strong",
    .about = "Against one that comes again and again the lock is free now and then: under strong fairness the waiter "
             "gets it. Two whose sections overlap without end never let it be free.",
    .source = kTwoStateVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel(), BypassMeasured()},
    .expectations = Verified(),
    .endless = StarvesForEver(),
}));

const Registration wake_always(GroupModel<WakeAlways>({
    .name = "group/two_state/wake_always",
    .summary = "every member wakes all as it leaves: needless, but right",
    .about = "Wake-ups may come early; the test after each tells.",
    .source = kTwoStateVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
    .endless = StarvesForEver(),
}));

const Registration wake_if_active(GroupModel<WakeIfActiveUnfenced>({
    .name = "group/two_state/wake_if_active",
    .summary = "looks whether anybody sleeps before waking, without a fence: store buffering loses the wake-up",
    .about = "Right under SC. Under RC11 the waker may see no sleeper, and the sleeper the old counter.",
    .source = kTwoStateVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = ViolatesUnderRc11("no_stuck_thread"),
}));

const Registration wake_if_active_half(GroupModel<WakeIfActiveHalfFenced>({
    .name = "group/two_state/wake_if_active_half_fenced",
    .summary = "looks whether anybody sleeps before waking, with a fence on the waker's side alone",
    .about = "A fence on one side of store buffering does not help: the sleeper's is missing.",
    .source = kTwoStateVariants,
    .clients = {.reds = 1, .blacks = 1, .rounds = 1},
    .claims = {Excludes()},
    .expectations = ViolatesUnderRc11("no_stuck_thread"),
}));

const Registration wake_if_active_fenced(GroupModel<WakeIfActiveFenced>({
    .name = "group/two_state/wake_if_active_fenced",
    .summary = "looks whether anybody sleeps before waking, with fences on both sides",
    .about = "What a kernel's prepare_to_wait, which is a full barrier, and a fence before waitqueue_active give.",
    .source = kTwoStateVariants,
    .clients = {.reds = 2, .blacks = 1, .rounds = 1},
    .claims = {Excludes(), Parallel()},
    .expectations = Verified(),
    .endless = StarvesForEver(),
}));

}  // namespace
}  // namespace doorway

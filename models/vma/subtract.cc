#include "models/vma/variants/subtract.h"

#include "locks/vma_subtract_lock.h"
#include "models/vma/vma_model.h"

// The per-VMA lock that is entered by subtraction, and what breaks it.

namespace doorway::vma {
namespace {

constexpr const char* kSubtractVariants = "models/vma/variants/subtract.h";

const Registration subtract(ClientsModel<VmaSubtractLock>({
    .name = "vma/subtract",
    .summary = "readers take 1, the writer takes all; who comes at the wrong time puts back",
    .about =
        "One word, FREE when nobody is in, 0 when the writer is. A reader is in if what it left is positive. "
        "Readers that are refused have to fall back: if they come again at once, there may always be one that is about "
        "to put back when the writer looks.",
    .source = "locks/vma_subtract_lock.h",
    .clients = {.readers = 2},
    .has_width = true,
    .expectations = Verified(),
    .endless = HoldsForEver(Verdict::kViolated),
}));

const Registration just_wide_enough(ClientsModel<VmaSubtractLock>({
    .name = "vma/subtract/just_wide_enough",
    .summary = "three readers and a word of three bits: as many as the lock takes",
    .about =
        "Fewer than 2^(w-1) readers may come at the same time. (With 2^(w-1) of them, and a writer that waits, the "
        "word is what it is when nobody is in; but nobody errs, until one more comes.)",
    .source = "locks/vma_subtract_lock.h",
    .clients = {.readers = 3, .word_bits = 3},
    .has_width = true,
    .expectations = Verified(),
}));

const Registration too_narrow(ClientsModel<VmaSubtractLock>({
    .name = "vma/subtract/too_narrow",
    .summary = "three readers and a word of two bits: the third one wraps round, and is in beside the writer",
    .about = "It takes 2^(w-1) + 1 readers at the same time; with three bits, five.",
    .source = "locks/vma_subtract_lock.h",
    .clients = {.readers = 3, .word_bits = 2},
    .has_width = true,
    .expectations = Violates("exclusion"),
}));

const Registration reread(ClientsModel<SubtractReread>({
    .name = "vma/subtract/reread",
    .summary = "whether to wake is decided by another look at the word, after the addition",
    .about = "Right as well: whoever makes the word 0, or somebody after it, sees 0, as long as the writer waits.",
    .source = kSubtractVariants,
    .clients = {.readers = 2},
    .has_width = true,
    .expectations = Verified(),
    .endless = HoldsForEver(Verdict::kViolated),
}));

const Registration set_free(ClientsModel<SubtractSetFree>({
    .name = "vma/subtract/set_free",
    .summary = "the writer sets the word free: a reader that puts back makes it more than free",
    .about = "At rest the word is FREE + 1, which is negative: all later readers are refused.",
    .source = kSubtractVariants,
    .has_width = true,
    .expectations = Violates("count_stays_right"),
}));

const Registration set_free_twice(ClientsModel<SubtractSetFree>({
    .name = "vma/subtract/set_free_twice",
    .summary = "... and the next writer waits for ever",
    .about = "The same with two rounds: FREE + 1 - FREE is 1, and nobody is left to wake.",
    .source = kSubtractVariants,
    .clients = {.rounds = 2},
    .has_width = true,
    .expectations = Violates("no_stuck_thread"),
}));

const Registration unsigned_test(ClientsModel<SubtractUnsigned>({
    .name = "vma/subtract/unsigned",
    .summary = "readers compare an unsigned number: it is positive also while the writer is in",
    .about = "The number is signed, or the test is for nothing. What is left is the writer's own number.",
    .source = kSubtractVariants,
    .has_width = true,
    .expectations = Violates("exclusion"),
}));

const Registration silent_undo(ClientsModel<SubtractSilentUndo>({
    .name = "vma/subtract/silent_undo",
    .summary = "a refused reader puts back without a wake: it may be the one that the writer waits for",
    .about = "A reader that leaves while another is about to put back does not make the word 0; the other does.",
    .source = kSubtractVariants,
    .clients = {.readers = 2},
    .has_width = true,
    .expectations = Violates("no_stuck_thread"),
}));

}  // namespace
}  // namespace doorway::vma

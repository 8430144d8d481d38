#include "models/vma/variants/two_bit.h"

#include "locks/vma_two_bit_lock.h"
#include "models/vma/vma_model.h"

// The per-VMA lock with two bits for the writer, and what breaks it.

namespace doorway::vma {
namespace {

constexpr const char* kTwoBitVariants = "models/vma/variants/two_bit.h";

const Registration two_bit(ClientsModel<VmaTwoBitLock>({
    .name = "vma/two_bit",
    .summary = "a count of readers and two bits for the writer; readers that find one give up",
    .about = "The writer locks the word, or says that it waits and is woken by the last reader; then it writes the "
             "number that makes the VMA write-locked, and stores 0.",
    .source = "locks/vma_two_bit_lock.h",
    .clients = {.readers = 2},
    .expectations = Verified(),
    .endless = HoldsForEver(Verdict::kVerified),
}));

const Registration two_bit_numbers_wrap(ClientsModel<VmaTwoBitLock>({
    .name = "vma/two_bit/numbers_wrap",
    .summary = "the VMA was last write-locked a whole turn of the numbers ago: readers may be refused for nothing",
    .about = "A writer that always waits for readers is not misled by numbers that come round: an answer "
             "\"write-locked\" may "
             "be false, an answer \"not\" never is.",
    .source = "locks/vma_two_bit_lock.h",
    .clients = {.rounds = 2, .others = 1, .sequence_bits = 2},
    .expectations = Verified(),
}));

const Registration two_bit_no_wake(ClientsModel<TwoBitNoWake>({
    .name = "vma/two_bit/no_wake",
    .summary = "the last reader does not wake the writer, which sleeps for ever",
    .about = "What the waiting bit is for.",
    .source = kTwoBitVariants,
    .expectations = Violates("no_stuck_thread"),
}));

const Registration load_then_store(ClientsModel<TwoBitLoadThenStore>({
    .name = "vma/two_bit/load_then_store",
    .summary = "the writer looks at the word and then stores into it: a reader that comes in between is not seen",
    .about = "Why the writer needs a compare-exchange, too.",
    .source = kTwoBitVariants,
    .expectations = Violates("exclusion"),
}));

const Registration count_first(ClientsModel<TwoBitCountFirst>({
    .name = "vma/two_bit/count_first",
    .summary = "a reader counts itself first and backs off: the writer's store of 0 forgets it",
    .about = "What the blind store relies on: readers leave the word alone while a writer's bit is set.",
    .source = kTwoBitVariants,
    .expectations = Violates("count_stays_right"),
}));

}  // namespace
}  // namespace doorway::vma

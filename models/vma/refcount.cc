#include "locks/vma_ref_lock.h"
#include "models/vma/reuse_model.h"
#include "models/vma/variants/ref_lock.h"
#include "models/vma/variants/relaxed_begin_mm.h"
#include "models/vma/vma_model.h"

// The per-VMA lock that landed in Linux 6.15: a reference count of the VMA, and what breaks it.

namespace doorway::vma {
namespace {

constexpr const char* kLock = "locks/vma_ref_lock.h";
constexpr const char* kRefcountVariants = "models/vma/variants/ref_lock.h";
constexpr const char* kUseAfterFree = "no_use_after_free";

const Registration refcount(ClientsModel<VmaRefLock>({
    .name = "vma/refcount",
    .summary = "a reference count of the VMA; the writer adds a bit that keeps readers out, and sets its number",
    .about =
        "The lock of Linux 6.15, as fixed later. A reader counts itself and then asks whether the VMA is write-locked.",
    .source = kLock,
    .clients = {.readers = 2},
    .expectations = Verified(),
    .endless = HoldsForEver(Verdict::kVerified),
}));

const Registration no_recheck(ClientsModel<RefNoRecheck>({
    .name = "vma/refcount/no_recheck",
    .summary = "a reader asks whether the VMA is write-locked before it counts itself, and not after",
    .about = "What a load that is hoisted above the count's update would do, too.",
    .source = kRefcountVariants,
    .expectations = Violates("exclusion"),
}));

const Registration relaxed_get(ClientsModel<RefRelaxedGet>({
    .name = "vma/refcount/relaxed_get",
    .summary = "a reader counts itself with a relaxed update: it need not see that the VMA is write-locked",
    .about = "Right under SC. Under RC11 the reader's two loads may see the numbers from before the writer's section.",
    .source = kRefcountVariants,
    .expectations = ViolatesUnderRc11("exclusion"),
}));

const Registration relaxed_recheck(ClientsModel<RefRelaxedRecheck>({
    .name = "vma/refcount/relaxed_recheck",
    .summary = "a reader asks for the mm's number with a relaxed load: it need not see what the writer did",
    .about = "What a VMA looks like to a fault that comes right after the writer has gone. (Linux: the numbers were "
             "read and "
             "written without an order until July 2023, and a fault could see a VMA half registered with userfaultfd.)",
    .source = kRefcountVariants,
    .expectations = Violates("no_data_race"),
}));

const Registration relaxed_begin(ClientsModelOf<Clients<ModelSync, VmaRefLock, RelaxedBeginMm>>({
    .name = "vma/refcount/relaxed_begin",
    .summary = "the writer begins with a relaxed store: who reads that number need not see the section before",
    .about =
        "A reader that comes when the next section has begun reads the number of that one, not the one by which the "
        "section before ended.",
    .source = "models/vma/variants/relaxed_begin_mm.h",
    .clients = {.rounds = 2},
    .expectations = Violates("no_data_race"),
}));

const Registration numbers_wrap(ClientsModel<VmaRefLock>({
    .name = "vma/refcount/numbers_wrap",
    .summary = "the numbers have come round: the writer takes the VMA for locked already, beside a reader",
    .about =
        "The mm's number has come round to that of the VMA. Readers are refused, which is harmless; but a writer that "
        "begins by asking whether the VMA is write-locked already does not wait for the reader that is in since before "
        "its section. With two bits it takes one section that leaves the VMA alone; with 32, some 2^31 of them.",
    .source = kLock,
    .clients = {.rounds = 2, .others = 1, .sequence_bits = 2},
    .expectations = Violates("exclusion"),
}));

const Registration numbers_suffice(ClientsModel<VmaRefLock>({
    .name = "vma/refcount/numbers_suffice",
    .summary = "the same with one bit more: the numbers do not come round",
    .about = "What vma/refcount/numbers_wrap is to be compared with.",
    .source = kLock,
    .clients = {.rounds = 2, .others = 1, .sequence_bits = 3},
    .expectations = Verified(),
}));

const Registration always_waits(ClientsModel<RefAlwaysWaits>({
    .name = "vma/refcount/always_waits",
    .summary = "numbers that wrap, and a writer that waits for readers in any case",
    .about = "Then numbers that come round only make readers fall back for nothing.",
    .source = kRefcountVariants,
    .clients = {.rounds = 2, .others = 1, .sequence_bits = 2},
    .expectations = Verified(),
}));

const Registration forgotten_lock(ClientsModel<RefForgottenLock>({
    .name = "vma/refcount/forgotten_lock",
    .summary = "the writer holds mmap_lock, and does not write-lock the VMA that it changes",
    .about = "Linux 6.4 forgot it in fork, which copied page tables while faults changed them: mmap_lock alone no "
             "longer keeps "
             "faults out.",
    .source = kRefcountVariants,
    .expectations = Violates("exclusion"),
}));

const Registration no_exclusion(ClientsModel<RefNoExclusion>({
    .name = "vma/refcount/no_exclusion",
    .summary = "the writer waits until nobody reads, without keeping readers out meanwhile",
    .about = "What the added bit is for.",
    .source = kRefcountVariants,
    .expectations = Violates("exclusion"),
}));

const Registration admit_first(ClientsModel<RefAdmitFirst>({
    .name = "vma/refcount/admit_first",
    .summary = "the writer lets readers in again before it has set the number that tells them",
    .about = "The order of the writer's last two steps.",
    .source = kRefcountVariants,
    .expectations = Violates("exclusion"),
}));

const Registration waits_for_none(ClientsModel<RefWaitsForNone>({
    .name = "vma/refcount/waits_for_none",
    .summary = "the writer forgets the reference of the mapping, and waits for a count that never comes",
    .about = "A wait that is off by one.",
    .source = kRefcountVariants,
    .expectations = Violates("no_stuck_thread"),
}));

const Registration no_wake(ClientsModel<RefNoWake>({
    .name = "vma/refcount/no_wake",
    .summary = "the last reader does not wake the writer, which sleeps for ever",
    .about = "The smallest mistake there is.",
    .source = kRefcountVariants,
    .expectations = Violates("no_stuck_thread"),
}));

const Registration puts_what_it_never_got(ClientsModel<RefPutsWhatItNeverGot>({
    .name = "vma/refcount/puts_what_it_never_got",
    .summary = "a reader that was refused leaves nevertheless: it takes out what it never put in",
    .about = "As a lookup that ends in end_read on every way.",
    .source = kRefcountVariants,
    .expectations = Violates("count_stays_right"),
}));

const Registration unmap(ReuseModel<VmaRefLock>({
    .name = "vma/refcount/unmap",
    .summary = "faults against an unmapping of the VMA",
    .about = "Detaching waits for readers that are about to go, and nobody gets a reference after it.",
    .source = kLock,
    .clients = {.readers = 2},
    .expectations = Verified(),
}));

const Registration plain_get(ReuseModel<RefPlainGet>({
    .name = "vma/refcount/plain_get",
    .summary = "a reader counts itself also where there is no reference: it reads a VMA that is free",
    .about = "Why it is inc-unless-zero.",
    .source = kRefcountVariants,
    .expectations = Violates(kUseAfterFree),
}));

const Registration detach_at_once(ReuseModel<RefDetachAtOnce>({
    .name = "vma/refcount/detach_at_once",
    .summary = "detaching does not wait for readers that are about to go: one may find that it may stay",
    .about = "A reader that has counted itself before the detach, and asks whether the VMA is write-locked when the "
             "writer has gone.",
    .source = kRefcountVariants,
    .expectations = Violates(kUseAfterFree),
}));

const Registration map_again(ReuseModel<VmaRefLock>({
    .name = "vma/refcount/map_again",
    .summary = "the same memory is mapped again, at another address of the same mm",
    .about = "A fault that has got the VMA asks whether it covers the address.",
    .source = kLock,
    .clients = {.map_again = MapAgain::kElsewhere},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration map_in_place(ReuseModel<VmaRefLock>({
    .name = "vma/refcount/map_in_place",
    .summary = "the same memory is mapped again where it was: a fault may get the new mapping by the old pointer",
    .about = "A VMA in the making is write-locked before it is attached, so that nobody reads it before its writer has "
             "gone.",
    .source = kLock,
    .clients = {.map_again = MapAgain::kInPlace},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration attach_unlocked(ReuseModel<RefAttachUnlocked>({
    .name = "vma/refcount/attach_unlocked",
    .summary = "a VMA is attached that is not write-locked: a fault reads it while its writer still makes it",
    .about = "Nobody reads a detached VMA, so it may seem that making one needs no lock.",
    .source = kRefcountVariants,
    .clients = {.map_again = MapAgain::kInPlace},
    .expectations = Violates("exclusion"),
}));

const Registration no_range_check(ReuseModel<VmaRefLock>({
    .name = "vma/refcount/no_range_check",
    .summary = "a fault does not ask whether the VMA that it has got covers its address",
    .about = "The pointer was right when it was read.",
    .source = kLock,
    .clients = {.map_again = MapAgain::kElsewhere, .range_check = false},
    .expectations = Violates("reads_own_vma"),
}));

const Registration reuse(ReuseModel<VmaRefLock>({
    .name = "vma/refcount/reuse",
    .summary = "the same memory is mapped by another mm, which unmaps it and exits",
    .about = "A reader that has got another mm's VMA keeps that mm while it gives the VMA back.",
    .source = kLock,
    .clients = {.other_mm = true},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration any_mm(ReuseModel<RefAnyMm>({
    .name = "vma/refcount/any_mm",
    .summary = "a reader does not ask whose VMA it has got",
    .about = "The memory is a VMA, but whose?",
    .source = kRefcountVariants,
    .clients = {.other_mm = true},
    .expectations = Violates("reads_own_vma"),
}));

const Registration wakes_foreign_mm(ReuseModel<RefWakesForeignMm>({
    .name = "vma/refcount/wakes_foreign_mm",
    .summary = "a reader wakes the writer of the mm whose VMA it gives back, which may be gone (CVE-2025-38554)",
    .about =
        "Linux 6.15 as it was: whose VMA it is, is asked last. Once the reader has given back its reference, the other "
        "mm may unmap the VMA, exit and be freed; then comes the wake.",
    .source = kRefcountVariants,
    .clients = {.other_mm = true},
    .expectations = Violates(kUseAfterFree),
}));

const Registration mm_after_put(ReuseModel<RefMmAfterPut>({
    .name = "vma/refcount/mm_after_put",
    .summary = "a reader that leaves asks whose VMA it was after it has given back its reference",
    .about = "By then the VMA may be being made anew.",
    .source = kRefcountVariants,
    .clients = {.other_mm = true},
    .expectations = Violates("no_data_race"),
}));

}  // namespace
}  // namespace doorway::vma

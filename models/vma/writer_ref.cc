#include "models/vma/variants/writer_ref.h"

#include "models/vma/reuse_model.h"
#include "models/vma/vma_model.h"

// The reference count with a reference of the writer's own: the sketch that led to vma/refcount.

namespace doorway::vma {
namespace {

constexpr const char* kSource = "models/vma/variants/writer_ref.h";

const Registration sketch(ClientsModel<WriterRef>({
    .name = "vma/writer_ref",
    .summary = "the sketch: the writer takes a reference with the bit that keeps readers out; a VMA that stays",
    .about =
        "Readers count themselves by a plain addition, and go again if they should not have come. As long as the VMA "
        "stays attached, that is right.",
    .source = kSource,
    .clients = {.readers = 2},
    .expectations = Verified(),
    .endless = HoldsForEver(Verdict::kViolated),
}));

const Registration writer_ref_unmap(ReuseModel<WriterRef>({
    .name = "vma/writer_ref/unmap",
    .summary = "the sketch against an unmapping: a reader counts itself in a VMA that is free",
    .about = "A plain addition where there is no reference, and a detach that does not wait.",
    .source = kSource,
    .expectations = Violates("no_use_after_free"),
}));

const Registration write_lock_detached(ReuseModel<WriterRef>({
    .name = "vma/writer_ref/write_lock_detached",
    .summary = "the sketch write-locks a VMA that is being made: the wait is for a reference that is not there",
    .about =
        "A detached VMA has no reference of a mapping: the writer would have to wait for EXCLUDE + 1 there, or not at "
        "all.",
    .source = kSource,
    .clients = {.map_again = MapAgain::kElsewhere},
    .expectations = Violates("no_stuck_thread"),
}));

const Registration mended_unmap(ReuseModel<WriterRefMended>({
    .name = "vma/writer_ref/mended_unmap",
    .summary = "the sketch mended, against an unmapping",
    .about = "No reference where there is none, and a detach that waits for readers that are about to go.",
    .source = kSource,
    .clients = {.readers = 2},
    .expectations = Verified(),
}));

const Registration mended(ReuseModel<WriterRefMended>({
    .name = "vma/writer_ref/mended",
    .summary = "the sketch mended: the VMA's memory is mapped by another mm, which unmaps it and exits",
    .about = "Besides, a reader keeps the other mm while it gives its VMA back.",
    .source = kSource,
    .clients = {.other_mm = true},
    .expectations = Verified(),
    .endless = HoldsForEver(),
}));

const Registration writer_ref_wakes_foreign_mm(ReuseModel<WriterRefWakesForeignMm>({
    .name = "vma/writer_ref/wakes_foreign_mm",
    .summary = "the sketch mended, but for the mm that a reader wakes when it gives back a VMA that is not its own",
    .about = "The same hole as in vma/refcount/wakes_foreign_mm: nothing keeps that mm.",
    .source = kSource,
    .clients = {.other_mm = true},
    .expectations = Violates("no_use_after_free"),
}));

const Registration put_at_end_write(ClientsModel<PutAtEndWrite>({
    .name = "vma/writer_ref/put_at_end_write",
    .summary = "the writer keeps its reference to the end of its section, and gives it back VMA by VMA",
    .about = "Right, if every VMA that was write-locked is unlocked by name.",
    .source = kSource,
    .clients = {.readers = 2},
    .expectations = Verified(),
}));

const Registration put_never(ClientsModel<PutNever>({
    .name = "vma/writer_ref/put_at_end_write_all",
    .summary = "... but sections end for all VMAs at once: the reference stays, and the next writer waits for ever",
    .about = "One step of the mm's number unlocks all VMAs, and knows none of them.",
    .source = kSource,
    .clients = {.rounds = 2},
    .expectations = Violates("no_stuck_thread"),
}));

}  // namespace
}  // namespace doorway::vma

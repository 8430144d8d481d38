#include "locks/seqlock.h"

#include "models/lock/lock_model.h"
#include "models/lock/seq_clients.h"
#include "models/lock/seq_model.h"
#include "models/lock/variants/seqlock.h"

// Sequence counts and locks, and what breaks them.

namespace doorway::lock {
namespace {

constexpr const char* kSeqlockVariants = "models/lock/variants/seqlock.h";

std::vector<Expectation> Endless() {
  std::vector<Expectation> expectations = FailsForEver("reader_gets_through", {{"readers", 1}});
  expectations.back().claim = "reads_consistent";
  return expectations;
}

const Registration seqlock_models[] = {
    Registration(SeqModel<SeqClients<ModelSync, SeqCount>>({
        .name = "lock/seqcount",
        .summary = "sequence count: readers write nothing, and start over if a writer was in",
        .about = "A number that is odd while the writer is in. A writer that comes again and again keeps readers out, "
                 "under weak fairness. Under strong fairness, which grants them the gap between two writes, one gets "
                 "through, but without end numbers come round, of whatever width: one during which a whole turn passes "
                 "reads half a write.",
        .source = "locks/seqlock.h",
        .clients = {.readers = 2, .writers = 1},
        .expectations = Verified(),
        .endless = Endless(),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqLock>>({
        .name = "lock/seqlock",
        .summary = "sequence lock: a sequence count whose writers take a lock",
        .about = "Two writers, which come one after another.",
        .source = "locks/seqlock.h",
        .clients = {.readers = 1, .writers = 2, .width = 3},
        .expectations = Verified(),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqCount>>({
        .name = "lock/seqcount/two_writers",
        .summary = "two writers and no lock: the number looks even while one of them is in",
        .about = "Why writers exclude each other; see lock/seqlock.",
        .source = "locks/seqlock.h",
        .clients = {.readers = 1, .writers = 2},
        .expectations = Violates("reads_consistent"),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqCount>>({
        .name = "lock/seqcount/too_narrow",
        .summary = "numbers of one bit: one write looks like none to a reader during which it came and went",
        .about = "Numbers come round, and a reader must not sleep through a whole turn.",
        .source = "locks/seqlock.h",
        .clients = {.readers = 1, .writers = 1, .width = 1},
        .expectations = Violates("reads_consistent"),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqReadsOdd>>({
        .name = "lock/seqcount/reads_odd",
        .summary = "a reader does not ask whether the number is odd",
        .about = "It begins and ends during one write.",
        .source = kSeqlockVariants,
        .clients = {.readers = 1, .writers = 1},
        .expectations = Violates("reads_consistent"),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqNoReadFence>>({
        .name = "lock/seqcount/no_read_fence",
        .summary = "no fence before the second look at the number",
        .about = "The read barrier that is missing: the look may be done before the reads of the data. Right under SC "
                 "and TSO.",
        .source = kSeqlockVariants,
        .clients = {.readers = 1, .writers = 1},
        .expectations = ViolatesUnderRc11("reads_consistent"),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqNoWriteFence>>({
        .name = "lock/seqcount/no_write_fence",
        .summary = "no fence after the odd number: data may be seen before it",
        .about = "Right under SC and TSO.",
        .source = kSeqlockVariants,
        .clients = {.readers = 1, .writers = 1},
        .expectations = ViolatesUnderRc11("reads_consistent"),
    })),
    Registration(SeqModel<SeqClients<ModelSync, SeqRelaxedEnd>>({
        .name = "lock/seqcount/relaxed_end",
        .summary = "the even number is no release: it may be seen before the data",
        .about = "Right under SC and TSO.",
        .source = kSeqlockVariants,
        .clients = {.readers = 1, .writers = 1},
        .expectations = ViolatesUnderRc11("reads_consistent"),
    })),
};

}  // namespace
}  // namespace doorway::lock

#include "locks/percpu_rwsem.h"

#include "models/lock/lock_model.h"
#include "models/lock/variants/percpu_rwsem.h"

// The per-CPU reader-writer semaphore, and what breaks it.

namespace doorway::lock {
namespace {

template <template <class> class Lock>
Model PerCpuModel(const char* name, const char* summary, const char* about, std::vector<Expectation> expectations,
                  std::vector<Expectation> others = {}) {
  return LockModel<Lock>({
      .name = name,
      .summary = summary,
      .about = about,
      .source = others.empty() ? "models/lock/variants/percpu_rwsem.h" : "locks/percpu_rwsem.h",
      .clients = {.readers = 1, .writers = 1},
      .most = 2,
      .sections = Sections::kExclusion,
      .responses = {EveryCallEnters()},
      .expectations = std::move(expectations),
      .endless = std::move(others),
  });
}

std::vector<Expectation> Others() {
  std::vector<Expectation> expectations = FailsForEver("every_call_enters");
  expectations.push_back({MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"readers", 2}}});
  expectations.push_back({MemoryModel::kTso, Verdict::kVerified, "", Engine::kState, {{"readers", 2}}});
  return expectations;
}

const Registration percpu_rwsem_models[] = {
    Registration(PerCpuModel<PerCpuRwSem>(
        "lock/percpu_rwsem", "per-CPU reader-writer semaphore: readers count on their own CPU, writers wait for RCU",
        "The grace period is a specification in one word, and so is the order among writers. Two CPUs. Without end the "
        "writer "
        "may shut the door again each time before the reader has looked.",
        Verified(), Others())),
    Registration(PerCpuModel<PerCpuNoGracePeriod>(
        "lock/percpu_rwsem/no_grace_period", "the writer looks at the counts before the grace period",
        "A reader that has found the quick way counts itself too late.", Violates("exclusion"))),
    Registration(PerCpuModel<PerCpuNoWriterFence>(
        "lock/percpu_rwsem/no_writer_fence", "no barrier between shutting the door and looking at the counts",
        "Store buffering: the count is read before the door is seen shut.", ViolatesUnderRc11AndTso("exclusion"))),
    Registration(PerCpuModel<PerCpuNoReaderFence>(
        "lock/percpu_rwsem/no_reader_fence", "no barrier between counting and looking at the door",
        "Right under SC and TSO, where an update is a barrier.", ViolatesUnderRc11("exclusion"))),
    Registration(PerCpuModel<PerCpuQuickTooSoon>(
        "lock/percpu_rwsem/quick_too_soon", "readers take the quick way again at once: they need not see the write",
        "What the second grace period is for.", Violates("no_data_race"))),
    Registration(PerCpuModel<PerCpuRelaxedWait>(
        "lock/percpu_rwsem/relaxed_wait", "the writer does not acquire what leaving readers release",
        "In time the sections exclude each other, in happens-before they do not.", Violates("no_data_race"))),
};

}  // namespace
}  // namespace doorway::lock

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
#include "locks/vma_ref_lock.h"
#include "locks/vma_subtract_lock.h"
#include "locks/vma_two_bit_lock.h"
#include "models/group/variants/weakened_sync.h"
#include "models/registry/model.h"
#include "models/vma/clients.h"
#include "models/vma/lookup.h"
#include "models/vma/reuse.h"
#include "models/vma/variants/ref_lock.h"
#include "models/vma/variants/relaxed_begin_mm.h"
#include "models/vma/variants/subtract.h"
#include "models/vma/variants/two_bit.h"
#include "models/vma/variants/writer_ref.h"

// The per-VMA locks on engines that run a model as it stands: upstream Relacy (relacy.cc), with all claims but that the
// writer gets in at last and that readers run in parallel, and real threads (native.cc).

namespace doorway::vma {

class VmaMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.kind == kCount && note.argument != 0) return "count_stays_right";
    if (note.kind == kReads && note.argument != 0) return "reads_own_vma";
    return exclusion_.OnNote(note);
  }

 private:
  ExclusionMonitor exclusion_;
};

template <class Engine>
class VmaOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  // With the clients of clients.h.
  template <class AnyClients>
  static Registered OfClients(const std::string& name) {
    return Engine::template Register<AnyClients, VmaMonitor>(name, [](const Configuration& configuration) {
      ClientConfig config{configuration.at("readers"), configuration.at("rounds"), configuration.at("others"),
                          configuration.at("seq_bits")};
      if (configuration.at("bits") > 0) config.word_bits = configuration.at("bits");
      config.fall_back = configuration.at("fall_back") == 1;
      return std::pair(config, config.readers + 1);
    });
  }

  template <template <class> class Lock>
  static Registered Of(const std::string& name) {
    return OfClients<Clients<Sync, Lock>>(name);
  }

  // With the clients of reuse.h.
  template <template <class> class Lock>
  static Registered OfReuse(const std::string& name, const ReuseConfig& clients = {}) {
    return Engine::template Register<Reuse<Sync, Lock>, VmaMonitor>(
        name, [clients](const Configuration& configuration) {
          ReuseConfig config = clients;
          config.readers = configuration.at("readers");
          return std::pair(config, config.readers + 1 + static_cast<int>(config.other_mm));
        });
  }

  static Registered OfLookup(const std::string& name, bool from_the_root) {
    return Engine::template Register<Lookup<Sync, VmaRefLock>, VmaMonitor>(
        name, [from_the_root](const Configuration& configuration) {
          const LookupConfig config{configuration.at("readers"), from_the_root};
          return std::pair(config, config.readers + 1);
        });
  }

 public:
  static std::vector<Registered> All() {
    return {
        Of<VmaTwoBitLock>("vma/two_bit"),
        Of<VmaTwoBitLock>("vma/two_bit/numbers_wrap"),
        Of<TwoBitNoWake>("vma/two_bit/no_wake"),
        Of<TwoBitLoadThenStore>("vma/two_bit/load_then_store"),
        Of<TwoBitCountFirst>("vma/two_bit/count_first"),

        Of<VmaSubtractLock>("vma/subtract"),
        Of<VmaSubtractLock>("vma/subtract/just_wide_enough"),
        Of<VmaSubtractLock>("vma/subtract/too_narrow"),
        Of<SubtractReread>("vma/subtract/reread"),
        Of<SubtractSetFree>("vma/subtract/set_free"),
        Of<SubtractSetFree>("vma/subtract/set_free_twice"),
        Of<SubtractUnsigned>("vma/subtract/unsigned"),
        Of<SubtractSilentUndo>("vma/subtract/silent_undo"),

        Of<WriterRef>("vma/writer_ref"),
        Of<PutAtEndWrite>("vma/writer_ref/put_at_end_write"),
        Of<PutNever>("vma/writer_ref/put_at_end_write_all"),
        OfReuse<WriterRef>("vma/writer_ref/unmap"),
        OfReuse<WriterRef>("vma/writer_ref/write_lock_detached", {.map_again = MapAgain::kElsewhere}),
        OfReuse<WriterRefMended>("vma/writer_ref/mended_unmap"),
        OfReuse<WriterRefMended>("vma/writer_ref/mended", {.other_mm = true}),
        OfReuse<WriterRefWakesForeignMm>("vma/writer_ref/wakes_foreign_mm", {.other_mm = true}),

        Of<VmaRefLock>("vma/refcount"),
        Of<VmaRefLock>("vma/refcount/numbers_wrap"),
        Of<VmaRefLock>("vma/refcount/numbers_suffice"),
        Of<RefAlwaysWaits>("vma/refcount/always_waits"),
        Of<RefNoRecheck>("vma/refcount/no_recheck"),
        Of<RefRelaxedGet>("vma/refcount/relaxed_get"),
        Of<RefRelaxedRecheck>("vma/refcount/relaxed_recheck"),
        OfClients<Clients<Sync, VmaRefLock, RelaxedBeginMm>>("vma/refcount/relaxed_begin"),
        Of<RefForgottenLock>("vma/refcount/forgotten_lock"),
        Of<RefNoExclusion>("vma/refcount/no_exclusion"),
        Of<RefAdmitFirst>("vma/refcount/admit_first"),
        Of<RefWaitsForNone>("vma/refcount/waits_for_none"),
        Of<RefNoWake>("vma/refcount/no_wake"),
        Of<RefPutsWhatItNeverGot>("vma/refcount/puts_what_it_never_got"),

        OfReuse<VmaRefLock>("vma/refcount/unmap"),
        OfReuse<RefPlainGet>("vma/refcount/plain_get"),
        OfReuse<RefDetachAtOnce>("vma/refcount/detach_at_once"),
        OfReuse<VmaRefLock>("vma/refcount/map_again", {.map_again = MapAgain::kElsewhere}),
        OfReuse<VmaRefLock>("vma/refcount/map_in_place", {.map_again = MapAgain::kInPlace}),
        OfReuse<RefAttachUnlocked>("vma/refcount/attach_unlocked", {.map_again = MapAgain::kInPlace}),
        OfReuse<VmaRefLock>("vma/refcount/no_range_check", {.map_again = MapAgain::kElsewhere, .range_check = false}),
        OfReuse<VmaRefLock>("vma/refcount/reuse", {.other_mm = true}),
        OfReuse<RefAnyMm>("vma/refcount/any_mm", {.other_mm = true}),
        OfReuse<RefWakesForeignMm>("vma/refcount/wakes_foreign_mm", {.other_mm = true}),
        OfReuse<RefMmAfterPut>("vma/refcount/mm_after_put", {.other_mm = true}),

        OfLookup("vma/lookup", true),
        OfLookup("vma/lookup/stale_node", false),

        // Every lock of weakened.cc.
        OfClients<Clients<WeakenedSync<Sync, DropAcquire>, VmaTwoBitLock>>("vma/two_bit/no_acquire"),
        OfClients<Clients<WeakenedSync<Sync, DropRelease>, VmaTwoBitLock>>("vma/two_bit/no_release"),
        OfClients<Clients<WeakenedSync<Sync, DropAcquire>, VmaSubtractLock>>("vma/subtract/no_acquire"),
        OfClients<Clients<WeakenedSync<Sync, DropRelease>, VmaSubtractLock>>("vma/subtract/no_release"),
        OfClients<Clients<WeakenedSync<Sync, DropAcquire>, VmaRefLock>>("vma/refcount/no_acquire"),
        OfClients<Clients<WeakenedSync<Sync, DropRelease>, VmaRefLock>>("vma/refcount/no_release"),
    };
  }
};

}  // namespace doorway::vma

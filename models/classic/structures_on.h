#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
#include "models/classic/rw_clients.h"
#include "models/classic/structures/chase_lev.h"
#include "models/classic/structures/mpmc_queue.h"
#include "models/classic/structures/ms_queue.h"
#include "models/classic/structures/spsc_ring.h"
#include "models/classic/structures/treiber_stack.h"
#include "models/registry/model.h"

// Reader-writer locks and lock-free structures on engines that run a model as it stands: upstream Relacy
// (structures_relacy.cc), real threads (structures_native.cc).

namespace doorway {

template <class Engine>
class StructuresOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  template <class Program>
  static Registered Of(const std::string& name) {
    return Engine::template Register<Program, ExclusionMonitor>(
        "classic/" + name, [](const Configuration& configuration) {
          const ProgramConfig config{configuration.at("threads"), configuration.at("rounds")};
          int threads = config.threads;
          if constexpr (requires { Program::kThreads; }) threads = Program::kThreads;
          return std::pair(config, threads);
        });
  }

  template <template <class> class Lock>
  static Registered OfRw(const std::string& name) {
    return Of<RwClients<Sync, Lock>>(name);
  }
  template <template <class> class Lock>
  static Registered OfSeq(const std::string& name) {
    return Of<SeqClients<Sync, Lock>>(name);
  }

 public:
  static std::vector<Registered> All() {
    return {
        OfRw<LinuxRwLock>("linux_rwlock"),
        OfRw<RelaxedReadUnlock>("linux_rwlock/relaxed_read_unlock"),
        OfRw<RelaxedWriteUnlock>("linux_rwlock/relaxed_write_unlock"),
        OfRw<BiasTooSmall>("linux_rwlock/takes_too_little"),
        OfRw<KeepsWhatItTook>("linux_rwlock/keeps_what_it_took"),
        OfSeq<CasSeqLock>("seqlock"),
        OfSeq<NoWriteFence>("seqlock/no_write_fence"),
        OfSeq<NoReadFence>("seqlock/no_read_fence"),
        OfSeq<RelaxedWriteEnd>("seqlock/relaxed_write_end"),
        OfSeq<ReadsBesideWriter>("seqlock/reads_beside_writer"),
        OfSeq<OneBitSequence>("seqlock/too_narrow"),

        Of<StackClients<Sync>>("treiber_stack"),
        Of<StackClients<Sync, StackDefect::kRelaxedPush>>("treiber_stack/relaxed_push"),
        Of<StackClients<Sync, StackDefect::kRelaxedTop>>("treiber_stack/relaxed_top"),
        Of<StackClients<Sync, StackDefect::kPopInTwoSteps>>("treiber_stack/pop_in_two_steps"),
        Of<QueueClients<Sync>>("ms_queue"),
        Of<QueueClients<Sync, QueueDefect::kRelaxedLink>>("ms_queue/relaxed_link"),
        Of<QueueClients<Sync, QueueDefect::kRelaxedNext>>("ms_queue/relaxed_next"),
        Of<QueueClients<Sync, QueueDefect::kDequeueInTwoSteps>>("ms_queue/dequeue_in_two_steps"),
        Of<QueueClients<Sync, QueueDefect::kLinkInTwoSteps>>("ms_queue/link_in_two_steps"),

        Of<DequeClients<Sync>>("chase_lev"),
        Of<DequeClients<Sync, DequeDefect::kNoPopFence>>("chase_lev/no_pop_fence"),
        Of<DequeClients<Sync, DequeDefect::kNoStealFence>>("chase_lev/no_steal_fence"),
        Of<DequeClients<Sync, DequeDefect::kRelaxedPush>>("chase_lev/relaxed_push"),
        Of<DequeClients<Sync, DequeDefect::kRelaxedPop>>("chase_lev/relaxed_pop"),
        Of<DequeClients<Sync, DequeDefect::kTakeLastUncontested>>("chase_lev/take_last_uncontested"),
        Of<MpmcClients<Sync>>("mpmc_queue"),
        Of<MpmcClients<Sync, RingDefect::kRelaxedPublish>>("mpmc_queue/relaxed_publish"),
        Of<MpmcClients<Sync, RingDefect::kRelaxedFree>>("mpmc_queue/relaxed_free"),
        Of<MpmcClients<Sync, RingDefect::kCountsFinished>>("mpmc_queue/counts_finished"),
        Of<MpmcClients<Sync, RingDefect::kNone, MpmcPromise::kRefusesOnlyIfItMust>>(
            "mpmc_queue/refuses_only_if_it_must"),
        Of<SpscClients<Sync>>("spsc_ring"),
        Of<SpscClients<Sync, SpscDefect::kRelaxedPut>>("spsc_ring/relaxed_put"),
        Of<SpscClients<Sync, SpscDefect::kRelaxedTaken>>("spsc_ring/relaxed_taken"),
        Of<SpscClients<Sync, SpscDefect::kOneTooMany>>("spsc_ring/one_too_many"),
    };
  }
};

}  // namespace doorway

#include <string>

#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "models/classic/rw_clients.h"
#include "models/classic/structures/chase_lev.h"
#include "models/classic/structures/mpmc_queue.h"
#include "models/classic/structures/ms_queue.h"
#include "models/classic/structures/spsc_ring.h"
#include "models/classic/structures/treiber_stack.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// Reader-writer locks and lock-free structures under upstream Relacy.

namespace doorway {
namespace {

template <class Program>
RelacyRegistration Of(const std::string& name) {
  return {"classic/" + name, [](const Configuration& configuration) {
            const ProgramConfig config{configuration.at("threads"), configuration.at("rounds")};
            int threads = config.threads;
            if constexpr (requires { Program::kThreads; }) threads = Program::kThreads;
            return OpinionOf(RunRelacy<Program, ExclusionMonitor>(config, threads));
          }};
}

template <template <class> class Lock>
RelacyRegistration OfRw(const std::string& name) {
  return Of<RwClients<RelacySync, Lock>>(name);
}
template <template <class> class Lock>
RelacyRegistration OfSeq(const std::string& name) {
  return Of<SeqClients<RelacySync, Lock>>(name);
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
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

    Of<StackClients<RelacySync>>("treiber_stack"),
    Of<StackClients<RelacySync, StackDefect::kRelaxedPush>>("treiber_stack/relaxed_push"),
    Of<StackClients<RelacySync, StackDefect::kRelaxedTop>>("treiber_stack/relaxed_top"),
    Of<StackClients<RelacySync, StackDefect::kPopInTwoSteps>>("treiber_stack/pop_in_two_steps"),
    Of<QueueClients<RelacySync>>("ms_queue"),
    Of<QueueClients<RelacySync, QueueDefect::kRelaxedLink>>("ms_queue/relaxed_link"),
    Of<QueueClients<RelacySync, QueueDefect::kRelaxedNext>>("ms_queue/relaxed_next"),
    Of<QueueClients<RelacySync, QueueDefect::kDequeueInTwoSteps>>("ms_queue/dequeue_in_two_steps"),
    Of<QueueClients<RelacySync, QueueDefect::kLinkInTwoSteps>>("ms_queue/link_in_two_steps"),

    Of<DequeClients<RelacySync>>("chase_lev"),
    Of<DequeClients<RelacySync, DequeDefect::kNoPopFence>>("chase_lev/no_pop_fence"),
    Of<DequeClients<RelacySync, DequeDefect::kNoStealFence>>("chase_lev/no_steal_fence"),
    Of<DequeClients<RelacySync, DequeDefect::kRelaxedPush>>("chase_lev/relaxed_push"),
    Of<DequeClients<RelacySync, DequeDefect::kRelaxedPop>>("chase_lev/relaxed_pop"),
    Of<DequeClients<RelacySync, DequeDefect::kTakeLastUncontested>>("chase_lev/take_last_uncontested"),
    Of<MpmcClients<RelacySync>>("mpmc_queue"),
    Of<MpmcClients<RelacySync, RingDefect::kRelaxedPublish>>("mpmc_queue/relaxed_publish"),
    Of<MpmcClients<RelacySync, RingDefect::kRelaxedFree>>("mpmc_queue/relaxed_free"),
    Of<MpmcClients<RelacySync, RingDefect::kCountsFinished>>("mpmc_queue/counts_finished"),
    Of<SpscClients<RelacySync>>("spsc_ring"),
    Of<SpscClients<RelacySync, SpscDefect::kRelaxedPut>>("spsc_ring/relaxed_put"),
    Of<SpscClients<RelacySync, SpscDefect::kRelaxedTaken>>("spsc_ring/relaxed_taken"),
    Of<SpscClients<RelacySync, SpscDefect::kOneTooMany>>("spsc_ring/one_too_many"),
};

}  // namespace
}  // namespace doorway

#include <string>

#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "locks/mcs_lock.h"
#include "locks/peterson_lock.h"
#include "locks/ticket_lock.h"
#include "models/classic/clients.h"
#include "models/classic/variants.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// The textbook's mutexes under upstream Relacy: exclusion, data races, stuck threads.

namespace doorway {
namespace {

template <template <class> class Lock>
RelacyRegistration Of(const std::string& name) {
  return {name, [](const Configuration& configuration) {
            MutexConfig config{configuration.at("threads"), configuration.at("rounds")};
            if (configuration.at("width") > 0) config.width = configuration.at("width");
            using Clients = MutexClients<RelacySync, Lock>;
            return OpinionOf(RunRelacy<Clients, MutualExclusionMonitor>(config, config.threads));
          }};
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
    Of<PetersonLock>("classic/peterson"),
    Of<GiveWayFirst>("classic/peterson/give_way_first"),
    Of<ReleaseEntry>("classic/peterson/release_entry"),
    Of<NeverGiveWay>("classic/peterson/never_give_way"),
    Of<TicketLock>("classic/ticket"),
    Of<TicketLock>("classic/ticket/too_narrow"),
    Of<RelaxedCall>("classic/ticket/relaxed_call"),
    Of<DrawInTwoSteps>("classic/ticket/draw_in_two_steps"),
    Of<McsLock>("classic/mcs"),
    Of<NoWaitForLink>("classic/mcs/no_wait_for_link"),
    Of<RelaxedGrant>("classic/mcs/relaxed_grant"),
    Of<ClearAfterLink>("classic/mcs/clear_after_link"),
};

}  // namespace
}  // namespace doorway

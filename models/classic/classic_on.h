#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
#include "locks/mcs_lock.h"
#include "locks/peterson_lock.h"
#include "locks/ticket_lock.h"
#include "models/classic/clients.h"
#include "models/classic/variants.h"
#include "models/registry/model.h"

// The textbook's mutexes on engines that run a model as it stands: upstream Relacy (classic_relacy.cc), which sees
// exclusion, data races and stuck threads, and real threads (classic_native.cc).

namespace doorway {

template <class Engine>
class ClassicOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  template <template <class> class Lock>
  static Registered Of(const std::string& name) {
    return Engine::template Register<MutexClients<Sync, Lock>, MutualExclusionMonitor>(
        name, [](const Configuration& configuration) {
          MutexConfig config{configuration.at("threads"), configuration.at("rounds")};
          if (configuration.at("width") > 0) config.width = configuration.at("width");
          return std::pair(config, config.threads);
        });
  }

 public:
  static std::vector<Registered> All() {
    return {
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
  }
};

}  // namespace doorway

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
#include "models/group/variants/weakened_sync.h"
#include "models/registry/model.h"
#include "models/rwsem/clients.h"
#include "models/rwsem/variants/linux_rw_sem.h"

// The semaphore of Linux on engines that run a model as it stands: upstream Relacy (relacy.cc), with all claims but
// those about all executions and about runs without end, and real threads (native.cc).

namespace doorway::rwsem {

template <class Engine>
class RwSemOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  class SemaphoreMonitor {
   public:
    const char* OnNote(const RelacyNote& note) {
      if (note.kind == LinuxRwSem<Sync>::kCount && note.argument != 0) return "count_stays_right";
      return exclusion_.OnNote(note);
    }

   private:
    RwExclusionMonitor exclusion_;
  };

  template <template <class> class Lock>
  static Registered Of(const std::string& name) {
    return Engine::template Register<Clients<Sync, Lock>, SemaphoreMonitor>(name, [](const Configuration& c) {
      const ClientConfig config{c.at("readers"),     c.at("killable_readers"), c.at("writers"),
                                c.at("downgraders"), c.at("killable_writers"), c.at("rounds")};
      return std::pair(config, config.threads());
    });
  }

 public:
  static std::vector<Registered> All() {
    return {
        Of<LinuxAsItIs>("rwsem/linux"),
        Of<AnyTimeout>("rwsem/linux/any_timeout"),
        Of<LinuxAsItIs>("rwsem/linux/downgrade"),
        Of<AnyTimeout>("rwsem/linux/killable"),
        Of<LinuxAsItIs>("rwsem/linux/killable_readers"),
        Of<ReadersSteal>("rwsem/linux/readers_steal"),
        Of<NoHandoff>("rwsem/linux/no_handoff"),
        Of<IgnoresHandoff>("rwsem/linux/ignores_handoff"),
        Of<UnfairWaitLock>("rwsem/linux/unfair_wait_lock"),
        Of<BacksOffSilently>("rwsem/linux/backs_off_silently"),
        Of<TriesBeforeItSaysSo>("rwsem/linux/tries_before_it_says_so"),
        Of<DowngradeGrantsWriter>("rwsem/linux/downgrade_grants_writer"),
        Of<DowngradeWakesWriter>("rwsem/linux/downgrade_wakes_writer"),
        Of<KilledSubtracts>("rwsem/linux/killed_subtracts"),
        Of<KilledLeavesHandoff>("rwsem/linux/killed_leaves_handoff"),
        Of<KilledWakesNobody>("rwsem/linux/killed_wakes_nobody"),
        Of<GrantsRelaxed>("rwsem/linux/grants_relaxed"),
        Of<Weakened<LinuxAsItIs>::NoAcquire>("rwsem/linux/no_acquire"),
        Of<Weakened<LinuxAsItIs>::NoRelease>("rwsem/linux/no_release"),
    };
  }
};

}  // namespace doorway::rwsem

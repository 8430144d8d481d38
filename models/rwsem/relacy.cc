#include <string>

#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "models/group/variants/weakened_sync.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"
#include "models/rwsem/clients.h"
#include "models/rwsem/variants/linux_rw_sem.h"

// The semaphore of Linux under upstream Relacy: all claims but those about all executions, and about runs without end.

namespace doorway::rwsem {
namespace {

class Monitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.kind == LinuxRwSem<RelacySync>::kCount && note.argument != 0) return "count_stays_right";
    return exclusion_.OnNote(note);
  }

 private:
  RwExclusionMonitor exclusion_;
};

template <template <class> class Lock>
RelacyRegistration Of(const std::string& name) {
  return {name, [](const Configuration& c) {
            const ClientConfig config{c.at("readers"),     c.at("killable_readers"), c.at("writers"),
                                      c.at("downgraders"), c.at("killable_writers"), c.at("rounds")};
            return OpinionOf(RunRelacy<Clients<RelacySync, Lock>, Monitor>(config, config.threads()));
          }};
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
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
    Of<Weakened<LinuxAsItIs>::template NoAcquire>("rwsem/linux/no_acquire"),
    Of<Weakened<LinuxAsItIs>::template NoRelease>("rwsem/linux/no_release"),
};

}  // namespace
}  // namespace doorway::rwsem

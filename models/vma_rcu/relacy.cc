#include <string>

#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"
#include "models/vma_rcu/map.h"
#include "models/vma_rcu/stack.h"
#include "models/vma_rcu/unmap.h"

// Some of the models under upstream Relacy: data races, uses after free, stuck threads, and entries that stay behind.

namespace doorway::vma_rcu {
namespace {

class Monitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    return note.kind == kEntry && note.argument != 0 ? "no_entry_outside_vma" : nullptr;
  }
};

template <class Client, class Config>
RelacyRegistration Of(const std::string& name, int Config::*threads, Config config) {
  return {name, [config, threads](const Configuration& configuration) {
            Config configured = config;
            configured.*threads = configuration.at("faults");
            return OpinionOf(RunRelacy<Client, Monitor>(configured, configured.*threads + Client::kExtraThreads));
          }};
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
    Of<Unmap<RelacySync>>("vma_rcu/unmap", &UnmapConfig::faults, UnmapConfig{}),
    Of<Unmap<RelacySync>>("vma_rcu/unmap/no_recheck", &UnmapConfig::faults,
                          UnmapConfig{.variant = Unmapping::kNoRecheck}),
    Of<Map<RelacySync>>("vma_rcu/map/published_relaxed", &MapConfig::faults,
                        MapConfig{.variant = Mapping::kPublishedRelaxed}),
    Of<Stack<RelacySync>>("vma_rcu/stack", &StackConfig::walkers, StackConfig{}),
    Of<Stack<RelacySync>>("vma_rcu/stack/under_read_lock", &StackConfig::walkers,
                          StackConfig{.variant = Growing::kUnderReadLock}),
};

}  // namespace
}  // namespace doorway::vma_rcu

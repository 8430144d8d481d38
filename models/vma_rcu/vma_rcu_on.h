#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
#include "models/registry/model.h"
#include "models/vma_rcu/map.h"
#include "models/vma_rcu/stack.h"
#include "models/vma_rcu/unmap.h"

// Some of the models on engines that run a model as it stands: upstream Relacy (relacy.cc), with data races, uses after
// free, stuck threads, and entries that stay behind, and real threads (native.cc).

namespace doorway::vma_rcu {

class EntryMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    return note.kind == kEntry && note.argument != 0 ? "no_entry_outside_vma" : nullptr;
  }
};

template <class Engine>
class VmaRcuOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  template <class Client, class Config>
  static Registered Of(const std::string& name, int Config::*threads, Config config) {
    return Engine::template Register<Client, EntryMonitor>(name, [config, threads](const Configuration& configuration) {
      Config configured = config;
      configured.*threads = configuration.at("faults");
      return std::pair(configured, configured.*threads + Client::kExtraThreads);
    });
  }

 public:
  static std::vector<Registered> All() {
    return {
        Of<Unmap<Sync>>("vma_rcu/unmap", &UnmapConfig::faults, UnmapConfig{}),
        Of<Unmap<Sync>>("vma_rcu/unmap/no_recheck", &UnmapConfig::faults,
                        UnmapConfig{.variant = Unmapping::kNoRecheck}),
        Of<Map<Sync>>("vma_rcu/map/published_relaxed", &MapConfig::faults,
                      MapConfig{.variant = Mapping::kPublishedRelaxed}),
        Of<Stack<Sync>>("vma_rcu/stack", &StackConfig::walkers, StackConfig{}),
        Of<Stack<Sync>>("vma_rcu/stack/under_read_lock", &StackConfig::walkers,
                        StackConfig{.variant = Growing::kUnderReadLock}),
    };
  }
};

}  // namespace doorway::vma_rcu

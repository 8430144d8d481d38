#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/relacy/monitor.h"
#include "models/mmap_lock/clients.h"
#include "models/mmap_lock/variants.h"
#include "models/registry/model.h"

// Some of the models on engines that run a model as it stands: upstream Relacy (relacy.cc), with deadlocks, data races
// and what the watch says, and real threads (native.cc).

namespace doorway::mmap_lock {

class WatchMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.argument == 0) return nullptr;
    if (note.kind == kIoUnderLock) return "completeness";
    if (note.kind == kIoWithoutLock) return "no_false_positive";
    return nullptr;
  }
};

template <class Engine>
class MmapLockOn {
  using Sync = typename Engine::Sync;
  using Registered = typename Engine::Registered;

  template <template <class> class Lock>
  static Registered Of(const std::string& name, const Scenario& scenario) {
    return Engine::template Register<Clients<Sync, Lock>, WatchMonitor>(
        name, [scenario](const Configuration& /*configuration*/) { return std::pair(scenario, scenario.threads); });
  }

 public:
  static std::vector<Registered> All() {
    return {
        Of<OverFair>("mmap_lock/watched/two_mms", {2, {Role::kTwoMms, Role::kMapperOf1}}),
        Of<Flag>("mmap_lock/flag", {1, {Role::kTwoMms}}),
        Of<OverLinux>("mmap_lock/watched/linux", {2, {Role::kFault, Role::kMapper}}),
        Of<OverFair>("mmap_lock/io_inside", {3, {Role::kIoInside, Role::kFileRead, Role::kMapper}}),
    };
  }
};

}  // namespace doorway::mmap_lock

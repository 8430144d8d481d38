#include <string>

#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "models/mmap_lock/clients.h"
#include "models/mmap_lock/variants.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"

// Some of the models under upstream Relacy: deadlocks, data races, and what the watch says.

namespace doorway::mmap_lock {
namespace {

class Monitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.argument == 0) return nullptr;
    if (note.kind == kIoUnderLock) return "completeness";
    if (note.kind == kIoWithoutLock) return "no_false_positive";
    return nullptr;
  }
};

template <template <class> class Lock>
RelacyRegistration Of(const std::string& name, const Scenario& scenario) {
  return {name, [scenario](const Configuration& /*configuration*/) {
            return OpinionOf(RunRelacy<Clients<RelacySync, Lock>, Monitor>(scenario, scenario.threads));
          }};
}

[[maybe_unused]] const RelacyRegistration registrations[] = {
    Of<OverFair>("mmap_lock/watched/two_mms", {2, {Role::kTwoMms, Role::kMapperOf1}}),
    Of<Flag>("mmap_lock/flag", {1, {Role::kTwoMms}}),
    Of<OverLinux>("mmap_lock/watched/linux", {2, {Role::kFault, Role::kMapper}}),
    Of<OverFair>("mmap_lock/io_inside", {3, {Role::kIoInside, Role::kFileRead, Role::kMapper}}),
};

}  // namespace
}  // namespace doorway::mmap_lock

#include <string>

#include "harness/graph/monitor.h"
#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "harness/relacy/result.h"
#include "models/group/variants/weakened_sync.h"
#include "models/mprotect/cases.h"
#include "models/mprotect/demoting.h"
#include "models/mprotect/scenario.h"
#include "models/mprotect/stack_expansion.h"
#include "models/mprotect/walk.h"
#include "models/registry/model.h"
#include "models/registry/second_opinion.h"
#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

// The same models under upstream Relacy, with the claims as monitors of its executions.

namespace doorway::mprotect {
namespace {

struct RelacyScenario {
  Scenario scenario;
  unsigned claims = 0;

  operator const Scenario&() const { return scenario; }  // NOLINT: the model is made from it
};

// The claims of one case. Every note is taken at its earliest place: all that matter are tags but the return of a call,
// which can follow its last operation at once.
class PageMonitor {
 public:
  PageMonitor() = default;  // RunRelacy wants one, and does not use it
  explicit PageMonitor(const RelacyScenario& scenario) : claims_(scenario.claims) {}

  const char* OnNote(const RelacyNote& note) {
    if (note.end != RelacyNote::End::kEarliest) return nullptr;
    const Monitor::When when = note.kind == mm::kProtected ? Monitor::When::kEarliest : Monitor::When::kTag;
    const Monitor::Noted noted{when, note.kind, note.thread, note.subject, note.argument};
    if (lost_write_.Hears(noted) && (claims_ & kNoLostWrite)) return "no_lost_write";
    if (write_after_return_.Hears(noted) && (claims_ & kNoWriteAfterReturn)) return "no_write_after_wp_return";
    if (dead_end_.Hears(noted) && (claims_ & kDeadEnd)) return "dead_end";
    return nullptr;
  }

 private:
  // A monitor with its state.
  template <class M>
  class Running {
   public:
    template <class... Args>
    explicit Running(Args... args) : monitor_(args...), state_(monitor_.initial()) {}
    bool Hears(const Monitor::Noted& noted) { return monitor_.Hear(noted, &state_).flagged; }

   private:
    M monitor_;
    Value state_;
  };

  static constexpr int kRange = 0;  // the other has no stores

  unsigned claims_ = 0;
  Running<mm::LostWriteMonitor> lost_write_{kRange};
  Running<mm::WriteAfterReturnMonitor> write_after_return_{kRange, kMaxThreads};
  Running<mm::DeadEndMonitor> dead_end_{kRange};
};

class NoMonitor {
 public:
  NoMonitor() = default;
  template <class Config>
  explicit NoMonitor(const Config& /*config*/) {}
  const char* OnNote(const RelacyNote& /*note*/) { return nullptr; }
};

[[maybe_unused]] const bool registered = [] {
  for (const Case& c : Cases()) {
    const RelacyRegistration one(c.name, [&c](const Configuration& /*configuration*/) {
      return OpinionOf(
          RunRelacy<Demoting<RelacySync>, PageMonitor>(RelacyScenario{c.scenario, c.claims}, c.scenario.threads));
    });
  }
  return true;
}();

template <class Sync = RelacySync>
RelacyRegistration OfWalk(const std::string& variant, const WalkConfig& config) {
  return {"mprotect/walk" + variant, [config](const Configuration& /*configuration*/) {
            return OpinionOf(RunRelacy<Walk<Sync>, NoMonitor>(config, 2));
          }};
}

RelacyRegistration OfExpansion(const std::string& variant, const ExpansionConfig& config) {
  return {"mprotect/munmap_below_stack" + variant, [config](const Configuration& /*configuration*/) {
            return OpinionOf(RunRelacy<StackExpansion<RelacySync>, NoMonitor>(config, 2));
          }};
}

[[maybe_unused]] const RelacyRegistration others[] = {
    OfWalk("", {}),
    OfWalk<WeakenedSync<RelacySync, DropAcquire>>("/no_acquire", {}),
    OfWalk<WeakenedSync<RelacySync, DropRelease>>("/no_release", {}),
    OfWalk("/find_again", {.go_on = GoOn::kFindAgain}),
    OfWalk("/find_again_first_unmapped", {.go_on = GoOn::kFindAgain, .unmapped = 0}),
    OfWalk("/cached_next", {.go_on = GoOn::kCachedNext}),
    OfWalk("/cached_next_type_stable", {.go_on = GoOn::kCachedNext, .type_stable = true}),
    OfWalk("/prev_next", {.go_on = GoOn::kPrevNext, .unmapped = 0}),
    OfWalk("/prev_next_type_stable", {.go_on = GoOn::kPrevNext, .unmapped = 0, .type_stable = true}),
    OfWalk("/prev_next_second_unmapped", {.go_on = GoOn::kPrevNext}),

    OfExpansion("", {}),
    OfExpansion("/no_downgrade", {.downgrades = false, .expands_under_write_lock = false}),
    OfExpansion("/grows_under_read_lock", {.expands_under_write_lock = false}),
    OfExpansion("/no_growth", {.grows = false}),
    OfExpansion("/relaxed_downgrade", {.grows = false, .relaxed_downgrade = true}),
};

}  // namespace
}  // namespace doorway::mprotect

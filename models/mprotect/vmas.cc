#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "harness/sync/model_sync.h"
#include "models/group/variants/weakened_sync.h"
#include "models/mprotect/stack_expansion.h"
#include "models/mprotect/walk.h"
#include "models/registry/model.h"

// What mmap_lock for writing is for besides the flush: the list of VMAs, and the page tables of a hole. The claims are
// the engine's own: no use after free, no data race, no failed check, nobody stuck.

namespace doorway::mprotect {
namespace {

std::vector<Expectation> Expected(const std::string& violated) {
  const Verdict verdict = violated.empty() ? Verdict::kVerified : Verdict::kViolated;
  return {{MemoryModel::kSc, verdict, violated},
          {MemoryModel::kRc11, verdict, violated},
          {MemoryModel::kSc, verdict, violated, Engine::kState}};
}

template <class Class, class Config>
Model Of(const std::string& name, const std::string& summary, const std::string& about, const std::string& source,
         const Config& config, const std::string& violated) {
  Model model;
  model.name = name;
  model.summary = summary;
  model.about = about;
  model.source = source;
  model.expectations = Expected(violated);
  model.subject = [config](const Configuration& /*configuration*/) -> std::unique_ptr<Subject> {
    return std::make_unique<ModelSubject<Class, Config>>(config, 2);
  };
  model.claims = [](const Configuration& /*configuration*/) { return std::vector<std::unique_ptr<Property>>(); };
  return model;
}

template <class Sync = ModelSync>
Model OfWalk(const std::string& variant, const std::string& summary, const WalkConfig& config,
             const std::string& violated) {
  return Of<Walk<Sync>>("mprotect/walk" + variant, summary,
                        "mprotect of a range of two VMAs, while another thread unmaps one of them.",
                        "models/mprotect/walk.h", config, violated);
}

const Registration walks[] = {
    Registration(OfWalk("", "mmap_lock is held for writing over the whole range", {}, "")),
    Registration(OfWalk<WeakenedSync<ModelSync, DropAcquire>>("/no_acquire", "... and all acquires are relaxed", {},
                                                              "no_data_race")),
    Registration(OfWalk<WeakenedSync<ModelSync, DropRelease>>("/no_release", "... and all releases are relaxed", {},
                                                              "no_data_race")),
    Registration(OfWalk("/find_again", "let go after each VMA; the next one is looked up by its address",
                        {.go_on = GoOn::kFindAgain}, "")),
    Registration(OfWalk("/find_again_first_unmapped", "... and the VMA that goes is the first one",
                        {.go_on = GoOn::kFindAgain, .unmapped = 0}, "")),
    Registration(OfWalk("/cached_next", "let go after each VMA, and go on with the one that was next: it may be free",
                        {.go_on = GoOn::kCachedNext}, "no_use_after_free")),
    Registration(OfWalk("/cached_next_type_stable", "... its memory is another VMA, not of the range, by now",
                        {.go_on = GoOn::kCachedNext, .type_stable = true}, "no_failed_check")),
    Registration(OfWalk("/prev_next", "let go after each VMA, and go on with the one behind it: it may be free itself",
                        {.go_on = GoOn::kPrevNext, .unmapped = 0}, "no_use_after_free")),
    Registration(OfWalk("/prev_next_type_stable", "... its memory is another VMA, behind the next, which is skipped",
                        {.go_on = GoOn::kPrevNext, .unmapped = 0, .type_stable = true}, "no_failed_check")),
    Registration(OfWalk("/prev_next_second_unmapped", "... the VMA that goes is the second one, which does no harm",
                        {.go_on = GoOn::kPrevNext}, "")),
};

Model OfExpansion(const std::string& variant, const std::string& summary, const ExpansionConfig& config,
                  const std::string& violated) {
  return Of<StackExpansion<ModelSync>>("mprotect/munmap_below_stack" + variant, summary,
                                       "munmap of the VMA below a stack, which frees the page table of the hole, "
                                       "against a fault by which the stack grows "
                                       "into it.",
                                       "models/mprotect/stack_expansion.h", config, violated);
}

const Registration expansions[] = {
    Registration(OfExpansion("", "munmap downgrades mmap_lock, and a stack grows under mmap_lock for writing", {}, "")),
    Registration(OfExpansion("/no_downgrade",
                             "a stack grows under mmap_lock for reading, and munmap does not downgrade",
                             {.downgrades = false, .expands_under_write_lock = false}, "")),
    Registration(OfExpansion("/grows_under_read_lock",
                             "munmap downgrades mmap_lock, and a stack grows under mmap_lock for reading",
                             {.expands_under_write_lock = false}, "no_use_after_free")),
    Registration(OfExpansion("/no_growth", "munmap downgrades mmap_lock, and a fault asks what is mapped",
                             {.grows = false}, "")),
    Registration(OfExpansion("/relaxed_downgrade", "... the downgrade is relaxed: the fault need not see the VMA gone",
                             {.grows = false, .relaxed_downgrade = true}, "no_data_race")),
};

}  // namespace
}  // namespace doorway::mprotect

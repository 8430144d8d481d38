#include "models/starter_protocol/starter_protocol.h"

#include <memory>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"
#include "properties/outcomes.h"

// The protocol, what is claimed of it, and a variant that must fail.

namespace doorway::starter_protocol {
namespace {

template <std::memory_order kAnnounce>
std::unique_ptr<Subject> MakeSubject(const Configuration& configuration) {
  const int readers = configuration.at("readers");
  return std::make_unique<ModelSubject<StarterProtocol<ModelSync, kAnnounce>, int>>(readers, readers + 1);
}

// properties/ has more. That no thread waits for ever, no data races, and what is freed is not used, is checked of
// every model.
std::vector<std::unique_ptr<Property>> Claims(const Configuration& /*configuration*/) {
  std::vector<std::unique_ptr<Property>> claims;
  claims.push_back(std::make_unique<Outcomes>("no_stale_read", "who reads the page finds what was mapped", kRead,
                                              "reads a page that is another's by now"));
  return claims;
}

// Default, least, most: `check starter_protocol/protocol --readers=2`.
const std::vector<Parameter> kParameters = {{"readers", 1, 1, kMaxReaders, "threads that read the page"}};

const Registration protocol{{
    .name = "starter_protocol/protocol",
    .summary = "readers announce themselves, who unmaps waits for them",
    .about = "Say here what is modelled, what is left out, and why.",
    .source = "models/starter_protocol/starter_protocol.h",
    .parameters = kParameters,
    // What you expect; the rules in BUILD compare it with what is found.
    .expectations = {{MemoryModel::kSc, Verdict::kVerified},
                     {MemoryModel::kTso, Verdict::kVerified},
                     {MemoryModel::kRc11, Verdict::kVerified},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}},
    .subject = MakeSubject<std::memory_order_seq_cst>,
    .claims = Claims,
}};

// One step done wrong, and the claim that must fail for it. A claim that no variant breaks has not been tested.
const Registration release_announce{{
    .name = "starter_protocol/protocol/release_announce",
    .summary = "the announcement is a release: it may still be in a store buffer when the reader looks",
    .about = "Right under SC.",
    .source = "models/starter_protocol/starter_protocol.h",
    .parameters = kParameters,
    .expectations = {{MemoryModel::kSc, Verdict::kVerified},
                     {MemoryModel::kTso, Verdict::kViolated, "no_stale_read"},
                     {MemoryModel::kRc11, Verdict::kViolated, "no_stale_read"},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}},
    .subject = MakeSubject<std::memory_order_release>,
    .claims = Claims,
}};

}  // namespace
}  // namespace doorway::starter_protocol

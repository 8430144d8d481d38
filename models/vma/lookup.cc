#include "models/vma/lookup.h"

#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "locks/vma_ref_lock.h"
#include "models/registry/model.h"
#include "models/vma/vma_model.h"

// A fault whose VMA has gone looks it up again.

namespace doorway::vma {
namespace {

struct Text {
  std::string name;
  std::string summary;
  std::string about;
  bool from_the_root;
  std::vector<Expectation> expectations;
};

Model Of(const Text& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about +
                " Clients: --readers page faults, and a thread that unmaps the VMA, puts another node in the tree, and "
                "frees the old one when nobody reads under RCU. A fault whose VMA turns out to be detached leaves RCU, "
                "enters it, and tries once more.";
  model.source = "models/vma/lookup.h";
  model.parameters = {{"readers", 1, 1, 3, "page faults"}};
  model.expectations = text.expectations;
  model.subject = [from_the_root = text.from_the_root](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const LookupConfig config{configuration.at("readers"), from_the_root};
    return std::make_unique<ModelSubject<Lookup<ModelSync, VmaRefLock>, LookupConfig>>(config, config.readers + 1);
  };
  model.claims = [](const Configuration& /*configuration*/) {
    std::vector<std::unique_ptr<Property>> claims;
    claims.push_back(Excludes());
    claims.push_back(CountsRight());
    return claims;
  };
  return model;
}

const Registration from_the_root(Of({
    .name = "vma/lookup",
    .summary = "a fault whose VMA has gone looks it up again, from the root of the tree",
    .about = "What was found under RCU is forgotten when RCU is left.",
    .from_the_root = true,
    .expectations = Verified(),
}));

const Registration stale_node(Of({
    .name = "vma/lookup/stale_node",
    .summary = "a fault whose VMA has gone looks it up again, from the node where it was: the node may be free",
    .about = "Linux, once a reader left RCU when it was refused: its walk of the tree went on where it had been.",
    .from_the_root = false,
    .expectations = Violates("no_use_after_free"),
}));

}  // namespace
}  // namespace doorway::vma

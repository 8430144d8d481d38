#include "models/vma/reuse_model.h"

#include "models/vma/vma_model.h"
#include "properties/outcomes.h"

namespace doorway::vma {
namespace {

constexpr const char* kAbout =
    " Clients: --readers page faults of mm A that may know the VMA by an old pointer, and a thread of A that changes, "
    "unmaps and frees it";
constexpr const char* kMapsAgain = ", and maps its memory again.";
constexpr const char* kOtherMm =
    "; and a thread of mm B, which maps the same memory, unmaps it, and exits, so that B is freed.";

}  // namespace

Model ReuseModelWithoutSubject(const ReuseText& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about + kAbout;
  model.about += text.clients.other_mm ? kOtherMm : text.clients.map_again != MapAgain::kNever ? kMapsAgain : ".";
  model.about += " With --rounds=0 faults come, and the VMA is unmapped and mapped again, for ever.";
  model.source = text.source;
  model.parameters = {{"readers", text.clients.readers, 1, 4, "page faults"},
                      {"rounds", 1, 0, 1, "1: once; 0: for ever"}};
  model.expectations = text.expectations;
  model.expectations.insert(model.expectations.end(), text.endless.begin(), text.endless.end());
  model.claims = [](const Configuration& /*configuration*/) {
    std::vector<std::unique_ptr<Property>> claims;
    claims.push_back(Excludes());
    claims.push_back(CountsRight());
    claims.push_back(std::make_unique<Outcomes>(
        "reads_own_vma", "who is inside as a reader reads a VMA of its own mm that covers its address", kReads,
        "reads a VMA that is not its own"));
    return claims;
  };
  model.responses = [](const Configuration& configuration) {
    if (configuration.at("rounds") > 0) return std::vector<Response>();
    return std::vector<Response>{
        {"every_unmap_ends", "who unmaps the VMA gets it, and gets rid of its readers", kUnmaps, kUnmapped}};
  };
  return model;
}

}  // namespace doorway::vma

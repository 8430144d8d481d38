#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"
#include "models/vma/reuse.h"

// How a lock of VMAs that come and go is registered with the clients of reuse.h.
//
//   const Registration reuse(ReuseModel<VmaRefLock>({.name = "vma/refcount/reuse", ..., .expectations = Verified()}));
//
// All claim exclusion, a right count, and that who is inside reads a VMA of its own mm.

namespace doorway::vma {

struct ReuseText {
  std::string name{};
  std::string summary{};
  std::string about{};
  std::string source{};
  ReuseConfig clients{};  // all but the readers and the rounds are fixed
  std::vector<Expectation> expectations{};
  std::vector<Expectation> endless{};  // some more: of runs without end
};

// All of the model but its subject. Adds what all models have in common to `about`.
Model ReuseModelWithoutSubject(const ReuseText& text);

template <template <class> class Lock>
Model ReuseModel(const ReuseText& text) {
  Model model = ReuseModelWithoutSubject(text);
  model.subject = [clients = text.clients](const Configuration& configuration) -> std::unique_ptr<Subject> {
    ReuseConfig config = clients;
    config.readers = configuration.at("readers");
    config.endless = configuration.at("rounds") == 0;
    if (config.endless) config.sequence_bits = 2;  // they have to come round
    return std::make_unique<ModelSubject<Reuse<ModelSync, Lock>, ReuseConfig>>(
        config, config.readers + 1 + static_cast<int>(config.other_mm));
  };
  return model;
}

}  // namespace doorway::vma

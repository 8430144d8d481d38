#pragma once

#include <string>
#include <vector>

#include "harness/graph/memory_model.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "models/registry/engine.h"
#include "models/registry/model.h"

// The claims of a model, and which engine judges them.

namespace doorway {

struct ClaimInfo {
  std::string name;
  std::string description;
  Property::Kind kind = Property::Kind::kUniversal;
  std::vector<Engine> engines;  // that judge it
};

// Its own, as they are called under `memory`: properties, then responses. Relacy is left out: it judges what it happens
// to see.
std::vector<ClaimInfo> ClaimsOf(const Model& model, const Configuration& configuration,
                                MemoryModel memory = MemoryModel::kSc);

// Those of every model.
std::vector<std::string> ClaimsOfEveryModel();

// None, if the model has no claims about infinite runs.
std::vector<Response> ResponsesOf(const Model& model, const Configuration& configuration);

// Engines that the model can be run on.
std::vector<Engine> EnginesOf(const Model& model);

// Names of the model's claims that `engine` cannot judge, but another engine can. Empty for Relacy.
std::vector<std::string> NotJudged(const Model& model, const Configuration& configuration, Engine engine);

}  // namespace doorway

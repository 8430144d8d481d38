#include "models/cli/claims.h"

#include <algorithm>
#include <memory>

#include "harness/graph/verdict.h"
#include "harness/native/native_run.h"

namespace doorway {

std::vector<ClaimInfo> ClaimsOf(const Model& model, const Configuration& configuration, MemoryModel memory) {
  const int threads = model.subject(configuration)->threads();
  std::vector<ClaimInfo> claims;
  for (const std::unique_ptr<Property>& property : model.claims(configuration)) {
    property->ExploredUnder(memory);
    ClaimInfo claim{std::string(property->name()), std::string(property->description()), property->kind(), {}};
    claim.engines = {Engine::kGraph};
    if (!property->Monitors(threads).empty()) {
      claim.engines.push_back(Engine::kState);
      if (FindNativeSubjects(model.name) != nullptr) claim.engines.push_back(Engine::kNative);
    }
    claims.push_back(std::move(claim));
  }
  for (const Response& response : ResponsesOf(model, configuration)) {
    claims.push_back({response.name, response.description, Property::Kind::kLiveness, {Engine::kState}});
  }
  return claims;
}

std::vector<std::string> ClaimsOfEveryModel() {
  return {std::string(kNoDataRace), std::string(kNoUseAfterFree), std::string(kNoFailedCheck),
          std::string(kNoStuckThread)};
}

std::vector<Response> ResponsesOf(const Model& model, const Configuration& configuration) {
  return model.responses ? model.responses(configuration) : std::vector<Response>();
}

std::vector<Engine> EnginesOf(const Model& model) {
  std::vector<Engine> engines = {Engine::kGraph, Engine::kState};
  if (FindRelacyRun(model.name) != nullptr) engines.push_back(Engine::kRelacy);
  if (FindNativeSubjects(model.name) != nullptr) engines.push_back(Engine::kNative);
  return engines;
}

std::vector<std::string> NotJudged(const Model& model, const Configuration& configuration, Engine engine) {
  std::vector<std::string> names;
  if (engine == Engine::kRelacy) return names;
  for (const ClaimInfo& claim : ClaimsOf(model, configuration)) {
    if (std::find(claim.engines.begin(), claim.engines.end(), engine) == claim.engines.end()) {
      names.push_back(claim.name);
    }
  }
  if (engine == Engine::kNative && !FindsDataRaces()) names.emplace_back(kNoDataRace);
  return names;
}

}  // namespace doorway

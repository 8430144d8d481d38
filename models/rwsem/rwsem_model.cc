#include "models/rwsem/rwsem_model.h"

#include <string_view>

#include "properties/exclusion.h"
#include "properties/outcomes.h"
#include "properties/overtakes.h"
#include "properties/parallelism.h"

namespace doorway::rwsem {
namespace {

constexpr std::string_view kNames[] = {"reader", "writer"};

constexpr const char* kAbout =
    " Clients: --readers, --killable_readers, --writers, --downgraders (writers that become readers half way) and "
    "--killable_writers, each --rounds times. A killable thread that waits may be killed instead of being woken.";

bool HasWriters(const ClientConfig& clients) {
  return clients.writers + clients.downgraders + clients.killable_writers > 0;
}

}  // namespace

std::vector<Expectation> Holds() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}
std::vector<Expectation> Violates(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kViolated, claim},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState}};
}
std::vector<Expectation> HoldsForEver() {
  return {{MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}}};
}
std::vector<Expectation> StarvesForEver() {
  return {
      {MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState, {{"rounds", 0}}},
      {MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState, {{"rounds", 0}}, Fairness::kStrong}};
}

Model RwSemModelWithoutSubject(const RwSemText& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about + kAbout;
  model.source = text.source;
  const ClientConfig& clients = text.clients;
  model.parameters = {{"readers", clients.readers, 0, 4, "readers"},
                      {"killable_readers", clients.killable_readers, 0, 3, "readers that may be killed"},
                      {"writers", clients.writers, 0, 4, "writers"},
                      {"downgraders", clients.downgraders, 0, 2, "writers that become readers"},
                      {"killable_writers", clients.killable_writers, 0, 3, "writers that may be killed"},
                      {"rounds", clients.rounds, 0, 4, "times that each comes; 0: for ever"}};
  model.expectations = text.expectations;
  model.claims = [defaults = text.clients, bypass = text.bypass](const Configuration& configuration) {
    const ClientConfig config = ClientsOf(configuration, defaults);
    std::vector<std::unique_ptr<Property>> claims;
    if (HasWriters(config)) {
      claims.push_back(std::make_unique<Exclusion>(Exclusion::Excludes::kWriters, kNames));
    }
    if (config.readers + config.killable_readers + config.downgraders > 1) {
      claims.push_back(std::make_unique<Parallelism>(kReader, kNames));
    }
    claims.push_back(std::make_unique<Outcomes>(
        "count_stays_right", "nobody is taken out of the count who is not in it; when all is quiet, it is zero",
        LinuxRwSem<ModelSync>::kCount, "finds the count wrong"));
    for (const std::uint64_t bound : bypass) claims.push_back(std::make_unique<Overtakes>(bound, kNames));
    return claims;
  };
  model.responses = [defaults = text.clients](const Configuration& configuration) {
    // Who is killed has crossed the doorway, and does not enter.
    const ClientConfig config = ClientsOf(configuration, defaults);
    if (config.killable_readers + config.killable_writers > 0) return std::vector<Response>();
    return std::vector<Response>{
        {"starvation_free", "who has crossed the doorway enters", notes::kDoorway, notes::kEnter}};
  };
  return model;
}

ClientConfig ClientsOf(const Configuration& configuration, const ClientConfig& defaults) {
  if (configuration.values().empty()) return defaults;
  return {configuration.at("readers"),     configuration.at("killable_readers"), configuration.at("writers"),
          configuration.at("downgraders"), configuration.at("killable_writers"), configuration.at("rounds")};
}

}  // namespace doorway::rwsem

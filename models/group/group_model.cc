#include "models/group/group_model.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "properties/exclusion.h"
#include "properties/overtakes.h"
#include "properties/parallelism.h"

namespace doorway {
namespace {

constexpr const char* kClients =
    " Clients: --reds threads of group 0 and --blacks threads of group 1, each --rounds times through the lock; "
    "inside, each writes its own slot and reads those of the other group.";

// The bound is none where rounds have no end and the clients' number of rounds would be it.
std::optional<std::uint64_t> BoundOf(int bound) {
  if (bound < 0) return std::nullopt;
  return static_cast<std::uint64_t>(bound);
}

GroupClaim ParallelIf(std::function<bool(const GroupConfig&)> makes_sense, std::optional<Value> group) {
  return [=](const GroupConfig& clients) -> std::unique_ptr<Property> {
    return makes_sense(clients) ? std::make_unique<Parallelism>(group) : nullptr;
  };
}

ClientCounts WithoutEnd(ClientCounts clients) {
  clients.emplace_back("rounds", 0);
  return clients;
}

Expectation FailsUnder(Fairness fairness, const std::string& claim, ClientCounts clients) {
  return {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState, WithoutEnd(std::move(clients)), fairness};
}

bool SomeGroupOfTwo(const GroupConfig& clients) { return clients.reds > 1 || clients.blacks > 1; }

}  // namespace

GroupClaim Excludes() {
  return [](const GroupConfig&) { return std::make_unique<Exclusion>(); };
}
GroupClaim ExcludesEverybody() {
  return [](const GroupConfig&) { return std::make_unique<Exclusion>(Exclusion::Excludes::kEverybody); };
}
GroupClaim Parallel() { return ParallelIf(SomeGroupOfTwo, std::nullopt); }
GroupClaim RedsParallel() {
  return ParallelIf([](const GroupConfig& clients) { return clients.reds > 1; }, 0);
}
GroupClaim BlacksParallel() {
  return ParallelIf([](const GroupConfig& clients) { return clients.blacks > 1; }, 1);
}
GroupClaim BypassMeasured() {
  return [](const GroupConfig&) { return std::make_unique<Overtakes>(std::nullopt); };
}
GroupClaim BypassAtMost(int bound) {
  return BypassAtMost([bound](const GroupConfig&) { return bound; });
}
GroupClaim BypassAtMost(std::function<int(const GroupConfig&)> bound) {
  return [bound = std::move(bound)](const GroupConfig& clients) {
    return std::make_unique<Overtakes>(BoundOf(bound(clients)));
  };
}

Response StarvationFree() {
  return {"starvation_free", "who has crossed the doorway enters", notes::kDoorway, notes::kEnter};
}

std::vector<Expectation> Verified() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}
std::vector<Expectation> Violates(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kViolated, claim},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState}};
}
std::vector<Expectation> ViolatesUnderRc11(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}
std::vector<Expectation> NoWitness(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kUnknown, claim},
          {MemoryModel::kRc11, Verdict::kUnknown, claim},
          {MemoryModel::kSc, Verdict::kUnknown, claim, Engine::kState}};
}

std::vector<Expectation> HoldsForEver(ClientCounts clients) {
  return {{MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, WithoutEnd(std::move(clients))}};
}
std::vector<Expectation> FailsForEver(const std::string& claim, ClientCounts clients) {
  return {FailsUnder(Fairness::kWeak, claim, std::move(clients))};
}
std::vector<Expectation> StarvesForEver(const ClientCounts& clients) {
  return {FailsUnder(Fairness::kWeak, "starvation_free", clients),
          FailsUnder(Fairness::kStrong, "starvation_free", clients)};
}
std::vector<Expectation> OvertakesForEver(const ClientCounts& clients) {
  return {FailsUnder(Fairness::kWeak, "bypass_bound", clients),
          FailsUnder(Fairness::kStrong, "starvation_free", clients)};
}

std::vector<Expectation> FailsUnlessStrong(const std::string& claim, const ClientCounts& clients) {
  return {FailsUnder(Fairness::kWeak, claim, clients),
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, WithoutEnd(clients), Fairness::kStrong}};
}

Model GroupModelWithoutSubject(const GroupModelText& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about;
  if (!text.fixed_clients) model.about += kClients;
  model.source = text.source;
  if (!text.fixed_clients) {
    model.parameters = {{"reds", text.clients.reds, 1, kMaxClients / 2, "threads of group 0"},
                        {"blacks", text.clients.blacks, 1, kMaxClients / 2, "threads of group 1"},
                        {"rounds", text.clients.rounds, 0, 8, "times that each goes through the lock; 0: for ever"}};
  }
  model.expectations = text.expectations;
  model.expectations.insert(model.expectations.end(), text.endless.begin(), text.endless.end());
  model.claims = [claims = text.claims, fixed = text.clients](const Configuration& configuration) {
    std::vector<std::unique_ptr<Property>> properties;
    for (const GroupClaim& claim : claims) {
      std::unique_ptr<Property> property = claim(ClientsOf(configuration, fixed));
      if (property != nullptr) properties.push_back(std::move(property));
    }
    return properties;
  };
  model.responses = [responses = text.responses](const Configuration& /*configuration*/) { return responses; };
  return model;
}

GroupConfig ClientsOf(const Configuration& configuration, const GroupConfig& fixed) {
  if (configuration.values().empty()) return fixed;
  return {configuration.at("reds"), configuration.at("blacks"), configuration.at("rounds")};
}

}  // namespace doorway

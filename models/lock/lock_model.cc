#include "models/lock/lock_model.h"

#include <cstdint>
#include <string_view>

#include "properties/exclusion.h"
#include "properties/overtakes.h"
#include "properties/parallelism.h"
#include "properties/passages.h"

namespace doorway::lock {
namespace {

constexpr std::string_view kNames[] = {"reader", "writer"};

Values WithoutEnd(Values clients) {
  clients.emplace_back("rounds", 0);
  return clients;
}

Expectation Endless(MemoryModel memory, Fairness fairness, const std::string& claim, const Values& clients) {
  const Verdict verdict = claim.empty() ? Verdict::kVerified : Verdict::kViolated;
  return {memory, verdict, claim, Engine::kState, WithoutEnd(clients), fairness};
}

std::vector<std::unique_ptr<Property>> ClaimsOf(const LockText& text, const ClientConfig& clients) {
  std::optional<std::uint64_t> bound;
  if (text.bypass.has_value()) bound = static_cast<std::uint64_t>(*text.bypass);
  const bool readers = clients.readers > 0;
  std::vector<std::unique_ptr<Property>> claims;
  if (text.sections != Sections::kNone) {
    claims.push_back(readers ? std::make_unique<Exclusion>(Exclusion::Excludes::kWriters, kNames)
                             : std::make_unique<Exclusion>(Exclusion::Excludes::kEverybody, kNoGroups));
    if (clients.readers > 1) claims.push_back(std::make_unique<Parallelism>(kReader, kNames));
  }
  if (text.sections == Sections::kOvertakes) {
    claims.push_back(readers ? std::make_unique<Overtakes>(bound, kNames)
                             : std::make_unique<Overtakes>(bound, kNoGroups, Overtakes::By::kAnybody));
  }
  for (const Claim& claim : text.claims) claims.push_back(claim());
  return claims;
}

}  // namespace

std::vector<Expectation> Verified() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState},
          {MemoryModel::kTso, Verdict::kVerified, "", Engine::kState}};
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
std::vector<Expectation> ViolatesUnderRc11AndTso(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState},
          {MemoryModel::kTso, Verdict::kViolated, claim, Engine::kState}};
}

std::vector<Expectation> HoldsForEver(const Values& clients) {
  return {Endless(MemoryModel::kSc, Fairness::kWeak, "", clients)};
}
std::vector<Expectation> HoldsForEverUnderTso(Verdict verdict, const Values& clients) {
  Expectation tso = Endless(MemoryModel::kTso, Fairness::kWeak, "", clients);
  tso.verdict = verdict;
  return {Endless(MemoryModel::kSc, Fairness::kWeak, "", {}), tso};
}
std::vector<Expectation> FailsForEver(const std::string& claim, const Values& clients) {
  return {Endless(MemoryModel::kSc, Fairness::kWeak, claim, clients),
          Endless(MemoryModel::kSc, Fairness::kStrong, claim, clients)};
}
std::vector<Expectation> FailsUnlessStrong(const std::string& claim, const Values& clients) {
  return {Endless(MemoryModel::kSc, Fairness::kWeak, claim, clients),
          Endless(MemoryModel::kSc, Fairness::kStrong, "", clients)};
}

Response StarvationFree() {
  return {"starvation_free", "who has crossed the doorway enters", notes::kDoorway, notes::kEnter};
}

Response EveryCallEnters() { return {"every_call_enters", "who calls gets in", kCall, notes::kEnter}; }

Model LockModelWithoutSubject(const LockText& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.source = text.source;
  model.about =
      text.about + (text.clients.readers > 0 ? " Clients: --readers threads that read and --writers that write"
                                             : " Clients: --writers threads");
  model.about += " plain data inside, each --rounds times through the lock.";
  if (text.clients.readers > 0) model.parameters.push_back({"readers", text.clients.readers, 1, text.most, "readers"});
  model.parameters.push_back({"writers", text.clients.writers, text.clients.readers > 0 ? 1 : 2, text.most, "writers"});
  model.parameters.push_back({"rounds", text.clients.rounds, 0, 8, "times that each comes; 0: for ever"});
  if (text.has_width) model.parameters.push_back({"width", text.clients.width, 1, 16, "bits of what the lock counts"});
  model.expectations = text.expectations;
  model.expectations.insert(model.expectations.end(), text.endless.begin(), text.endless.end());
  model.claims = [text](const Configuration& configuration) {
    return ClaimsOf(text, ClientsOf(configuration, text.clients));
  };
  model.responses = [responses = text.responses](const Configuration& /*configuration*/) { return responses; };
  return model;
}

ClientConfig ClientsOf(const Configuration& configuration, const ClientConfig& defaults) {
  if (configuration.values().empty()) return defaults;
  ClientConfig config{configuration.at("readers"), configuration.at("writers"), configuration.at("rounds")};
  config.width = configuration.at("width") > 0 ? configuration.at("width") : defaults.width;
  return config;
}

}  // namespace doorway::lock

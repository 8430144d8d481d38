#include "models/vma/vma_model.h"

#include <string_view>

#include "properties/exclusion.h"
#include "properties/outcomes.h"
#include "properties/parallelism.h"

namespace doorway::vma {
namespace {

constexpr std::string_view kNames[] = {"reader", "writer"};

constexpr const char* kAbout =
    " Clients: --readers page faults that read a VMA, and the writer of the mm, which write-locks and changes it, each "
    "--rounds times. A fault that does not get the lock falls back to mmap_lock. Sequence numbers have --seq_bits "
    "bits.";

}  // namespace

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

std::vector<Expectation> HoldsForEver() {
  return {{MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}}};
}
std::vector<Expectation> HoldsForEver(Verdict without_fall_back) {
  const std::string claim = without_fall_back == Verdict::kVerified ? "" : "writer_enters";
  std::vector<Expectation> expectations = HoldsForEver();
  for (const Fairness fairness : {Fairness::kWeak, Fairness::kStrong}) {
    expectations.push_back(
        {MemoryModel::kSc, without_fall_back, claim, Engine::kState, {{"rounds", 0}, {"fall_back", 0}}, fairness});
  }
  return expectations;
}

std::unique_ptr<Property> Excludes() { return std::make_unique<Exclusion>(Exclusion::Excludes::kOtherGroups, kNames); }

std::unique_ptr<Property> CountsRight() {
  return std::make_unique<Outcomes>("count_stays_right",
                                    "the count of readers never goes below zero, and is what it was when all is quiet",
                                    kCount, "finds the count wrong");
}

Response WriterEnters() { return {"writer_enters", "the writer gets the VMA at last", notes::kDoorway, notes::kEnter}; }

Model ClientsModelWithoutSubject(const ClientsText& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about + kAbout;
  model.source = text.source;
  model.parameters = {
      {"readers", text.clients.readers, 1, kMaxReaders, "page faults"},
      {"rounds", text.clients.rounds, 0, 8, "times that each thread comes; 0: for ever"},
      {"others", text.clients.others, 0, 4, "sections of the writer between two rounds that leave the VMA alone"},
      {"seq_bits", text.clients.sequence_bits, 2, 32, "bits of a sequence number"},
      {"fall_back", 1, 0, 1, "1: faults that are refused wait until no writer is in; 0: they come again"}};
  if (text.has_width) {
    model.parameters.push_back({"bits", text.clients.word_bits, 2, 32, "bits of the lock's word"});
  }
  model.expectations = text.expectations;
  model.expectations.insert(model.expectations.end(), text.endless.begin(), text.endless.end());
  model.claims = [defaults = text.clients](const Configuration& configuration) {
    std::vector<std::unique_ptr<Property>> claims;
    claims.push_back(Excludes());
    claims.push_back(CountsRight());
    if (ClientsOf(configuration, defaults).readers > 1) {
      claims.push_back(std::make_unique<Parallelism>(kReader, kNames));
    }
    return claims;
  };
  model.responses = [](const Configuration& /*configuration*/) { return std::vector<Response>{WriterEnters()}; };
  return model;
}

ClientConfig ClientsOf(const Configuration& configuration, const ClientConfig& defaults) {
  if (configuration.values().empty()) return defaults;
  ClientConfig config{configuration.at("readers"), configuration.at("rounds"), configuration.at("others"),
                      configuration.at("seq_bits")};
  config.word_bits = configuration.at("bits") > 0 ? configuration.at("bits") : defaults.word_bits;
  config.fall_back = configuration.at("fall_back") == 1;
  return config;
}

}  // namespace doorway::vma

#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/explore/explore.h"
#include "harness/graph/verdict.h"
#include "models/registry/model.h"

// A test program over all models that are linked with it, a case each: what upstream Relacy finds in the default
// configuration, our explorer must find too, under RC11. The agreement is one-way: Relacy's "nothing found" says less
// than ours. A model that is not registered with Relacy fails; one with more threads than Relacy is compiled for must
// be refused.

namespace doorway {
namespace {

constexpr int kRelacyThreads = 4;

// A data race within the critical sections is how Relacy sees an exclusion that does not hold.
bool Agrees(const Report& report, const std::string& claim) {
  const auto violated = [&report](std::string_view name) {
    const ClaimResult* result = report.Find(name);
    return result != nullptr && result->verdict == Verdict::kViolated;
  };
  return violated(claim) || (claim == kNoDataRace && violated("exclusion"));
}

class Agreement : public testing::Test {
 public:
  explicit Agreement(const Model& model) : model_(model) {}

  void TestBody() override {
    const RelacyRun* relacy = FindRelacyRun(model_.name);
    ASSERT_NE(relacy, nullptr) << model_.name << " is not registered with Relacy (models/registry/second_opinion.h)";
    const Configuration configuration = model_.defaults();
    const std::unique_ptr<Subject> subject = model_.subject(configuration);
    if (subject->threads() * (1 + subject->spawns()) > kRelacyThreads) {
      EXPECT_THROW((*relacy)(configuration), std::invalid_argument);
      return;
    }
    const SecondOpinion opinion = (*relacy)(configuration);
    std::printf("%llu executions in %.2f s, %s: %s\n", static_cast<unsigned long long>(opinion.iterations),
                opinion.seconds, opinion.exhaustive ? "exhaustive" : opinion.bound.c_str(),
                opinion.error_found ? opinion.what.c_str() : "nothing found");
    EXPECT_GT(opinion.iterations, 0U);
    if (opinion.error_found) WeFindItToo(*subject, configuration, opinion);
  }

 private:
  void WeFindItToo(Subject& subject, const Configuration& configuration, const SecondOpinion& opinion) {
    const std::vector<std::unique_ptr<Property>> claims = model_.claims(configuration);
    std::vector<Property*> properties;
    for (const std::unique_ptr<Property>& claim : claims) properties.push_back(claim.get());
    ExploreOptions options;
    options.memory = MemoryModel::kRc11;
    options.stop_at = opinion.claim;
    options.timeout_seconds = 60;
    const Report report = Explore(subject, properties, options);
    EXPECT_TRUE(Agrees(report, opinion.claim))
        << "Relacy finds " << opinion.claim << " violated (" << opinion.what << "), the explorer does not";
  }

  const Model& model_;
};

void RegisterCases() {
  for (const Model& model : Models()) {
    testing::RegisterTest("WhatRelacyFindsWeFind", model.name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [&model]() -> testing::Test* { return new Agreement(model); });
  }
}

}  // namespace
}  // namespace doorway

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  doorway::RegisterCases();
  return RUN_ALL_TESTS();
}

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "harness/behaviour/subject.h"
#include "harness/explore/explore_states.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "harness/graph/verdict.h"
#include "models/registry/model.h"

// Models of all families in runs without end: which locks starve whom, and whose overtakes have no bound.

namespace doorway {
namespace {

Report Endless(const std::string& name, Fairness fairness) {
  const Model* const model = FindModel(name);
  if (model == nullptr) throw std::invalid_argument("no model " + name);
  std::vector<std::pair<std::string, int>> values = model->defaults().values();
  for (auto& [parameter, value] : values) {
    if (parameter == "rounds") value = 0;
    if (parameter == "blacks") value = 1;
  }
  const Configuration configuration(values);
  const std::unique_ptr<Subject> subject = model->subject(configuration);
  const std::vector<std::unique_ptr<Property>> claims = model->claims(configuration);
  std::vector<Property*> properties;
  for (const std::unique_ptr<Property>& claim : claims) properties.push_back(claim.get());
  StateOptions options;
  options.fairness = fairness;
  options.stop_at = "none";
  return ExploreStates(*subject, properties, model->responses(configuration), options);
}

// The claims that are violated, one after another, each with a blank before it.
std::string Violated(const std::string& name, Fairness fairness) {
  const Report report = Endless(name, fairness);
  EXPECT_TRUE(report.exhausted) << name;
  std::string violated;
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict == Verdict::kViolated) violated += " " + claim.name;
    EXPECT_NE(claim.verdict, Verdict::kUnknown) << name << " " << claim.name;
  }
  return violated;
}

TEST(EndlessTest, FairLocksStarveNobody) {
  for (const char* name : {"classic/peterson", "classic/ticket", "classic/mcs", "group/strict_fair",
                           "group/strict_fair_phase", "group/bounded", "group/bounded_2", "group/readers_entry"}) {
    EXPECT_EQ(Violated(name, Fairness::kWeak), "") << name;
  }
}

TEST(EndlessTest, UnfairLocksDo) {
  for (const Fairness fairness : {Fairness::kWeak, Fairness::kStrong}) {
    EXPECT_EQ(Violated("group/rwsem", fairness), " starvation_free");
    EXPECT_EQ(Violated("group/strict_fair/join_past_queue", fairness), " bypass_bound starvation_free");
    EXPECT_EQ(Violated("group/bounded/bound_active_members", fairness), " bypass_bound starvation_free");
  }
}

TEST(EndlessTest, SleepingFaultsNeedStrongFairness) {
  for (const char* name : {"uffd_wp/group_lock/fault_sleeps", "uffd_wp/mmap_write/fault_sleeps"}) {
    EXPECT_EQ(Violated(name, Fairness::kWeak), " every_fault_is_answered") << name;
    EXPECT_EQ(Violated(name, Fairness::kStrong), "") << name;
  }
}

}  // namespace
}  // namespace doorway

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

// The most overtakes in any run without end of so many reds and blacks, -1 if there is no most. Only that is looked at.
int MaxBypass(const std::string& name, int reds, int blacks) {
  const Model* const model = FindModel(name);
  if (model == nullptr) throw std::invalid_argument("no model " + name);
  const Configuration configuration({{"reds", reds}, {"blacks", blacks}, {"rounds", 0}});
  const std::unique_ptr<Subject> subject = model->subject(configuration);
  const std::vector<std::unique_ptr<Property>> claims = model->claims(configuration);
  std::vector<Property*> bypass;
  for (const std::unique_ptr<Property>& claim : claims) {
    if (claim->name().starts_with("bypass_")) bypass.push_back(claim.get());
  }
  StateOptions options;
  options.stop_at = "none";
  const Report report = ExploreStates(*subject, bypass, {}, options);
  EXPECT_TRUE(report.exhausted) << name;
  for (const ClaimResult& claim : report.claims) {
    for (const Measure& measure : claim.measures) {
      if (measure.name != "max_bypass") continue;
      return measure.value == Measure::kUnbounded ? -1 : static_cast<int>(measure.value);
    }
  }
  throw std::logic_error("no max_bypass: " + name);
}

// Bounds that are claimed hold for all time (BUILD); here they are seen to be reached.
TEST(EndlessTest, BypassBoundsAreExact) {
  EXPECT_EQ(MaxBypass("group/strict_fair", 2, 2), 0);
  EXPECT_EQ(MaxBypass("group/strict_fair_phase", 2, 1), 0);
  EXPECT_EQ(MaxBypass("group/strict_fair_phase", 2, 2), 1);
  EXPECT_EQ(MaxBypass("group/strict_fair_queue", 2, 1), 0);
  EXPECT_EQ(MaxBypass("group/bounded", 1, 1), 0);
  EXPECT_EQ(MaxBypass("group/bounded", 2, 1), 1);
  EXPECT_EQ(MaxBypass("group/bounded", 2, 2), 1);
  EXPECT_EQ(MaxBypass("group/bounded_2", 2, 1), 2);
  EXPECT_EQ(MaxBypass("group/bounded_2", 2, 2), 2);
  EXPECT_EQ(MaxBypass("group/bounded_queue", 2, 1), 1);
  EXPECT_EQ(MaxBypass("group/readers_entry", 2, 2), 0);
  EXPECT_EQ(MaxBypass("group/rwsem/fair", 2, 2), 0);
  EXPECT_EQ(MaxBypass("group/rwsem_two_atomics", 2, 1), 0);
  EXPECT_EQ(MaxBypass("group/rwsem_two_atomics/read_preferring", 1, 1), 0);
  EXPECT_EQ(MaxBypass("group/rwsem_two_atomics/read_preferring", 2, 1), 1);
}

TEST(EndlessTest, UnfairLocksHaveNoBypassBound) {
  for (const char* name : {"group/two_state", "group/two_state/black_once", "group/two_state/spinning",
                           "group/readers_entry/no_turnstile"}) {
    EXPECT_EQ(MaxBypass(name, 1, 1), -1) << name;
  }
  // These need two that overlap: one alone has to queue before it comes again.
  for (const char* name : {"group/rwsem", "group/strict_fair/join_past_queue", "group/bounded/bound_active_members"}) {
    EXPECT_EQ(MaxBypass(name, 1, 1), 0) << name;
    EXPECT_EQ(MaxBypass(name, 2, 1), -1) << name;
  }
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

#include "reports/results/fairness.h"

#include <gtest/gtest.h>

namespace doorway::results {
namespace {

RunResult Of(const std::string& model, std::int64_t rounds, const std::string& fairness, std::vector<Claim> claims) {
  RunResult run;
  run.model = model;
  run.configuration = {{"reds", 2}, {"rounds", rounds}};
  run.memory = "sc";
  run.engine = "state";
  run.fairness = fairness;
  run.claims = std::move(claims);
  return run;
}

Claim Exclusion(const std::string& verdict) { return {"exclusion", "universal", verdict, false, {}}; }
Claim Starvation(const std::string& verdict) { return {"starvation_free", "liveness", verdict, false, {}}; }
Claim Bypass(const std::string& verdict, std::optional<std::uint64_t> most) {
  return {"bypass_measured", "universal", verdict, false, {{"max_bypass", most}, {"other", 7}}};
}

std::string Show(const FairnessCell& cell) { return cell.text + (cell.why.empty() ? "" : " (" + cell.why + ")"); }

// "exclusion | bypass | weak | strong" of the only row.
std::string Row(const std::vector<RunResult>& runs) {
  const std::vector<FairnessRow> rows = FairnessOf(runs);
  if (rows.size() != 1) return std::to_string(rows.size()) + " rows";
  return Show(rows[0].exclusion) + " | " + Show(rows[0].bypass) + " | " + Show(rows[0].weak) + " | " +
         Show(rows[0].strong);
}

TEST(FairnessTest, WeakAndStrongAreARow) {
  EXPECT_EQ(Row({Of("a/b", 0, "strong", {Exclusion("verified"), Bypass("verified", 1), Starvation("verified")}),
                 Of("a/b", 0, "weak", {Exclusion("verified"), Bypass("verified", 1), Starvation("violated")})}),
            "yes | 1 | no (starvation_free) | yes");
}

TEST(FairnessTest, WhatOneFairnessSaysOfTheOther) {
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Starvation("verified")})}), " |  | yes | yes (as under weak)");
  EXPECT_EQ(Row({Of("a/b", 0, "strong", {Starvation("violated")})}),
            " |  | no (as under strong) | no (starvation_free)");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Starvation("violated")})}), " |  | no (starvation_free) | ");
  EXPECT_EQ(Row({Of("a/b", 0, "strong", {Starvation("verified")})}), " |  |  | yes");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Starvation("verified_within_bounds")})}), " |  | yes, within bounds | ");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Starvation("unknown")})}), " |  | unknown | ");
}

TEST(FairnessTest, Bypass) {
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Bypass("verified", std::nullopt)})}),
            " | none (overtaken again and again without end) |  | ");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Bypass("unknown", 3)})}), " | at least 3 |  | ");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Bypass("violated", 3)})}), " | at least 3 |  | ");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Bypass("unknown", 3)}), Of("a/b", 0, "weak", {Bypass("verified", 4)})}),
            " | 4 |  | ")
      << "the search that came to its end";
}

TEST(FairnessTest, SeveralClaimsAboutInfiniteRuns) {
  Claim other = Starvation("violated");
  other.name = "every_call_returns";
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Starvation("verified"), other})}), " |  | no (every_call_returns) | ");
}

TEST(FairnessTest, WhatIsVacuousIsNoAnswer) {
  Claim starvation = Starvation("verified"), bypass = Bypass("verified", 0);
  starvation.vacuous = bypass.vacuous = true;
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {bypass, starvation})}),
            " | at least 0 (never put to the test) | unknown (never put to the test) | ");
}

TEST(FairnessTest, OnlyTheStateEngine) {
  RunResult graph = Of("a/b", 0, "", {Exclusion("verified"), Bypass("verified", 1)});
  graph.engine = "graph";
  EXPECT_EQ(Row({graph}), "0 rows");
  EXPECT_EQ(Row({Of("a/b", 0, "weak", {Exclusion("verified")})}), "0 rows") << "of fairness it says nothing";
}

TEST(FairnessTest, ClientsWithoutEndSayMore) {
  const RunResult endless = Of("a/b", 0, "weak", {Starvation("violated")}),
                  two = Of("a/b", 2, "weak", {Starvation("verified")});
  EXPECT_EQ(FairnessOf({two})[0].clients, Clients::kEnd);
  ASSERT_EQ(FairnessOf({two, endless}).size(), 1u);
  EXPECT_EQ(FairnessOf({two, endless})[0].clients, Clients::kEndless);
  EXPECT_EQ(FairnessOf({two, Of("a/c", 0, "weak", {Starvation("violated")})}).size(), 2u);
  RunResult without = two;
  without.configuration = {{"reds", 2}};
  EXPECT_EQ(FairnessOf({without})[0].clients, Clients::kOther);
}

}  // namespace
}  // namespace doorway::results

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"

// A search in parts counts and finds what an undivided one does: by several processes, and in shards.

namespace doorway::reference {
namespace {

constexpr int kPrograms = kAddressSanitizer ? 20 : 200;

Report Search(const Program& program, const ExploreOptions& options) {
  ProgramSubject subject(program);
  return Explore(subject, {}, options);
}

void ExpectSame(const Report& whole, const Report& parts) {
  EXPECT_EQ(parts.executions, whole.executions);
  EXPECT_EQ(parts.blocked, whole.blocked);
  EXPECT_EQ(parts.stuck, whole.stuck);
  EXPECT_EQ(parts.exhausted, whole.exhausted);
  EXPECT_EQ(parts.verdict, whole.verdict);
  EXPECT_EQ(parts.bounds_hit, whole.bounds_hit);
  for (std::size_t i = 0; i < whole.claims.size(); ++i) {
    SCOPED_TRACE(whole.claims[i].name);
    EXPECT_EQ(parts.claims[i].verdict, whole.claims[i].verdict);
    EXPECT_EQ(parts.claims[i].antecedents, whole.claims[i].antecedents);
    EXPECT_EQ(parts.claims[i].evidence.has_value(), whole.claims[i].evidence.has_value());
  }
}

std::string SentenceOf(const Report& report) {
  for (const ClaimResult& claim : report.claims) {
    if (claim.evidence.has_value()) return claim.evidence->finding.sentence;
  }
  return "";
}

class PartsCrossCheckTest : public ::testing::TestWithParam<MemoryModel> {
 protected:
  PartsCrossCheckTest() {
    options_.memory = GetParam();
    options_.stop_at = "none";
    options_.sub_trees_a_part = 2;
    options_.timeout_seconds = 600;  // far away: it must make no difference
  }
  ExploreOptions options_;
};

INSTANTIATE_TEST_SUITE_P(MemoryModels, PartsCrossCheckTest,
                         ::testing::Values(MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11),
                         [](const auto& memory) { return std::string(Name(memory.param)); });

TEST_P(PartsCrossCheckTest, Jobs) {
  int violated = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = GenerateProgram(seed, {});
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    const Report whole = Search(program, options_);
    ExploreOptions options = options_;
    options.jobs = 2;
    const Report parts = Search(program, options);
    ExpectSame(whole, parts);
    if (whole.verdict != Verdict::kViolated) continue;
    ++violated;
    options.stop_at = "";
    const Report stopped = Search(program, options);
    EXPECT_EQ(stopped.verdict, Verdict::kViolated);
    EXPECT_EQ(SentenceOf(stopped), SentenceOf(Search(program, options)));
  }
  EXPECT_GT(violated, kPrograms / 20);
}

TEST_P(PartsCrossCheckTest, Shards) {
  constexpr int kShards = 3;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = GenerateProgram(seed, {});
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    const Report whole = Search(program, options_);
    Report sum;
    std::vector<bool> violated(whole.claims.size(), false);
    std::vector<std::uint64_t> antecedents(whole.claims.size(), 0);
    for (int shard = 0; shard < kShards; ++shard) {
      ExploreOptions options = options_;
      options.shard = shard;
      options.shards = kShards;
      options.jobs = shard == 1 ? 2 : 1;
      const Report part = Search(program, options);
      EXPECT_TRUE(part.exhausted);
      EXPECT_NE(part.verdict, Verdict::kVerified);  // of a shard alone
      sum.executions += part.executions;
      sum.blocked += part.blocked;
      sum.stuck += part.stuck;
      for (std::size_t i = 0; i < part.claims.size(); ++i) {
        violated[i] = violated[i] || part.claims[i].verdict == Verdict::kViolated;
        antecedents[i] += part.claims[i].antecedents;
      }
    }
    EXPECT_EQ(sum.executions, whole.executions);
    EXPECT_EQ(sum.blocked, whole.blocked);
    EXPECT_EQ(sum.stuck, whole.stuck);
    for (std::size_t i = 0; i < whole.claims.size(); ++i) {
      EXPECT_EQ(violated[i], whole.claims[i].verdict == Verdict::kViolated) << whole.claims[i].name;
      EXPECT_EQ(antecedents[i], whole.claims[i].antecedents) << whole.claims[i].name;
    }
  }
}

}  // namespace
}  // namespace doorway::reference

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore.h"
#include "harness/explore/search_state.h"
#include "harness/testing/canonical.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"
#include "harness/testing/shorthand.h"

// A search that is interrupted again and again, and each time gone on with by another explorer that only has the text
// of its state, counts and finds what one does that nobody interrupts.

namespace doorway::reference {
namespace {

constexpr int kPrograms = kAddressSanitizer ? 10 : 100;
constexpr std::uint64_t kMostExecutions = 400;  // larger programs would be resumed too often

Report Search(const Program& program, const ExploreOptions& options) {
  ProgramSubject subject(program);
  return Explore(subject, {}, options);
}

void ExpectSame(const Report& whole, const Report& pieces) {
  EXPECT_EQ(pieces.executions, whole.executions);
  EXPECT_EQ(pieces.blocked, whole.blocked);
  EXPECT_EQ(pieces.stuck, whole.stuck);
  EXPECT_TRUE(pieces.exhausted);
  EXPECT_EQ(pieces.verdict, whole.verdict);
  EXPECT_EQ(pieces.bounds_hit, whole.bounds_hit);
  for (std::size_t i = 0; i < whole.claims.size(); ++i) {
    SCOPED_TRACE(whole.claims[i].name);
    EXPECT_EQ(pieces.claims[i].verdict, whole.claims[i].verdict);
    EXPECT_EQ(pieces.claims[i].antecedents, whole.claims[i].antecedents);
    EXPECT_EQ(pieces.claims[i].evidence.has_value(), whole.claims[i].evidence.has_value());
  }
}

// A search in pieces: each has the text that the one before has left.
class Pieces {
 public:
  // Of the last piece, if it came to the search's end.
  Report Run(const Program& program, ExploreOptions options) {
    std::optional<SearchState> before;
    if (!text_.empty()) before = ReadSearchState(text_);
    options.resume = before.has_value() ? &*before : nullptr;
    options.on_checkpoint = [this](const SearchState& state) {
      text_ = WriteSearchState(state);
      ++saved_;
    };
    options.checkpoint_seconds = 0;
    return Search(program, options);
  }
  int saved() const { return saved_; }

 private:
  std::string text_;
  int saved_ = 0;
};

class ResumeCrossCheckTest : public ::testing::TestWithParam<MemoryModel> {
 protected:
  ResumeCrossCheckTest() {
    options_.memory = GetParam();
    options_.stop_at = "none";
    options_.sub_trees_a_part = 3;
  }

  // In pieces of three executions more, each.
  Report RunInPieces(const Program& program, ExploreOptions options, int* pieces) {
    Pieces search;
    for (options.max_executions = 3;; options.max_executions += 3) {
      ++*pieces;
      const Report report = search.Run(program, options);
      if (report.exhausted) return report;
    }
  }

  ExploreOptions options_;
};

INSTANTIATE_TEST_SUITE_P(MemoryModels, ResumeCrossCheckTest,
                         ::testing::Values(MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11),
                         [](const auto& memory) { return std::string(Name(memory.param)); });

TEST_P(ResumeCrossCheckTest, PiecesOfThreeExecutions) {
  int most = 0, violated = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = GenerateProgram(seed, {});
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    const Report whole = Search(program, options_);
    if (whole.executions + whole.blocked > kMostExecutions) continue;
    int pieces = 0;
    ExpectSame(whole, RunInPieces(program, options_, &pieces));
    most = std::max(most, pieces);
    violated += whole.verdict == Verdict::kViolated ? 1 : 0;
  }
  EXPECT_GT(most, kAddressSanitizer ? 3 : 20);
  EXPECT_GT(violated, kPrograms / 20);
}

TEST_P(ResumeCrossCheckTest, TheSameGraphs) {
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = GenerateProgram(seed, {});
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    std::multiset<CanonicalGraph> graphs;
    ExploreOptions options = options_;
    options.on_execution = [&](const Execution& execution) { graphs.insert(Canonical(execution)); };
    const Report whole = Search(program, options);
    if (whole.executions + whole.blocked > kMostExecutions) continue;
    const std::set<CanonicalGraph> all(graphs.begin(), graphs.end());
    graphs.clear();
    int pieces = 0;
    ExpectSame(whole, RunInPieces(program, options, &pieces));
    EXPECT_EQ(std::set<CanonicalGraph>(graphs.begin(), graphs.end()), all);
  }
}

TEST_P(ResumeCrossCheckTest, JobsGoOnWithWhatOneProcessLeft) {
  for (std::uint64_t seed = 0; seed < kPrograms / 4; ++seed) {
    const Program program = GenerateProgram(seed, {});
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    const Report whole = Search(program, options_);
    Pieces search;
    ExploreOptions options = options_;
    options.max_executions = (whole.executions + whole.blocked) / 2 + 1;
    search.Run(program, options);
    options.max_executions = 0;
    options.jobs = 2;
    ExpectSame(whole, search.Run(program, options));
  }
}

TEST_P(ResumeCrossCheckTest, OneProcessGoesOnWithWhatJobsLeft) {
  Program program;
  program.locations = {{"x"}};
  program.threads.assign(kAddressSanitizer ? 3 : 4, {3, FetchAdd(kX, 1, kRlx)});
  bool cut_short = kAddressSanitizer;  // where the program is too small for that
  for (int attempt = 0; attempt < 10 && (attempt == 0 || !cut_short); ++attempt) {
    Pieces search;
    std::atomic<bool> interrupted{false};
    ExploreOptions options = options_;
    options.jobs = 2;
    options.interrupted = &interrupted;
    options.on_progress = [&](const Progress& progress) { interrupted = progress.executions > 0; };
    cut_short = !search.Run(program, options).exhausted || cut_short;
    EXPECT_GT(search.saved(), 1);
    options.jobs = 1;
    options.interrupted = nullptr;
    options.on_progress = nullptr;
    const Report report = search.Run(program, options);
    EXPECT_TRUE(report.exhausted);
    EXPECT_EQ(report.executions, kAddressSanitizer ? 1680u : 369'600u);
  }
  EXPECT_TRUE(cut_short);
}

TEST_P(ResumeCrossCheckTest, WhatHasEndedNeedNotBeExploredAgain) {
  const Program program = GenerateProgram(1, {});
  const Report whole = Search(program, options_);
  Pieces search;
  search.Run(program, options_);
  ExpectSame(whole, search.Run(program, options_));
}

TEST_P(ResumeCrossCheckTest, AStateOfAnotherSearchIsRefused) {
  const Program program = GenerateProgram(0, {});
  ExploreOptions options = options_;
  SearchState state;
  state.sub_trees = 3;
  options.resume = &state;
  state.parts.resize(1000);
  EXPECT_THROW(Search(program, options), SearchMismatch);
  state.parts.assign(3, PartResult());
  for (const auto& position : {Position{7}, Position{0, 1'000'000}, Position{1, 1, 1}}) {
    for (std::optional<PartResult>& part : state.parts) part->position = position;
    EXPECT_THROW(Search(program, options), SearchMismatch);
  }
}

}  // namespace
}  // namespace doorway::reference

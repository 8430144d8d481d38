#include "harness/testing/litmus.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "harness/testing/candidates.h"
#include "harness/testing/interleavings.h"

// The references give the published outcomes and counts.

namespace doorway::reference {
namespace {

class LitmusReferenceTest : public ::testing::TestWithParam<MemoryModel> {};

INSTANTIATE_TEST_SUITE_P(MemoryModels, LitmusReferenceTest,
                         ::testing::Values(MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11),
                         [](const auto& memory) { return std::string(Name(memory.param)); });

TEST_P(LitmusReferenceTest, CandidatesHaveThePublishedOutcomes) {
  for (const LitmusTest& test : AllLitmusTests()) {
    SCOPED_TRACE(test.name + "\n" + ToString(test.program));
    const Graphs graphs = EnumerateCandidates(test.program, GetParam());
    ASSERT_FALSE(graphs.gave_up);
    EXPECT_EQ(Shows(test, graphs.outcomes), test.allowed_in(GetParam()));
    if (test.executions_in(GetParam()).has_value()) {
      EXPECT_EQ(graphs.complete.size(), *test.executions_in(GetParam()));
    }
  }
}

TEST(LitmusTest, InterleavingsHaveThePublishedOutcomes) {
  for (const LitmusTest& test : AllLitmusTests()) {
    SCOPED_TRACE(test.name + "\n" + ToString(test.program));
    const Graphs graphs = EnumerateInterleavings(test.program);
    EXPECT_EQ(Shows(test, graphs.outcomes), test.allowed_in_sc);
    if (test.executions_in_sc.has_value()) {
      EXPECT_EQ(graphs.complete.size(), *test.executions_in_sc);
    }
  }
}

TEST(LitmusTest, NamesAreUnique) {
  std::set<std::string> names;
  for (const LitmusTest& test : AllLitmusTests()) EXPECT_TRUE(names.insert(test.name).second) << test.name;
}

void ExpectWithin(const Graphs& stronger, const Graphs& weaker) {
  for (const CanonicalGraph& graph : stronger.complete) {
    EXPECT_TRUE(weaker.complete.contains(graph)) << ToString(graph);
  }
  for (const CanonicalGraph& graph : stronger.stuck) EXPECT_TRUE(weaker.stuck.contains(graph)) << ToString(graph);
}

// Each model allows what the one before it does.
TEST(LitmusTest, ModelsGetWeaker) {
  for (const LitmusTest& test : AllLitmusTests()) {
    SCOPED_TRACE(test.name);
    const Graphs tso = EnumerateCandidates(test.program, MemoryModel::kTso);
    ExpectWithin(EnumerateCandidates(test.program, MemoryModel::kSc), tso);
    ExpectWithin(tso, EnumerateCandidates(test.program, MemoryModel::kRc11));
  }
}

}  // namespace
}  // namespace doorway::reference

// Random programs, with plain state and without: the executions must be the same ones. And each of them must really
// run, in interleavings as different as can be.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/front/foreign_test.h"
#include "harness/front/real_runs.h"
#include "harness/graph/verdict.h"
#include "harness/testing/canonical.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"

namespace doorway::front {
namespace {

class WithPlainState final : public Subject {
 public:
  explicit WithPlainState(const reference::Program& program) : subject_(program) {}
  int threads() const override { return subject_.threads(); }
  bool has_plain_state() const override { return true; }
  std::size_t size() const override { return subject_.size(); }
  void Construct(void* memory) override { subject_.Construct(memory); }
  void Thread(int thread) override { subject_.Thread(thread); }

 private:
  reference::ProgramSubject subject_;
};

// RealRuns asks it nothing but whether it has an invariant.
class NoTest final : public ForeignTest {
 public:
  int threads() const override { return 0; }
  std::size_t size() const override { return 0; }
  void Construct(void* /*memory*/) override {}
  void Thread(int /*thread*/) override {}
};

struct Found {
  Report report;
  std::vector<reference::CanonicalGraph> graphs;
};

Found All(Subject& subject, ExploreOptions options) {
  Found found;
  const auto also = options.on_execution;
  options.stop_at = "none";
  options.on_execution = [&](const Execution& execution) {
    found.graphs.push_back(reference::Canonical(execution));
    if (also) also(execution);
  };
  found.report = Explore(subject, {}, options);
  std::sort(found.graphs.begin(), found.graphs.end());
  return found;
}

TEST(PlainStateCrossCheckTest, TheSameExecutionsAndTheyReallyRun) {
  std::uint64_t executions = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const reference::Program program = reference::GenerateProgram(seed, {});
    reference::ProgramSubject without(program);
    const Found expected = All(without, {});
    if (expected.graphs.size() > 2000) continue;

    WithPlainState with(program);
    NoTest no_test;
    RealRuns runs(no_test);
    ExploreOptions options;
    options.on_program = [&](doorway::Program& explored) { runs.Attach(explored); };
    options.on_execution = [&](const Execution& execution) {
      EXPECT_FALSE(runs.Run(execution, false).has_value()) << "seed " << seed;
    };
    const Found found = All(with, options);
    EXPECT_EQ(expected.graphs, found.graphs) << "seed " << seed << "\n" << reference::ToString(program);
    EXPECT_EQ(expected.report.stuck, found.report.stuck) << "seed " << seed;
    EXPECT_EQ(expected.report.verdict, found.report.verdict) << "seed " << seed;
    executions += found.graphs.size();
  }
  EXPECT_GT(executions, 2000u);
}

}  // namespace
}  // namespace doorway::front

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore.h"
#include "harness/testing/canonical.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"
#include "harness/testing/shorthand.h"

// With interchangeable threads explored in one order, the graph explorer finds a graph of every orbit, and none
// besides; and the graphs that each stands for add up to all. On DOORWAY_RANDOM_PROGRAMS random programs (250 if not
// set).

namespace doorway::reference {
namespace {

int Programs() {
  if (const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS"); number != nullptr) return std::atoi(number);
  return kAddressSanitizer ? 20 : 250;
}

constexpr std::uint64_t kMostExecutions = 20'000;

// `program` with more threads like its first; if `own`, each with a last location of its own.
Program WithCopies(Program program, int copies, bool own) {
  const auto last = static_cast<int>(program.locations.size()) - 1;
  for (int copy = 0; copy < copies; ++copy) {
    std::vector<Instruction> thread = program.threads[0];
    if (own) {
      const auto mine = static_cast<int>(program.locations.size());
      Location location = program.locations[static_cast<std::size_t>(last)];
      location.name += std::to_string(copy);
      program.locations.push_back(location);
      for (Instruction& instruction : thread) {
        if (instruction.location == last) instruction.location = mine;
        for (Poll& poll : instruction.polls) poll.location = poll.location == last ? mine : poll.location;
      }
    }
    program.threads.push_back(std::move(thread));
  }
  return program;
}

// `graph`, in which thread t is now `places[t]`.
CanonicalGraph Permuted(const CanonicalGraph& graph, const std::vector<int>& places) {
  const auto place = [&](EventName* name) {
    if (name->thread >= 0) name->thread = places[static_cast<std::size_t>(name->thread)];
  };
  CanonicalGraph permuted = graph;
  for (std::size_t t = 0; t < graph.threads.size(); ++t) {
    permuted.threads[static_cast<std::size_t>(places[t])] = graph.threads[t];
  }
  for (std::vector<CanonicalEvent>& thread : permuted.threads) {
    for (CanonicalEvent& event : thread) place(&event.reads_from);
  }
  for (auto& [location, writes] : permuted.modification_order) {
    for (EventName& write : writes) place(&write);
  }
  return permuted;
}

// The least graph of its orbit, where the threads of one class may change places.
CanonicalGraph Least(const CanonicalGraph& graph, const std::vector<std::vector<int>>& classes) {
  std::vector<int> places(graph.threads.size());
  std::iota(places.begin(), places.end(), 0);
  CanonicalGraph least = graph;
  const auto permute = [&](auto&& self, std::size_t of_class) -> void {
    if (of_class == classes.size()) {
      least = std::min(least, Permuted(graph, places));
      return;
    }
    std::vector<int> members = classes[of_class];
    do {
      for (std::size_t i = 0; i < members.size(); ++i) {
        places[static_cast<std::size_t>(classes[of_class][i])] = members[i];
      }
      self(self, of_class + 1);
    } while (std::next_permutation(members.begin(), members.end()));
  };
  permute(permute, 0);
  return least;
}

struct Explored {
  Report report;
  std::multiset<CanonicalGraph> graphs;  // complete and stuck ones

  std::set<CanonicalGraph> Orbits(const std::vector<std::vector<int>>& classes) const {
    std::set<CanonicalGraph> orbits;
    for (const CanonicalGraph& graph : graphs) orbits.insert(Least(graph, classes));
    return orbits;
  }
};

// Where nobody asks for executions, ends of them need not be added: that counts the same.
void ExpectSameCounts(const Program& program, const ExploreOptions& options, bool after, const Report& report) {
  ProgramSubject subject(program, after);
  const Report counted = Explore(subject, {}, options);
  EXPECT_EQ(counted.executions, report.executions);
  EXPECT_EQ(counted.blocked, report.blocked);
  EXPECT_EQ(counted.stuck, report.stuck);
  EXPECT_DOUBLE_EQ(counted.represented, report.represented);
  EXPECT_EQ(counted.interchangeable, report.interchangeable);
}

Explored ExploreAll(const Program& program, ExploreOptions options, bool symmetry, bool after = false) {
  Explored explored;
  options.symmetry = symmetry;
  options.on_execution = [&](const Execution& execution) {
    const bool blocked = std::any_of(execution.threads.begin(), execution.threads.end(),
                                     [](const ThreadState& t) { return t.end == ThreadEnd::kBlocked; });
    if (!blocked) explored.graphs.insert(Canonical(execution));
  };
  ProgramSubject subject(program, after);
  explored.report = Explore(subject, {}, options);
  options.on_execution = nullptr;
  if (symmetry) ExpectSameCounts(program, options, after, explored.report);
  return explored;
}

class GraphSymmetryCrossCheckTest : public ::testing::TestWithParam<MemoryModel> {
 protected:
  GraphSymmetryCrossCheckTest() {
    options_.memory = GetParam();
    options_.stop_at = "none";
  }

  // Counts the programs in which some threads turned out to be interchangeable.
  void Compare(const Program& program, bool after, int* interchangeable) {
    ExploreOptions bounded = options_;
    bounded.max_executions = kMostExecutions;
    const Explored whole = ExploreAll(program, bounded, false, after);
    if (!whole.report.exhausted) return;
    const Explored reduced = ExploreAll(program, options_, true, after);
    const std::vector<std::vector<int>>& classes = reduced.report.interchangeable;
    ASSERT_TRUE(reduced.report.exhausted);
    EXPECT_EQ(reduced.report.verdict, whole.report.verdict);
    for (std::size_t i = 0; i < whole.report.claims.size(); ++i) {
      EXPECT_EQ(reduced.report.claims[i].verdict, whole.report.claims[i].verdict) << whole.report.claims[i].name;
    }
    EXPECT_EQ(std::set<CanonicalGraph>(reduced.graphs.begin(), reduced.graphs.end()).size(), reduced.graphs.size());
    if (classes.empty()) {
      EXPECT_EQ(reduced.graphs, whole.graphs);
      EXPECT_EQ(reduced.report.executions, whole.report.executions);
      return;
    }
    ++*interchangeable;
    EXPECT_DOUBLE_EQ(reduced.report.represented, static_cast<double>(whole.report.executions));
    EXPECT_TRUE(after || reduced.Orbits(classes) == whole.Orbits(classes));
  }

  ExploreOptions options_;
};

INSTANTIATE_TEST_SUITE_P(MemoryModels, GraphSymmetryCrossCheckTest,
                         ::testing::Values(MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11),
                         [](const auto& memory) { return std::string(Name(memory.param)); });

TEST_P(GraphSymmetryCrossCheckTest, EveryOrbit) {
  GeneratorOptions options;
  options.max_threads = 2;
  options.max_locations = 2;
  options.max_operations = 4;
  int interchangeable = 0;
  for (std::uint64_t seed = 0; static_cast<int>(seed) < Programs() && !HasFailure(); ++seed) {
    const Program program = WithCopies(GenerateProgram(seed, options), 1 + static_cast<int>(seed % 3), seed % 16 == 7);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    Compare(program, seed % 4 == 3, &interchangeable);
  }
  EXPECT_GT(interchangeable, Programs() / 4);
}

TEST_P(GraphSymmetryCrossCheckTest, OneOrderOfEquals) {
  Program program;
  program.locations = {{"x"}};
  program.threads.assign(5, {FetchAdd(kX, 1, kRlx)});
  const Explored reduced = ExploreAll(program, options_, true);
  EXPECT_EQ(reduced.report.executions, 1u);
  EXPECT_EQ(reduced.report.represented, 120);
  EXPECT_EQ(reduced.report.interchangeable, (std::vector<std::vector<int>>{{0, 1, 2, 3, 4}}));
}

TEST_P(GraphSymmetryCrossCheckTest, JobsAndPiecesOfASearch) {
  GeneratorOptions generate;
  generate.max_threads = 2;
  generate.max_locations = 2;
  generate.max_operations = 4;
  for (std::uint64_t seed = 0; static_cast<int>(seed) < Programs() / 10; ++seed) {
    const Program program = WithCopies(GenerateProgram(seed, generate), 2, false);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    ExploreOptions options = options_;
    options.symmetry = true;
    ProgramSubject subject(program);
    const Report alone = Explore(subject, {}, options);
    options.jobs = 2;
    options.sub_trees_a_part = 2;
    ProgramSubject again(program);
    const Report jobs = Explore(again, {}, options);
    EXPECT_EQ(jobs.executions, alone.executions);
    EXPECT_DOUBLE_EQ(jobs.represented, alone.represented);
    EXPECT_EQ(jobs.verdict, alone.verdict);
    options.jobs = 1;
    options.shards = 2;
    double represented = 0;
    for (options.shard = 0; options.shard < 2; ++options.shard) {
      ProgramSubject part(program);
      represented += Explore(part, {}, options).represented;
    }
    EXPECT_DOUBLE_EQ(represented, alone.represented);
  }
}

}  // namespace
}  // namespace doorway::reference

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/exchange.h"
#include "harness/explore/explore.h"
#include "harness/graph/note_kind.h"
#include "harness/testing/canonical.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"
#include "harness/testing/shorthand.h"

// With interchangeable threads explored in one order, the graph explorer finds a graph of every orbit, and none
// besides; and the graphs that each stands for add up to all. On DOORWAY_RANDOM_PROGRAMS random programs (120 if not
// set).

namespace doorway::reference {
namespace {

int Programs() {
  if (const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS"); number != nullptr) return std::atoi(number);
  return kAddressSanitizer ? 16 : 120;
}

constexpr std::uint64_t kMostExecutions = 20'000;

// `program` with more threads like its first; if `own`, each with a last location of its own, which is plain, and which
// another thread looks at, if `watched`.
Program WithCopies(Program program, int copies, bool own, bool watched = false) {
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
  if (watched) {
    std::vector<Instruction> watcher;
    for (auto l = last; l < static_cast<int>(program.locations.size()); ++l) {
      const bool plain = program.locations[static_cast<std::size_t>(l)].plain;
      watcher.push_back(Load(l, plain ? Order::kPlain : kAcq));
    }
    program.threads.push_back(std::move(watcher));
  }
  return program;
}

// Two threads that change places, and the locations that then do, too.
struct Swap {
  int one = 0, other = 0;
  std::map<std::string, std::string> names;

  int Thread(int thread) const { return thread == one ? other : thread == other ? one : thread; }
  std::string Location(const std::string& name) const {
    const auto found = names.find(name);
    return found == names.end() ? name : found->second;
  }
};

bool IsPlainLoad(const CanonicalEvent& event) { return event.kind == EventKind::kRead && event.order == Order::kPlain; }

// Loads of plain data that follow each other, in the order that they have in a thread that looks through all locations.
void SortPlainLoads(std::vector<CanonicalEvent>* thread) {
  for (auto begin = thread->begin(); begin != thread->end();) {
    begin = std::find_if(begin, thread->end(), IsPlainLoad);
    const auto end = std::find_if_not(begin, thread->end(), IsPlainLoad);
    std::stable_sort(begin, end, [](const auto& a, const auto& b) { return a.location < b.location; });
    begin = end;
  }
}

CanonicalGraph Swapped(const CanonicalGraph& graph, const Swap& swap) {
  const auto move = [&](EventName* name) { name->thread = swap.Thread(name->thread); };
  CanonicalGraph swapped = graph;
  std::swap(swapped.threads[static_cast<std::size_t>(swap.one)], swapped.threads[static_cast<std::size_t>(swap.other)]);
  for (std::vector<CanonicalEvent>& thread : swapped.threads) {
    for (CanonicalEvent& event : thread) {
      event.location = swap.Location(event.location);
      move(&event.reads_from);
    }
    SortPlainLoads(&thread);
  }
  swapped.modification_order.clear();
  for (const auto& [location, writes] : graph.modification_order) {
    std::vector<EventName>& moved = swapped.modification_order[swap.Location(location)];
    moved = writes;
    for (EventName& write : moved) move(&write);
  }
  return swapped;
}

// The least of all graphs that `swaps` lead to.
CanonicalGraph Least(const CanonicalGraph& graph, const std::vector<Swap>& swaps) {
  CanonicalGraph first = graph;
  for (std::vector<CanonicalEvent>& thread : first.threads) SortPlainLoads(&thread);
  std::set<CanonicalGraph> orbit = {first};
  for (std::vector<CanonicalGraph> fresh = {first}; !fresh.empty();) {
    const CanonicalGraph next = fresh.back();
    fresh.pop_back();
    for (const Swap& swap : swaps) {
      const CanonicalGraph swapped = Swapped(next, swap);
      if (orbit.insert(swapped).second) fresh.push_back(swapped);
    }
  }
  return *orbit.begin();
}

struct Explored {
  Report report;
  std::multiset<CanonicalGraph> graphs;  // complete and stuck ones
  std::vector<Swap> swaps;               // of neighbours in a class

  std::set<CanonicalGraph> Orbits(const std::vector<Swap>& of) const {
    std::set<CanonicalGraph> orbits;
    for (const CanonicalGraph& graph : graphs) orbits.insert(Least(graph, of));
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
  std::vector<std::string> names;
  options.on_execution = [&](const Execution& execution) {
    names.clear();
    for (const doorway::Location& location : *execution.locations) names.push_back(location.name);
    const bool blocked = std::any_of(execution.threads.begin(), execution.threads.end(),
                                     [](const ThreadState& t) { return t.end == ThreadEnd::kBlocked; });
    if (!blocked) explored.graphs.insert(Canonical(execution));
  };
  ProgramSubject subject(program, after);
  options.exchanges = std::make_shared<Exchanges>();
  explored.report = Explore(subject, {}, options);
  for (const std::vector<int>& members : explored.report.interchangeable) {
    for (std::size_t i = 0; i + 1 < members.size(); ++i) {
      Swap& swap = explored.swaps.emplace_back();
      swap.one = members[i];
      swap.other = members[i + 1];
      for (const auto& [from, to] : (*options.exchanges)[{swap.one, swap.other}].moved) {
        swap.names[names[from]] = names[to];
      }
    }
  }
  options.exchanges = nullptr;
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
    const bool moves =
        std::any_of(reduced.swaps.begin(), reduced.swaps.end(), [](const Swap& swap) { return !swap.names.empty(); });
    with_own_locations_ += moves ? 1 : 0;
    EXPECT_DOUBLE_EQ(reduced.report.represented, static_cast<double>(whole.report.executions));
    EXPECT_TRUE(after || reduced.Orbits(reduced.swaps) == whole.Orbits(reduced.swaps));
  }

  ExploreOptions options_;
  int with_own_locations_ = 0;
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
    const Program program =
        WithCopies(GenerateProgram(seed, options), 1 + static_cast<int>(seed % 3), seed % 4 == 1, seed % 8 == 1);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToString(program));
    Compare(program, seed % 4 == 3, &interchangeable);
  }
  EXPECT_GT(interchangeable, Programs() / 4);
  EXPECT_GT(with_own_locations_, Programs() / 20);
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

// Threads 0 and 1 may change places if what is said of them changes, too, and not if a third one speaks of one of them.
TEST_P(GraphSymmetryCrossCheckTest, NotesAreAboutThreads) {
  const auto classes = [this](int of_first, int of_second, int of_third) {
    Program program;
    program.locations = {{"x"}};
    for (const int subject : {of_first, of_second}) {
      program.threads.push_back({FetchAdd(kX, 1, kRlx), Tag(notes::kAdmit, subject)});
    }
    program.threads.push_back({FetchAdd(kX, 2, kRlx), Tag(notes::kAdmit, of_third)});
    return ExploreAll(program, options_, true).report.interchangeable;
  };
  const std::vector<std::vector<int>> both = {{0, 1}}, none;
  EXPECT_EQ(classes(0, 1, 2), both);
  EXPECT_EQ(classes(1, 0, 2), both);
  EXPECT_EQ(classes(2, 2, 2), both);
  EXPECT_EQ(classes(0, 0, 2), none);
  EXPECT_EQ(classes(0, 1, 0), none);
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

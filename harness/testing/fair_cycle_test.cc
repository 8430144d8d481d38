#include "harness/testing/fair_cycle.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace doorway::reference {
namespace {

using Edge = FairGraph::Edge;
using State = FairGraph::State;

// Both ways of deciding.
bool Fair(const FairGraph& graph) {
  const bool fair = HasFairCycle(graph);
  EXPECT_EQ(fair, HasFairCycleByTrial(graph));
  return fair;
}

TEST(FairCycleTest, NoEdgesNoCycle) {
  EXPECT_FALSE(Fair({{State{}}, {}}));
  EXPECT_FALSE(Fair({{State{}, State{}}, {Edge{0, 1, 0}}}));
}

TEST(FairCycleTest, ALoopIsACycle) { EXPECT_TRUE(Fair({{State{{0}}}, {Edge{0, 0, 0}}})); }

TEST(FairCycleTest, WhoCanAlwaysStepMust) {
  // Agent 1 could step, out of the cycle.
  EXPECT_FALSE(Fair({{State{{0, 1}}}, {Edge{0, 0, 0}}}));
  EXPECT_FALSE(Fair({{State{{0, 1}}, State{{0}}}, {Edge{0, 0, 0}, Edge{0, 1, 1}}}));
  // It can step in one of two states only.
  EXPECT_TRUE(Fair({{State{{0, 1}}, State{{0}}}, {Edge{0, 1, 0}, Edge{1, 0, 0}}}));
  // It does, in one of two states.
  EXPECT_TRUE(Fair({{State{{0, 1}}, State{{0, 1}}}, {Edge{0, 1, 0}, Edge{1, 0, 1}}}));
}

TEST(FairCycleTest, TwoLoopsOfWhichNeitherIsFairMayBeFairTogether) {
  const FairGraph graph = {{State{{0, 1}}}, {Edge{0, 0, 0}, Edge{0, 0, 1}}};
  EXPECT_TRUE(Fair(graph));
  EXPECT_FALSE(Fair({graph.states, {graph.edges[0]}}));
  EXPECT_FALSE(Fair({graph.states, {graph.edges[1]}}));
}

TEST(FairCycleTest, APromiseThatIsDueIsKept) {
  EXPECT_FALSE(Fair({{State{{0}, {7}}}, {Edge{0, 0, 0}}}));
  EXPECT_TRUE(Fair({{State{{0}, {7}}}, {Edge{0, 0, 0, {}, {7}}}}));
  EXPECT_FALSE(Fair({{State{{0}}}, {Edge{0, 0, 0, {7}, {}}}}));
  EXPECT_TRUE(Fair({{State{{0}}}, {Edge{0, 0, 0, {7}, {}}, Edge{0, 0, 0, {}, {7}}}}));
  // Another promise is kept.
  EXPECT_FALSE(Fair({{State{{0}, {7}}}, {Edge{0, 0, 0, {}, {8}}}}));
}

TEST(FairCycleTest, TheCycleMayKeepAwayFromWhatIsDue) {
  // From 0 one may go by 1, where it is due, or by 2.
  const FairGraph graph = {{State{{0}}, State{{0}, {7}}, State{{0}}},
                           {Edge{0, 1, 0}, Edge{1, 0, 0}, Edge{0, 2, 0}, Edge{2, 0, 0}}};
  EXPECT_TRUE(Fair(graph));
  // But an agent that must step does so in 1 only.
  FairGraph worse = graph;
  for (State& state : worse.states) state.able.insert(1);
  worse.edges[1].agent = 1;
  EXPECT_FALSE(Fair(worse));
  // And in 1 it is due what only the way by 2 keeps.
  FairGraph better = worse;
  better.edges[3].kept.insert(7);
  EXPECT_TRUE(Fair(better));
}

TEST(FairCycleTest, KeepingAwayFromOneThingCanMakeAnotherDue) {
  // 7 is kept at 2 only, where 8 is due, which nothing keeps.
  EXPECT_FALSE(Fair({{State{{0}, {7}}, State{{0}, {7}}, State{{0}, {8}}},
                     {Edge{0, 1, 0}, Edge{1, 0, 0}, Edge{1, 2, 0, {}, {7}}, Edge{2, 0, 0}}}));
}

TEST(FairCycleTest, AgreesWithTrialOnRandomGraphs) {
  int fair = 0;
  constexpr int kGraphs = 4000;
  std::mt19937_64 random(1);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
  for (int i = 0; i < kGraphs; ++i) {
    FairGraph graph;
    const int states = 1 + below(5);
    const int agents = 1 + below(3);
    graph.states.resize(static_cast<std::size_t>(states));
    for (int edges = 1 + below(8); edges > 0; --edges) {
      const int from = below(states);
      const int to = below(states);
      const int agent = below(agents);
      Edge& edge = graph.edges.emplace_back(Edge{from, to, agent});
      graph.states[from].able.insert(agent);
      if (below(4) == 0) edge.due.insert(below(2));
      if (below(4) == 0) edge.kept.insert(below(2));
    }
    for (State& state : graph.states) {
      if (below(4) == 0) state.due.insert(below(2));
      if (below(4) == 0) state.able.insert(below(agents));
    }
    fair += Fair(graph);
  }
  EXPECT_GT(fair, kGraphs / 10);
  EXPECT_LT(fair, kGraphs * 9 / 10);
}

}  // namespace
}  // namespace doorway::reference

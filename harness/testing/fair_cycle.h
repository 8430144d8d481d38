#pragma once

#include <set>
#include <vector>

// Whether an explicit graph of states has a fair cycle. What fairness is about, threads and their waits, is said in
// numbers here; states.cc says which.
//
// A cycle is a closed walk with at least one edge, that may pass states and edges any number of times. It is fair if
// 1. (justice) each agent that can step in all of its states takes one of its edges, and
// 2. (compassion) each promise that is due in one of its states or edges is kept by one of its edges.

namespace doorway::reference {

struct FairGraph {
  struct Edge {
    int from = 0;
    int to = 0;
    int agent = 0;
    std::set<int> due{};   // promises
    std::set<int> kept{};  // likewise
  };
  struct State {
    std::set<int> able{};  // agents that can step: those of its edges, also of edges that were left out
    std::set<int> due{};   // promises
  };
  std::vector<State> states;
  std::vector<Edge> edges;
};

// By strongly connected components. A walk along all edges of one is just if any walk in it is. If a promise is due in
// it that none of its edges keeps, then no fair cycle passes where it is due: those states and edges are taken out,
// and what is left is looked at again.
bool HasFairCycle(const FairGraph& graph);

// By trying all sets of edges: that is what closed walks come to. REQUIRES: at most 20 edges.
bool HasFairCycleByTrial(const FairGraph& graph);

}  // namespace doorway::reference

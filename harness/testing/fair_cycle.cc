#include "harness/testing/fair_cycle.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace doorway::reference {

namespace {

using Edges = std::vector<const FairGraph::Edge*>;

std::set<int> StatesOf(const Edges& edges) {
  std::set<int> states;
  for (const FairGraph::Edge* edge : edges) {
    states.insert(edge->from);
    states.insert(edge->to);
  }
  return states;
}

// Of the walk along all of `edges`.
bool IsJust(const FairGraph& graph, const Edges& edges) {
  const std::set<int> states = StatesOf(edges);
  std::set<int> always = graph.states[*states.begin()].able;
  for (const int state : states) {
    std::set<int> both;
    std::ranges::set_intersection(always, graph.states[state].able, std::inserter(both, both.end()));
    always = both;
  }
  for (const FairGraph::Edge* edge : edges) always.erase(edge->agent);
  return always.empty();
}

// Promises that are due on the walk along all of `edges` and not kept by it.
std::set<int> BrokenPromises(const FairGraph& graph, const Edges& edges) {
  std::set<int> due;
  std::set<int> kept;
  for (const FairGraph::Edge* edge : edges) {
    due.insert(edge->due.begin(), edge->due.end());
    kept.insert(edge->kept.begin(), edge->kept.end());
    due.insert(graph.states[edge->from].due.begin(), graph.states[edge->from].due.end());
  }
  std::set<int> broken;
  std::ranges::set_difference(due, kept, std::inserter(broken, broken.end()));
  return broken;
}

bool Meet(const std::set<int>& a, const std::set<int>& b) {
  return std::any_of(a.begin(), a.end(), [&](int member) { return b.contains(member); });
}

// The edges inside of each strongly connected component of `edges`, after Tarjan, without recursion: graphs are deep.
class Components {
 public:
  Components(int states, const Edges& edges)
      : out_(states), number_(states, kUnseen), lowest_(states), component_(states, kUnseen) {
    for (const FairGraph::Edge* edge : edges) out_[edge->from].push_back(edge->to);
    for (const int state : StatesOf(edges)) {
      if (number_[state] == kUnseen) Visit(state);
    }
    inside_.resize(components_);
    for (const FairGraph::Edge* edge : edges) {
      if (component_[edge->from] == component_[edge->to]) inside_[component_[edge->from]].push_back(edge);
    }
    std::erase_if(inside_, [](const Edges& inside) { return inside.empty(); });
  }

  const std::vector<Edges>& inside() const { return inside_; }

 private:
  static constexpr int kUnseen = -1;

  struct Visited {
    int state;
    std::size_t next = 0;  // of its out-edges
  };

  void Visit(int root) {
    std::vector<Visited> path;
    Enter(root, path);
    while (!path.empty()) {
      Visited& top = path.back();
      if (top.next < out_[top.state].size()) {
        const int to = out_[top.state][top.next++];
        if (number_[to] == kUnseen) {
          Enter(to, path);
        } else if (component_[to] == kUnseen) {
          lowest_[top.state] = std::min(lowest_[top.state], number_[to]);
        }
        continue;
      }
      const int done = top.state;
      path.pop_back();
      if (!path.empty()) lowest_[path.back().state] = std::min(lowest_[path.back().state], lowest_[done]);
      if (lowest_[done] == number_[done]) Close(done);
    }
  }

  void Enter(int state, std::vector<Visited>& path) {
    number_[state] = lowest_[state] = entered_++;
    open_.push_back(state);
    path.push_back({state});
  }

  void Close(int first) {
    for (int state = kUnseen; state != first;) {
      state = open_.back();
      open_.pop_back();
      component_[state] = components_;
    }
    ++components_;
  }

  std::vector<std::vector<int>> out_;
  std::vector<int> number_;
  std::vector<int> lowest_;
  std::vector<int> component_;
  std::vector<int> open_;
  int entered_ = 0;
  int components_ = 0;
  std::vector<Edges> inside_;
};

bool HasFairCycle(const FairGraph& graph, const Edges& edges) {
  const Components components(static_cast<int>(graph.states.size()), edges);
  for (const Edges& inside : components.inside()) {
    if (!IsJust(graph, inside)) continue;
    const std::set<int> broken = BrokenPromises(graph, inside);
    if (broken.empty()) return true;
    Edges left;
    for (const FairGraph::Edge* edge : inside) {
      if (Meet(edge->due, broken) || Meet(graph.states[edge->from].due, broken) ||
          Meet(graph.states[edge->to].due, broken)) {
        continue;
      }
      left.push_back(edge);
    }
    if (HasFairCycle(graph, left)) return true;
  }
  return false;
}

// Whether some closed walk takes each of `edges`, and no other edge: each edge can follow each.
bool IsClosedWalk(const FairGraph& graph, const Edges& edges) {
  const std::size_t states = graph.states.size();
  std::vector<std::vector<bool>> reaches(states, std::vector<bool>(states));
  for (std::size_t s = 0; s < states; ++s) reaches[s][s] = true;
  for (const FairGraph::Edge* edge : edges) reaches[edge->from][edge->to] = true;
  for (std::size_t via = 0; via < states; ++via) {
    for (std::size_t from = 0; from < states; ++from) {
      for (std::size_t to = 0; to < states; ++to) {
        if (reaches[from][via] && reaches[via][to]) reaches[from][to] = true;
      }
    }
  }
  return std::ranges::all_of(edges, [&](const FairGraph::Edge* a) {
    return std::ranges::all_of(edges, [&](const FairGraph::Edge* b) { return reaches[a->to][b->from]; });
  });
}

}  // namespace

bool HasFairCycle(const FairGraph& graph) {
  Edges edges;
  for (const FairGraph::Edge& edge : graph.edges) edges.push_back(&edge);
  return HasFairCycle(graph, edges);
}

bool HasFairCycleByTrial(const FairGraph& graph) {
  for (std::size_t set = 1; set < std::size_t{1} << graph.edges.size(); ++set) {
    Edges edges;
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      if ((set >> e & 1) != 0) edges.push_back(&graph.edges[e]);
    }
    if (IsClosedWalk(graph, edges) && IsJust(graph, edges) && BrokenPromises(graph, edges).empty()) return true;
  }
  return false;
}

}  // namespace doorway::reference

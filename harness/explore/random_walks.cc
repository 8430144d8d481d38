// The part of the graph explorer that goes one way at random, instead of all.

#include <algorithm>
#include <string>

#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/estimate_executions.h"
#include "harness/explore/graph_explorer.h"

namespace doorway {

// What Step has left: *g, if it goes on, and the alternatives on the stack. Chooses one of them, evenly, as *g; false
// if there is none. *ways is multiplied by their number.
template <class Coherence>
bool GraphExplorer<Coherence>::ChooseWay(WorkGraph** g, bool goes_on, double* ways, std::mt19937_64* random) {
  for (;;) {
    const std::vector<SubTree>& others = stack_.items();
    const std::size_t all = others.size() + (goes_on ? 1 : 0);
    if (all == 0) return false;
    *ways *= static_cast<double>(all);
    const auto choice = static_cast<std::size_t>((*random)() % all);
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (i != choice) Release(others[i].graph);
    }
    if (choice == others.size()) {
      stack_.Clear();
      return true;
    }
    Release(*g);
    const SubTree next = others[choice];
    stack_.Clear();
    *g = next.graph;
    if (next.unplaced == kNoEvent) return true;
    goes_on = FinishUpdate(*g, next.unplaced);  // which has alternatives of its own
  }
}

// To an end, choosing evenly at each step among the alternatives that an exhaustive search would go through one after
// another.
template <class Coherence>
double GraphExplorer<Coherence>::WalkFrom(const SubTree& sub_tree, std::mt19937_64* random) {
  const auto found = [this] { return judge_.executions() + judge_.blocked(); };
  WorkGraph* g = Copy(*sub_tree.graph);
  double ways = 1;
  double guess = 0;
  bool goes_on = true;
  if (sub_tree.unplaced != kNoEvent) goes_on = ChooseWay(&g, FinishUpdate(g, sub_tree.unplaced), &ways, random);
  while (goes_on && !Stopped() && !OutOfBudget()) {
    const std::uint64_t before = found();
    goes_on = Step(g);
    guess += ways * static_cast<double>(found() - before);
    goes_on = ChooseWay(&g, goes_on, &ways, random) && !IsRefuted(*g);
  }
  Release(g);
  return guess;
}

template <class Coherence>
double GraphExplorer<Coherence>::Walk(std::mt19937_64* random) {
  const SubTree all = Root();
  const double guess = WalkFrom(all, random);
  Release(all.graph);
  return guess;
}

template <class Coherence>
bool GraphExplorer<Coherence>::RunWalks(Estimate* estimate) {
  Start();
  std::mt19937_64 random(options_.seed);
  for (std::uint64_t i = 0; i < options_.random_walks && !Stopped(); ++i) {
    const double guess = Walk(&random);
    if (!Stopped()) estimate->Add(guess);
  }
  judge_.HitBound("random walks: " + std::to_string(estimate->walks()) + ", seed " + std::to_string(options_.seed));
  return !Stopped();
}

template <class Coherence>
Estimate EstimateExecutions(Program& program, const ExploreOptions& options, double seconds, std::uint64_t least) {
  ExploreOptions walking;
  walking.memory = options.memory;
  walking.forever_rounds = options.forever_rounds;
  walking.expand_updates = options.expand_updates;
  walking.interchangeable = options.interchangeable;
  walking.exchanges = options.exchanges;
  walking.seed = options.seed;
  walking.stop_at = "none";
  walking.interrupted = options.interrupted;
  const std::vector<Property*> nothing;
  Judge judge(nothing, walking);
  GraphExplorer<Coherence> explorer(program, judge, walking);
  std::mt19937_64 random(options.seed);
  Estimate estimate;
  const double end = WallSeconds() + seconds;
  while ((estimate.walks() < least || WallSeconds() < end) && !explorer.Stopped()) {
    const double guess = explorer.Walk(&random);
    if (!explorer.Stopped()) estimate.Add(guess);
  }
  return estimate;
}

template double GraphExplorer<ScCoherence>::Walk(std::mt19937_64*);
template double GraphExplorer<ScCoherence>::WalkFrom(const SubTree&, std::mt19937_64*);
template bool GraphExplorer<ScCoherence>::RunWalks(Estimate*);
template double GraphExplorer<TsoCoherence>::Walk(std::mt19937_64*);
template double GraphExplorer<TsoCoherence>::WalkFrom(const SubTree&, std::mt19937_64*);
template bool GraphExplorer<TsoCoherence>::RunWalks(Estimate*);
template double GraphExplorer<Rc11Coherence>::Walk(std::mt19937_64*);
template double GraphExplorer<Rc11Coherence>::WalkFrom(const SubTree&, std::mt19937_64*);
template bool GraphExplorer<Rc11Coherence>::RunWalks(Estimate*);
template Estimate EstimateExecutions<ScCoherence>(Program&, const ExploreOptions&, double, std::uint64_t);
template Estimate EstimateExecutions<TsoCoherence>(Program&, const ExploreOptions&, double, std::uint64_t);
template Estimate EstimateExecutions<Rc11Coherence>(Program&, const ExploreOptions&, double, std::uint64_t);

}  // namespace doorway

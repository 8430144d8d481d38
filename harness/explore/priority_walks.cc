// The part of the graph explorer that goes one way by priorities: PCT, after Burckhardt, Kothari, Musuvathi,
// Nagarakatte, "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
//
// A walk is an interleaving. Threads have random priorities, and the highest one that need not wait goes on; at depth -
// 1 random points the one that is running falls behind all others. What takes `depth` such orderings to happen, in a
// program of n threads and k operations, is met by a walk with a probability of at least 1 / (n k^(depth - 1)).

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "harness/explore/coherence.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/look_ahead.h"

namespace doorway {

// Whether thread t's next operation can be done now, reading the newest value.
template <class Coherence>
bool GraphExplorer<Coherence>::CanGoOn(WorkGraph* g, ThreadId t) {
  const Node* node = g->threads[t].node;
  if (!Reads(node->label.op)) return !EndsThread(node->label.op);
  g->EnsureLocation(program_, node->label.location);
  const EventId newest = g->places[node->label.location].mo_last;
  return !Blocks(program_, node, t, Truncate((*g)[newest].written, node->label.width));
}

// One operation of thread t, which reads what is newest; what is chosen is chosen evenly.
template <class Coherence>
void GraphExplorer<Coherence>::GoOnByPriority(WorkGraph** g, ThreadId t, std::mt19937_64* random) {
  Add(*g, t);
  double ways = 1;
  ChooseWay(g, true, &ways, random);  // there is one way, but of a choice
}

template <class Coherence>
std::size_t GraphExplorer<Coherence>::PriorityWalk(std::size_t length, std::mt19937_64* random) {
  WorkGraph* g = First();
  const auto depth = static_cast<std::size_t>(options_.priority_depth);
  std::vector<std::size_t> priority(g->threads.size());  // the highest goes on
  std::iota(priority.begin(), priority.end(), depth);
  std::shuffle(priority.begin(), priority.end(), *random);
  std::vector<std::size_t> falls(depth - 1);  // by the new priority: after so many operations
  for (std::size_t& fall : falls) fall = 1 + (*random)() % std::max<std::size_t>(length, 1);
  std::size_t operations = 0;
  while (!Stopped() && !OutOfBudget()) {
    int next = -1;
    for (std::size_t i = 0; i < priority.size(); ++i) {
      const bool higher = next < 0 || priority[i] > priority[static_cast<std::size_t>(next)];
      if (higher && CanGoOn(g, static_cast<ThreadId>(i))) next = static_cast<int>(i);
    }
    if (next < 0) {
      Finish(*g);
      break;
    }
    GoOnByPriority(&g, static_cast<ThreadId>(next), random);
    ++operations;
    const auto fall = std::find(falls.begin(), falls.end(), operations);
    if (fall != falls.end()) priority[static_cast<std::size_t>(next)] = static_cast<std::size_t>(fall - falls.begin());
  }
  Release(g);
  return operations;
}

template <class Coherence>
bool GraphExplorer<Coherence>::RunPriorityWalks() {
  Start();
  std::mt19937_64 random(options_.seed);
  std::size_t length = 0;  // of the longest walk
  std::uint64_t walks = 0;
  for (; walks < options_.random_walks && !Stopped(); ++walks) length = std::max(length, PriorityWalk(length, &random));
  judge_.HitBound("random walks: " + std::to_string(walks) + " by priorities, depth " +
                  std::to_string(options_.priority_depth) + ", seed " + std::to_string(options_.seed));
  return !Stopped();
}

template bool GraphExplorer<ScCoherence>::RunPriorityWalks();
template bool GraphExplorer<TsoCoherence>::RunPriorityWalks();
template bool GraphExplorer<Rc11Coherence>::RunPriorityWalks();

}  // namespace doorway

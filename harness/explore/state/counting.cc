#include "harness/explore/state/counting.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

#include "harness/explore/state/concrete_run.h"

namespace doorway {
namespace {

// A way through the space: steps and where they lead to.
using Path = std::vector<std::pair<StateId, Transitions::Step>>;

// A shortest way from `from` to itself that begins with the step `first`, within `from`'s part.
Path CycleWith(Region& region, StateId from, const Region::Edge& first) {
  struct Way {
    StateId from;
    Transitions::Step step;
  };
  Path path = {{first.to, first.step}};
  if (first.to == from) return path;
  absl::flat_hash_map<StateId, Way> reached;
  std::vector<StateId> queue = {first.to};
  std::vector<Region::Edge> edges;
  for (std::size_t i = 0; i < queue.size() && !reached.contains(from); ++i) {
    region.From(queue[i], {}, &edges);
    for (const Region::Edge& edge : edges) {
      if (edge.to != first.to && reached.try_emplace(edge.to, Way{queue[i], edge.step}).second)
        queue.push_back(edge.to);
    }
  }
  Path back;
  for (StateId id = from; id != first.to; id = reached.at(id).from) back.emplace_back(id, reached.at(id).step);
  path.insert(path.end(), back.rbegin(), back.rend());
  return path;
}

// The program's own cycle that goes round `path`, from `start` back to it, as often as it takes until its threads are
// where they were. That may be after some rounds that lead into it: where threads are alike, one round may take the
// one, and the next always the other.
Cycle Concrete(StateSpace& space, StateId start, const Path& path) {
  ConcreteRun run(space);
  run.GoTo(start);
  std::vector<ConcreteRun::State> rounds;  // where each began
  std::vector<std::ptrdiff_t> lengths;     // steps before it
  auto same = rounds.end();
  while ((same = std::find(rounds.begin(), rounds.end(), run.at())) == rounds.end()) {
    rounds.push_back(run.at());
    lengths.push_back(static_cast<std::ptrdiff_t>(run.steps().size()));
    for (const auto& [to, step] : path) run.Go(to, step);
  }
  const auto into = run.steps().begin() + lengths[static_cast<std::size_t>(same - rounds.begin())];
  return {start, {run.steps().begin(), into}, {into, run.steps().end()}};
}

}  // namespace

CountResult MostCounted(StateSpace& space, std::size_t monitor) {
  std::vector<StateId> counting;
  for (StateId id = 0; id < space.size(); ++id) {
    if (space.transitions().Counting(space[id].data(), monitor)) counting.push_back(id);
  }
  CountResult result;
  if (counting.empty()) return result;
  Region region(space);
  region.MakePart(counting);
  std::vector<std::vector<StateId>> components;
  region.Components(counting, {},
                    [&](const std::vector<StateId>& component, bool /*stays*/) { components.push_back(component); });

  // By state: the most that can still be counted, and the step of the component that counts next.
  struct Best {
    std::uint64_t sum = 0;
    StateId from = kNoState;  // in the same component; kNoState: nothing more
    StateId to = kNoState;
    Transitions::Step step;
  };
  absl::flat_hash_map<StateId, std::size_t> component_of;
  std::vector<Best> best(components.size());
  StateSpace::Steps steps;
  std::vector<Region::Edge> edges;
  for (std::size_t c = 0; c < components.size(); ++c) {
    for (const StateId id : components[c]) component_of[id] = c;
    for (const StateId id : components[c]) {
      space.From(id, &steps);
      for (std::size_t i = 0; i < steps.steps.size(); ++i) {
        const Transitions::Step& step = steps.steps[i];
        if (!step.leads_on) continue;
        const StateId to = space.Target(steps, i);
        const auto found = component_of.find(to);
        if (found != component_of.end() && found->second == c) {
          if (step.counted == 0) continue;
          region.MakePart(components[c]);
          result.pump = Concrete(space, id, CycleWith(region, id, {to, step, kIdentity}));
          return result;
        }
        const std::uint64_t sum = step.counted + (found == component_of.end() ? 0 : best[found->second].sum);
        if (sum > best[c].sum) best[c] = {sum, id, to, step};
      }
    }
  }
  const std::size_t top = static_cast<std::size_t>(
      std::max_element(best.begin(), best.end(), [](const Best& a, const Best& b) { return a.sum < b.sum; }) -
      best.begin());
  result.most = best[top].sum;
  if (result.most == 0) return result;
  // The run: through each component from where it is entered to where it is left.
  StateId at = *std::min_element(components[top].begin(), components[top].end());
  ConcreteRun run(space);
  run.GoTo(at);
  for (std::size_t c = top; best[c].from != kNoState;) {
    region.MakePart(components[c]);
    absl::flat_hash_map<StateId, std::pair<StateId, Transitions::Step>> reached;
    std::vector<StateId> queue = {at};
    for (std::size_t i = 0; i < queue.size() && at != best[c].from && !reached.contains(best[c].from); ++i) {
      region.From(queue[i], {}, &edges);
      for (const Region::Edge& edge : edges) {
        if (edge.to != at && reached.try_emplace(edge.to, queue[i], edge.step).second) queue.push_back(edge.to);
      }
    }
    std::vector<std::pair<StateId, Transitions::Step>> way = {{best[c].to, best[c].step}};
    for (StateId id = best[c].from; id != at;) {
      const auto& [from, step] = reached.at(id);
      way.emplace_back(id, step);
      id = from;
    }
    std::reverse(way.begin(), way.end());
    for (const auto& [to, step] : way) run.Go(to, step);
    at = best[c].to;
    const auto next = component_of.find(at);
    if (next == component_of.end()) break;
    c = next->second;
  }
  result.steps = run.steps();
  return result;
}

}  // namespace doorway

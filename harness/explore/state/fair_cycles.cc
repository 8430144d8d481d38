#include "harness/explore/state/fair_cycles.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

namespace doorway {

FairCycles::Offers FairCycles::NoOffers() const {
  return {std::vector<Offer>(static_cast<std::size_t>(space_.transitions().locals().threads())), {}};
}

std::optional<Cycle> FairCycles::Find(const std::vector<StateId>& states, std::uint64_t flagged) {
  best_.reset();
  work_.clear();
  if (states.empty()) return best_;
  work_.push_back({states, {flagged, {}}});
  while (!work_.empty()) {
    const auto [part, excluded] = std::move(work_.back());
    work_.pop_back();
    region_.MakePart(part);
    // Parts must not change while components are being found.
    std::vector<std::vector<StateId>> components;
    region_.Components(part, excluded, [&](const std::vector<StateId>& component) { components.push_back(component); });
    for (const std::vector<StateId>& component : components) {
      if (best_ && *std::min_element(component.begin(), component.end()) >= best_->states.front()) continue;
      Consider(component, excluded);
    }
  }
  return best_;
}

void FairCycles::AddState(StateId id, Offers* offers) {
  Transitions& transitions = space_.transitions();
  const StateSpace::State state = space_[id];
  for (std::size_t i = 0; i < offers->threads.size(); ++i) {
    Offer& offer = offers->threads[i];
    const int t = static_cast<int>(i);
    if (!offer.idle) offer.idle = !transitions.CanStep(state.data(), t);
    if (!offer.empty) offer.empty = !transitions.CanDrain(state.data(), t);
    if (!offer.could && fairness_ == Fairness::kStrong) {
      offer.could = transitions.WaitOf(state.data(), t) == Transitions::Wait::kSucceeds;
    }
  }
}

void FairCycles::AddStep(StateId from, const Transitions::Step& step, Offers* offers) {
  Offer& offer = offers->threads[step.thread];
  if (step.kind == Transitions::Kind::kDrain) {
    offer.drains = true;
    return;
  }
  offer.steps = true;
  if (step.kind == Transitions::Kind::kSpurious || MightHaveFailed(from, step)) {
    Exchange& exchange =
        offers->exchanges[{step.thread, space_.transitions().LocalIdOf(space_[from].data(), step.thread)}];
    (step.kind == Transitions::Kind::kSpurious ? exchange.fails : exchange.succeeds) = true;
  }
  if (step.kind == Transitions::Kind::kSpurious) return;
  if (!offer.succeeds && fairness_ == Fairness::kStrong) offer.succeeds = EndsWait(from, step);
}

bool FairCycles::MightHaveFailed(StateId from, const Transitions::Step& step) {
  const Label& label = space_.transitions().LocalOf(space_[from].data(), step.thread).node->label;
  if (!label.weak) return false;
  const Value read = space_.transitions().Holds(space_[from].data(), step.thread, label.location).value;
  return Apply(label, Truncate(read, label.width)).action == Action::kWrite;
}

// Whether the step ends a wait: an await that goes through, an iteration of a spin that is the last.
bool FairCycles::EndsWait(StateId from, const Transitions::Step& step) {
  Transitions& transitions = space_.transitions();
  const LocalStates::Local& local = transitions.LocalOf(space_[from].data(), step.thread);
  const Label& label = local.node->label;
  if (!local.in_spin) return Reads(label.op);
  Value read = label.op == Op::kChoose ? step.choice : 0;
  if (Reads(label.op))
    read = Truncate(transitions.Holds(space_[from].data(), step.thread, label.location).value, label.width);
  return transitions.locals().EndsWait(step.thread, local.node, read);
}

// Takes `component` as the answer, or what is left of it as further work.
void FairCycles::Consider(const std::vector<StateId>& component, const Region::Excluded& excluded) {
  region_.MakePart(component);
  Offers offers = NoOffers();
  std::vector<Region::Edge> edges;
  bool any_step = false;
  for (const StateId id : component) {
    AddState(id, &offers);
    region_.From(id, excluded, &edges);
    for (const Region::Edge& edge : edges) AddStep(id, edge.step, &offers);
    any_step |= !edges.empty();
  }
  if (!any_step) {
    StateSpace::Steps steps;
    space_.From(component.front(), &steps);
    if (steps.steps.empty()) best_ = Cycle{component, {}};
    return;
  }
  for (const Offer& offer : offers.threads) {
    if (!offer.idle && !offer.steps) return;
    if (!offer.empty && !offer.drains) return;
  }
  Region::Excluded without = excluded;
  for (const auto& [operation, exchange] : offers.exchanges) {
    if (exchange.fails && !exchange.succeeds) without.spurious.push_back(operation);
  }
  if (without.spurious.size() != excluded.spurious.size()) {
    work_.emplace_back(component, std::move(without));
    return;
  }
  if (fairness_ == Fairness::kStrong) {
    for (std::size_t t = 0; t < offers.threads.size(); ++t) {
      if (!offers.threads[t].could || offers.threads[t].succeeds) continue;
      std::vector<StateId> rest;
      for (const StateId id : component) {
        if (space_.transitions().WaitOf(space_[id].data(), static_cast<int>(t)) != Transitions::Wait::kSucceeds) {
          rest.push_back(id);
        }
      }
      if (!rest.empty()) work_.emplace_back(std::move(rest), excluded);
      return;
    }
  }
  Cycle cycle = CycleThrough(component, excluded, offers);
  if (!best_ || cycle.states.front() < best_->states.front()) best_ = std::move(cycle);
}

// How many things a fair cycle through a component that offers `all` has still to do, when `done` is done.
int FairCycles::Missing(const Offers& all, const Offers& done) const {
  int missing = 0;
  for (std::size_t t = 0; t < all.threads.size(); ++t) {
    const Offer& offer = done.threads[t];
    if (!offer.idle && !offer.steps) ++missing;
    if (!offer.empty && !offer.drains) ++missing;
    if (fairness_ == Fairness::kStrong && all.threads[t].could && !offer.succeeds) ++missing;
  }
  for (const auto& [operation, exchange] : done.exchanges) {
    if (exchange.fails && !exchange.succeeds) ++missing;
  }
  return missing;
}

// From the component's state that is nearest to the initial one, by shortest ways, to each thing that a fair cycle must
// do, and back.
Cycle FairCycles::CycleThrough(const std::vector<StateId>& component, const Region::Excluded& excluded,
                               const Offers& all) {
  struct Way {
    StateId from;
    Transitions::Step step;
  };
  const StateId start = *std::min_element(component.begin(), component.end());
  Offers done = NoOffers();
  std::vector<Region::Edge> edges;
  Cycle cycle;
  cycle.states.push_back(start);
  AddState(start, &done);
  StateId at = start;
  while (Missing(all, done) > 0 || at != start || cycle.steps.empty()) {
    // Breadth first from `at` to the first step that does something missing, or, if nothing is, back to the start.
    const int before = Missing(all, done);
    absl::flat_hash_map<StateId, Way> reached;
    std::vector<StateId> queue = {at};
    std::optional<Way> last;
    StateId end = kNoState;
    for (std::size_t i = 0; i < queue.size() && !last; ++i) {
      region_.From(queue[i], excluded, &edges);
      for (const Region::Edge& edge : edges) {
        bool arrived = edge.to == start;
        if (before > 0) {
          Offers with = done;
          AddStep(queue[i], edge.step, &with);
          AddState(edge.to, &with);
          arrived = Missing(all, with) < before;
        }
        if (arrived) {
          last = Way{queue[i], edge.step};
          end = edge.to;
          break;
        }
        if (edge.to != at && reached.try_emplace(edge.to, Way{queue[i], edge.step}).second) queue.push_back(edge.to);
      }
    }
    if (!last) break;  // cannot be: the component is strongly connected
    std::vector<Way> way = {*last};
    for (StateId id = last->from; id != at; id = way.back().from) way.push_back(reached.at(id));
    std::reverse(way.begin(), way.end());
    for (std::size_t i = 0; i < way.size(); ++i) {
      AddStep(way[i].from, way[i].step, &done);
      cycle.steps.push_back(way[i].step);
      const StateId to = i + 1 < way.size() ? way[i + 1].from : end;
      AddState(to, &done);
      cycle.states.push_back(to);
    }
    at = end;
  }
  cycle.states.pop_back();  // the start again
  return cycle;
}

}  // namespace doorway

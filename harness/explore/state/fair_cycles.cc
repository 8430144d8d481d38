#include "harness/explore/state/fair_cycles.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

namespace doorway {

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
    region_.Components(part, excluded, [&](const std::vector<StateId>& component, bool stays) {
      if (stays) components.push_back(component);
    });
    for (const std::vector<StateId>& component : components) {
      if (best_ && *std::min_element(component.begin(), component.end()) >= best_->start) continue;
      Consider(component, excluded);
    }
  }
  return best_;
}

void FairCycles::AddThread(const State& state, int thread, Offer* offer) {
  Transitions& transitions = space_.transitions();
  if (!offer->idle) offer->idle = !transitions.CanStep(state.data(), thread);
  if (!offer->empty) offer->empty = !transitions.CanDrain(state.data(), thread);
  if (!offer->could && fairness_ == Fairness::kStrong) {
    offer->could = transitions.WaitOf(state.data(), thread) == Wait::kSucceeds;
  }
}

void FairCycles::AddState(const State& state, Offers* offers) {
  for (std::size_t t = 0; t < offers->threads.size(); ++t) AddThread(state, static_cast<int>(t), &offers->threads[t]);
}

void FairCycles::AddStep(const State& from, const Transitions::Step& step, Offer* offer, Offers* offers) {
  if (step.kind == Transitions::Kind::kDrain) {
    offer->drains = true;
    return;
  }
  offer->steps = true;
  if (step.kind == Transitions::Kind::kSpurious || MightHaveFailed(from, step)) {
    Exchange& exchange = offers->exchanges[{step.thread, space_.transitions().LocalIdOf(from.data(), step.thread)}];
    (step.kind == Transitions::Kind::kSpurious ? exchange.fails : exchange.succeeds) = true;
  }
  if (step.kind == Transitions::Kind::kSpurious) return;
  if (!offer->succeeds && fairness_ == Fairness::kStrong) offer->succeeds = EndsWait(from, step);
}

bool FairCycles::MightHaveFailed(const State& from, const Transitions::Step& step) {
  const Label& label = space_.transitions().LocalOf(from.data(), step.thread).node->label;
  if (!label.weak) return false;
  const Value read = space_.transitions().Holds(from.data(), step.thread, label.location).value;
  return Apply(label, Truncate(read, label.width)).action == Action::kWrite;
}

// Whether the step ends a wait: an await that goes through, an iteration of a spin that is the last.
bool FairCycles::EndsWait(const State& from, const Transitions::Step& step) {
  Transitions& transitions = space_.transitions();
  const LocalStates::Local& local = transitions.LocalOf(from.data(), step.thread);
  const Label& label = local.node->label;
  if (!local.in_spin) return Reads(label.op);
  Value read = label.op == Op::kChoose ? step.choice : 0;
  if (Reads(label.op)) read = Truncate(transitions.Holds(from.data(), step.thread, label.location).value, label.width);
  return transitions.locals().EndsWait(step.thread, local.node, read);
}

// Takes `component` as the answer, or what is left of it as further work.
void FairCycles::Consider(const std::vector<StateId>& component, const Region::Excluded& excluded) {
  region_.MakePart(component);
  const auto threads = static_cast<std::size_t>(space_.transitions().locals().threads());
  const Identities identities =
      space_.symmetric() ? Identities(threads, component, region_, excluded) : Identities(threads);
  Offers offers{std::vector<Offer>(identities.size()), {}};
  std::vector<Region::Edge> edges;
  bool any_step = false;
  for (const StateId id : component) {
    const State state = space_[id];
    for (int t = 0; t < static_cast<int>(threads); ++t) AddThread(state, t, &offers.threads[identities.Of(id, t)]);
    region_.From(id, excluded, &edges);
    for (const Region::Edge& edge : edges) {
      AddStep(state, edge.step, &offers.threads[identities.Of(id, edge.step.thread)], &offers);
    }
    any_step |= !edges.empty();
  }
  if (!any_step) {
    StateSpace::Steps steps;
    space_.From(component.front(), &steps);
    if (steps.steps.empty()) best_ = Cycle{component.front(), {}, {}};
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
  for (const Offer& offer : offers.threads) {
    if (NeverSucceeds(offer)) return TakeOut(component, offers, identities, excluded);
  }
  Cycle cycle = CycleThrough(component, excluded, offers, identities);
  if (!best_ || cycle.start < best_->start) best_ = std::move(cycle);
}

bool FairCycles::NeverSucceeds(const Offer& offer) const {
  return fairness_ == Fairness::kStrong && offer.could && !offer.succeeds;
}

// What is left of the component without the states in which a wait could succeed that never does.
void FairCycles::TakeOut(const std::vector<StateId>& component, const Offers& offers, const Identities& identities,
                         const Region::Excluded& excluded) {
  std::vector<StateId> rest;
  for (const StateId id : component) {
    const State state = space_[id];
    bool could = false;
    for (int t = 0; t < space_.transitions().locals().threads(); ++t) {
      could |= NeverSucceeds(offers.threads[identities.Of(id, t)]) &&
               space_.transitions().WaitOf(state.data(), t) == Wait::kSucceeds;
    }
    if (!could) rest.push_back(id);
  }
  if (!rest.empty()) work_.emplace_back(std::move(rest), excluded);
}

// How many things a fair cycle that must do `all` has still to do, when `done` is done.
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
                               const Offers& offers, const Identities& identities) {
  struct Way {
    std::size_t from;  // in `reached`
    Transitions::Step step;
  };
  const StateId start = *std::min_element(component.begin(), component.end());
  ConcreteRun run(space_);
  run.GoTo(start);
  const State at_start = run.at();
  Permutation slots;
  space_.IdOf(at_start.data(), &slots);
  const std::size_t threads = static_cast<std::size_t>(space_.transitions().locals().threads());
  Offers all{std::vector<Offer>(threads), {}};
  for (std::size_t t = 0; t < threads; ++t) all.threads[t] = offers.threads[identities.Of(start, slots[t])];
  Offers done{std::vector<Offer>(threads), {}};
  AddState(at_start, &done);
  Cycle cycle{start, run.steps(), {}};
  State at = at_start;
  StateSpace::Steps steps;
  while (Missing(all, done) > 0 || at != at_start || cycle.steps.empty()) {
    // Breadth first from `at` to the first step that does something missing, or, if nothing is, back to the start.
    const int before = Missing(all, done);
    StateTable reached(space_.transitions().layout().bytes());
    std::vector<Way> ways(1);
    reached.Insert(at.data(), kNoState);
    std::optional<Way> last;
    State end = at;
    State from = at;
    for (StateId i = 0; i < reached.size() && !last; ++i) {
      reached.Read(i, from.data());
      region_.ConcreteFrom(from, excluded, &steps);
      for (std::size_t s = 0; s < steps.steps.size(); ++s) {
        const Transitions::Step& step = steps.steps[s];
        if (!step.leads_on) continue;
        end.assign(steps.To(s), steps.To(s) + end.size());
        bool arrived = end == at_start;
        if (before > 0) {
          Offers with = done;
          AddStep(from, step, &with.threads[step.thread], &with);
          AddState(end, &with);
          arrived = Missing(all, with) < before;
        }
        if (arrived) {
          last = Way{i, step};
          break;
        }
        if (reached.Insert(end.data(), i).is_new) ways.push_back({i, step});
      }
    }
    if (!last) break;  // cannot be: the component is strongly connected
    std::vector<Way> way = {*last};
    while (way.back().from != 0) way.push_back(ways[way.back().from]);
    std::reverse(way.begin(), way.end());
    for (std::size_t i = 0; i < way.size(); ++i) {
      reached.Read(static_cast<StateId>(way[i].from), from.data());
      AddStep(from, way[i].step, &done.threads[way[i].step.thread], &done);
      cycle.steps.push_back(way[i].step);
      if (i + 1 < way.size()) reached.Read(static_cast<StateId>(way[i + 1].from), from.data());
      AddState(i + 1 < way.size() ? from : end, &done);
    }
    at = end;
  }
  return cycle;
}

}  // namespace doorway

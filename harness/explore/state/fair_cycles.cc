#include "harness/explore/state/fair_cycles.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

namespace doorway {

std::optional<Cycle> FairCycles::Find(const std::vector<StateId>& states) {
  best_.reset();
  work_.clear();
  if (states.empty()) return best_;
  work_.emplace_back(states, 0);
  while (!work_.empty()) {
    const auto [part, no_spurious] = std::move(work_.back());
    work_.pop_back();
    region_.MakePart(part);
    // Parts must not change while components are being found.
    std::vector<std::vector<StateId>> components;
    region_.Components(part, no_spurious,
                       [&](const std::vector<StateId>& component) { components.push_back(component); });
    for (std::vector<StateId>& component : components) {
      if (best_ && *std::min_element(component.begin(), component.end()) >= best_->states.front()) continue;
      Consider(component, no_spurious);
    }
  }
  return best_;
}

void FairCycles::AddState(StateId id, std::vector<Offer>* offers) {
  Transitions& transitions = space_.transitions();
  for (std::size_t i = 0; i < offers->size(); ++i) {
    Offer& offer = (*offers)[i];
    const int t = static_cast<int>(i);
    if (!offer.idle) offer.idle = !transitions.CanStep(space_[id], t);
    if (!offer.empty) offer.empty = !transitions.CanDrain(space_[id], t);
    if (!offer.could && fairness_ == Fairness::kStrong) {
      offer.could = transitions.WaitOf(space_[id], t) == Transitions::Wait::kSucceeds;
    }
  }
}

void FairCycles::AddStep(StateId from, const Transitions::Step& step, std::vector<Offer>* offers) {
  Offer& offer = (*offers)[step.thread];
  if (step.kind == Transitions::Kind::kDrain) {
    offer.drains = true;
    return;
  }
  offer.steps = true;
  if (step.kind == Transitions::Kind::kSpurious) {
    offer.spurious = true;
    return;
  }
  if (!offer.exchanges) offer.exchanges = MightHaveFailed(from, step);
  if (!offer.succeeds && fairness_ == Fairness::kStrong) offer.succeeds = EndsWait(from, step);
}

bool FairCycles::MightHaveFailed(StateId from, const Transitions::Step& step) {
  const Label& label = space_.transitions().LocalOf(space_[from], step.thread).node->label;
  if (!label.weak) return false;
  const Value read = space_.transitions().Holds(space_[from], step.thread, label.location).value;
  return Apply(label, Truncate(read, label.width)).action == Action::kWrite;
}

// Whether the step ends a wait: an await that goes through, an iteration of a spin that is the last.
bool FairCycles::EndsWait(StateId from, const Transitions::Step& step) {
  Transitions& transitions = space_.transitions();
  const LocalStates::Local& local = transitions.LocalOf(space_[from], step.thread);
  if (!local.in_spin) return Reads(local.node->label.op);
  const Label& label = local.node->label;
  Value read = step.choice;
  if (Reads(label.op)) read = Truncate(transitions.Holds(space_[from], step.thread, label.location).value, label.width);
  if (label.op == Op::kFence || label.op == Op::kStore) read = 0;
  const Node* next = transitions.locals().NodeAfter(step.thread, local.node, read, false);
  const Node* const first = local.node->again == nullptr ? local.node : local.node->again;
  return next->label.op != Op::kBlocked && (!InSpin(*next) || next->again != first);
}

// Takes `component` as the answer, or what is left of it as further work.
void FairCycles::Consider(const std::vector<StateId>& component, std::uint64_t no_spurious) {
  const std::uint32_t part = region_.MakePart(component);
  std::vector<Offer> offers(static_cast<std::size_t>(space_.transitions().locals().threads()));
  std::vector<Region::Edge> edges;
  bool any_step = false;
  for (const StateId id : component) {
    AddState(id, &offers);
    region_.From(id, no_spurious, &edges);
    for (const Region::Edge& edge : edges) AddStep(id, edge.step, &offers);
    any_step |= !edges.empty();
  }
  (void)part;
  if (!any_step) return;
  for (const Offer& offer : offers) {
    if (!offer.idle && !offer.steps) return;
    if (!offer.empty && !offer.drains) return;
  }
  std::uint64_t without = no_spurious;
  for (std::size_t t = 0; t < offers.size(); ++t) {
    if (offers[t].spurious && !offers[t].exchanges) without |= std::uint64_t{1} << t;
  }
  if (without != no_spurious) {
    work_.emplace_back(component, without);
    return;
  }
  if (fairness_ == Fairness::kStrong) {
    for (std::size_t t = 0; t < offers.size(); ++t) {
      if (!offers[t].could || offers[t].succeeds) continue;
      std::vector<StateId> rest;
      for (const StateId id : component) {
        if (space_.transitions().WaitOf(space_[id], static_cast<int>(t)) != Transitions::Wait::kSucceeds)
          rest.push_back(id);
      }
      if (!rest.empty()) work_.emplace_back(std::move(rest), no_spurious);
      return;
    }
  }
  Cycle cycle = CycleThrough(component, no_spurious);
  if (!best_ || cycle.states.front() < best_->states.front()) best_ = std::move(cycle);
}

// From the component's state that is nearest to the initial one, by shortest ways, to each thing that a fair cycle must
// do, and back.
Cycle FairCycles::CycleThrough(const std::vector<StateId>& component, std::uint64_t no_spurious) {
  const StateId start = *std::min_element(component.begin(), component.end());
  const std::size_t threads = static_cast<std::size_t>(space_.transitions().locals().threads());
  std::vector<Offer> all(threads);
  std::vector<Region::Edge> edges;
  for (const StateId id : component) {
    AddState(id, &all);
    region_.From(id, no_spurious, &edges);
    for (const Region::Edge& edge : edges) AddStep(id, edge.step, &all);
  }
  std::vector<Offer> done(threads);
  const auto missing = [&](const std::vector<Offer>& with) {
    int count = 0;
    for (std::size_t t = 0; t < threads; ++t) {
      if (!with[t].idle && !with[t].steps) ++count;
      if (!with[t].empty && !with[t].drains) ++count;
      if (all[t].spurious && with[t].spurious && !with[t].exchanges) ++count;
      if (fairness_ == Fairness::kStrong && all[t].could && !with[t].succeeds) ++count;
    }
    return count;
  };
  Cycle cycle;
  cycle.states.push_back(start);
  AddState(start, &done);
  StateId at = start;
  struct Way {
    StateId from;
    Transitions::Step step;
  };
  // Breadth first from `at` to the first step that does something missing, or, if nothing is, back to the start.
  while (missing(done) > 0 || at != start || cycle.steps.empty()) {
    const int before = missing(done);
    absl::flat_hash_map<StateId, Way> reached;
    std::vector<StateId> queue = {at};
    std::optional<Way> last;
    StateId end = kNoState;
    for (std::size_t i = 0; i < queue.size() && !last; ++i) {
      region_.From(queue[i], no_spurious, &edges);
      for (const Region::Edge& edge : edges) {
        bool arrived = edge.to == start;
        if (before > 0) {
          std::vector<Offer> with = done;
          AddStep(queue[i], edge.step, &with);
          AddState(edge.to, &with);
          arrived = missing(with) < before;
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

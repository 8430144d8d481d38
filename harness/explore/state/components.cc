#include "harness/explore/state/components.h"

#include <algorithm>

namespace doorway {
namespace {

constexpr std::uint64_t kBytesOfState = 12;  // its part, and what Components remembers of it

}  // namespace

std::uint32_t Region::MakePart(const std::vector<StateId>& states) {
  ++parts_;
  for (const StateId id : states) part_[id] = parts_;
  return parts_;
}

void Region::CheckBudget() {
  if (space_.budget().Exhausted(space_.store(), part_.size() * kBytesOfState)) throw BudgetExhausted();
}

bool Region::Excludes(const Excluded& excluded, const StateSpace::State& from, const Step& step) {
  if (!step.leads_on || (step.flagged & excluded.flagged) != 0) return true;
  if (step.kind != Transitions::Kind::kSpurious || excluded.spurious.empty()) return false;
  const Operation operation(step.thread, space_.transitions().LocalIdOf(from.data(), step.thread));
  return std::find(excluded.spurious.begin(), excluded.spurious.end(), operation) != excluded.spurious.end();
}

void Region::From(StateId id, const Excluded& excluded, std::vector<Edge>* out) {
  out->clear();
  CheckBudget();
  space_.From(id, &steps_);
  hashes_.resize(steps_.steps.size());
  for (std::size_t i = 0; i < steps_.steps.size(); ++i) {
    hashes_[i] = space_.store().Hash(steps_.To(i));
    space_.store().Prefetch(hashes_[i]);
  }
  for (const std::uint64_t hash : hashes_) space_.store().PrefetchState(hash);
  const StateSpace::State from = space_[id];
  for (std::size_t i = 0; i < steps_.steps.size(); ++i) {
    if (Excludes(excluded, from, steps_.steps[i])) continue;
    const StateId to = space_.store().Find(steps_.To(i), hashes_[i]);
    if (to == kNoState || part_[to] != part_[id]) continue;
    out->push_back({to, steps_.steps[i], steps_.permutations.empty() ? kIdentity : steps_.permutations[i]});
  }
}

void Region::ConcreteFrom(const StateSpace::State& state, const Excluded& excluded, StateSpace::Steps* out) {
  CheckBudget();
  const std::uint32_t part = part_[space_.IdOf(state.data())];
  space_.ConcreteFrom(state, out);
  for (std::size_t i = 0; i < out->steps.size(); ++i) {
    Step& step = out->steps[i];
    step.leads_on = !Excludes(excluded, state, step);
    if (!step.leads_on) continue;
    const StateId to = space_.IdOf(out->To(i));
    step.leads_on = to != kNoState && part_[to] == part;
  }
}

void Region::Components(const std::vector<StateId>& states, const Excluded& excluded,
                        const std::function<void(const std::vector<StateId>&, bool stays)>& on_component) {
  struct Frame {
    StateId id;
    std::size_t next;  // of its targets: those from here to the next frame's
    std::size_t targets;
    bool stays;  // a step leads back to it, or it has none
  };
  std::vector<StateId> open;
  std::vector<StateId> targets;
  std::vector<Frame> frames;
  std::vector<Edge> edges;
  std::vector<StateId> component;
  std::uint32_t count = 0;
  for (const StateId id : states) index_[id] = low_[id] = kUnseen;
  const auto enter = [&](StateId id) {
    index_[id] = low_[id] = ++count;
    open.push_back(id);
    From(id, excluded, &edges);
    frames.push_back({id, targets.size(), targets.size(), steps_.steps.empty()});
    for (const Edge& edge : edges) {
      targets.push_back(edge.to);
      frames.back().stays |= edge.to == id;
    }
  };
  for (const StateId root : states) {
    if (index_[root] != kUnseen) continue;
    enter(root);
    while (!frames.empty()) {
      Frame& frame = frames.back();
      if (frame.next < targets.size()) {
        const StateId to = targets[frame.next++];
        if (index_[to] == kUnseen) {
          enter(to);
        } else if (low_[to] != kDone) {
          low_[frame.id] = std::min(low_[frame.id], index_[to]);
        }
        continue;
      }
      const Frame done = frame;
      frames.pop_back();
      targets.resize(done.targets);
      if (!frames.empty()) low_[frames.back().id] = std::min(low_[frames.back().id], low_[done.id]);
      if (low_[done.id] != index_[done.id]) continue;
      component.clear();
      for (;;) {
        const StateId id = open.back();
        open.pop_back();
        low_[id] = kDone;
        component.push_back(id);
        if (id == done.id) break;
      }
      on_component(component, done.stays || component.size() > 1);
    }
  }
}

}  // namespace doorway

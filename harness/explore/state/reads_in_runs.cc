#include "harness/explore/state/reads_in_runs.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "harness/explore/state/concrete_run.h"

namespace doorway {
namespace {

// Follows a run from node to node.
class Nodes {
 public:
  explicit Nodes(StateSpace& space) : transitions_(space.transitions()) {
    for (int t = 0; t < transitions_.locals().threads(); ++t) at_.push_back(transitions_.locals().StandingAtStart(t));
  }

  const Node* of(int thread) const { return at_[static_cast<std::size_t>(thread)]; }
  // What its operation reads in that state, if it reads.
  Value Reading(const StateSpace::State& state, int thread) const {
    const Label& label = of(thread)->label;
    if (!Reads(label.op)) return 0;
    return Truncate(transitions_.Holds(state.data(), thread, label.location).value, label.width);
  }
  void Do(const StateSpace::State& state, const Transitions::Step& step) {
    if (step.kind == Transitions::Kind::kDrain) return;
    const Node*& node = at_[step.thread];
    const Value read = node->label.op == Op::kChoose ? step.choice : Reading(state, step.thread);
    node = transitions_.locals().StandingAfter(step.thread, node, read, step.kind == Transitions::Kind::kSpurious);
  }

 private:
  Transitions& transitions_;
  std::vector<const Node*> at_;  // by thread
};

// Whether it was read in that state, not in a question about it.
bool IsRead(StateSpace& space, const StateSpace::FirstRead& first) {
  Transitions& transitions = space.transitions();
  const auto& [thread, local, read] = first.what;
  const StateSpace::State state = space[first.state];
  if (transitions.LocalIdOf(state.data(), thread) != local) return false;
  const Label& label = transitions.locals().at(thread, local).node->label;
  return !Reads(label.op) ||
         Truncate(transitions.Holds(state.data(), thread, label.location).value, label.width) == read.value;
}

void LearnFrom(StateSpace& space, const StateSpace::FirstRead& first, Knowledge& known) {
  Nodes nodes(space);
  ConcreteRun run(space);
  try {
    if (!IsRead(space, first)) return;
    run.GoTo(first.state, [&](const ConcreteRun::Step& step) { nodes.Do(run.at(), step); });
  } catch (const NotInterchangeable&) {
    return;
  }
  Permutation permutation;
  space.IdOf(run.at().data(), &permutation);
  for (int t = 0; t < space.transitions().locals().threads(); ++t) {
    if (permutation[static_cast<std::size_t>(t)] != first.what.thread) continue;
    const Node* const node = nodes.of(t);
    const bool chooses = node->label.op == Op::kChoose;
    known.Add(node, {chooses ? first.what.read.value : nodes.Reading(run.at(), t), first.what.read.spurious});
  }
}

}  // namespace

void LearnFrom(StateSpace& space, Knowledge& known) {
  constexpr std::ptrdiff_t kMost = 500;
  const std::vector<StateSpace::FirstRead>& all = space.first_reads();
  std::for_each(all.end() - std::min(kMost, std::ssize(all)), all.end(),
                [&](const StateSpace::FirstRead& first) { LearnFrom(space, first, known); });
}

}  // namespace doorway

#include "harness/testing/starvation.h"

#include <cstddef>
#include <utility>
#include <vector>

// For each thread: the states are taken twice, with the thread waiting for `ends` or not. A thread starves if one of
// those in which it waits is reached where nobody can step, or if they have a fair cycle without `ends` among them.

namespace doorway::reference {

namespace {

class Watch {
 public:
  Watch(const StateSpace& space, const Response& response, int thread)
      : space_(space), response_(response), thread_(thread), steps_from_(space.states.size()) {
    for (const Step& step : space.steps) steps_from_[step.from].push_back(&step);
    Visit(0, Hear(space.heard_first, false).waits);
    while (!left_.empty()) {
      const auto [state, waits] = left_.back();
      left_.pop_back();
      for (const Step* step : steps_from_[state]) Visit(step->to, Hear(step->heard, waits).waits);
    }
  }

  // Waits for ever, and nothing happens any more.
  bool EndsWaiting() const {
    for (const auto& [state, waits] : reached_) {
      if (waits && space_.able[state].empty()) return true;
    }
    return false;
  }

  FairGraph WaitingPart(bool strong_fairness) const {
    FairGraph graph;
    for (std::size_t s = 0; s < space_.states.size(); ++s) {
      FairGraph::State& state = graph.states.emplace_back();
      state.able = space_.able[s];
      if (!strong_fairness) continue;
      for (const int t : space_.could_end_wait[s]) state.due.insert(EndOfWait(t));
    }
    for (const Step& step : space_.steps) {
      if (!reached_.contains({step.from, true}) || Hear(step.heard, true).ended) continue;
      FairGraph::Edge& edge = graph.edges.emplace_back(FairGraph::Edge{step.from, step.to, step.agent});
      if (step.weak_cas >= 0) (step.spurious ? edge.due : edge.kept).insert(step.weak_cas);
      if (step.ends_wait) edge.kept.insert(EndOfWait(step.agent));
    }
    return graph;
  }

 private:
  struct Heard {
    bool waits;
    bool ended;
  };

  // A promise, as are the weak CASes.
  static int EndOfWait(int thread) { return kMaxThreads * kMaxInstructions + thread; }

  Heard Hear(const std::vector<NoteHeard>& notes, bool waits) const {
    bool ended = false;
    for (const NoteHeard& heard : notes) {
      if (heard.subject != thread_) continue;
      if (heard.note == response_.begins) waits = true;
      if (heard.note == response_.ends) waits = false;
      ended |= heard.note == response_.ends;
    }
    return {waits, ended};
  }

  void Visit(int state, bool waits) {
    if (reached_.emplace(state, waits).second) left_.emplace_back(state, waits);
  }

  const StateSpace& space_;
  const Response& response_;
  int thread_;
  std::vector<std::vector<const Step*>> steps_from_;
  std::set<std::pair<int, bool>> reached_;
  std::vector<std::pair<int, bool>> left_;
};

}  // namespace

bool Starves(const StateSpace& space, const Response& response, bool strong_fairness) {
  for (int t = 0; t < space.threads; ++t) {
    const Watch watch(space, response, t);
    if (watch.EndsWaiting() || HasFairCycle(watch.WaitingPart(strong_fairness))) return true;
  }
  return false;
}

}  // namespace doorway::reference

#include "harness/explore/state/concrete_run.h"

#include <bit>
#include <cstddef>

namespace doorway {

template <class Fits>
void ConcreteRun::Take(Fits fits, const std::function<void(const Step&)>& tell) {
  space_.ConcreteFrom(at_, &from_here_);
  for (std::size_t i = 0; i < from_here_.steps.size(); ++i) {
    const Step& step = from_here_.steps[i];
    if (!fits(step, from_here_.To(i))) continue;
    if (tell) tell(step);
    steps_.push_back(step);
    if (step.leads_on) at_.assign(from_here_.To(i), from_here_.To(i) + at_.size());
    return;
  }
  throw NotInterchangeable();
}

void ConcreteRun::GoTo(StateId id, const std::function<void(const Step&)>& tell) {
  for (const StateId to : space_.WayTo(id)) {
    if (to == 0) continue;
    Take([&](const Step& step, const Layout::Word* state) { return step.leads_on && space_.IdOf(state) == to; }, tell);
  }
}

void ConcreteRun::Go(StateId to, const Step& like) {
  Take([&](const Step& step, const Layout::Word* state) {
    return step.leads_on && step.kind == like.kind && step.counted == like.counted && space_.IdOf(state) == to;
  });
}

void ConcreteRun::Last(const Step& like) {
  Permutation permutation;
  space_.IdOf(at_.data(), &permutation);
  Take([&](const Step& step, const Layout::Word* /*state*/) {
    return permutation[step.thread] == like.thread && step.kind == like.kind && step.choice == like.choice &&
           step.tracks == like.tracks && step.trouble == like.trouble &&
           (step.touched == kNoLocation) == (like.touched == kNoLocation) &&
           std::popcount(step.flagged) == std::popcount(like.flagged);
  });
}

}  // namespace doorway

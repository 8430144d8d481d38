#pragma once

#include <functional>
#include <vector>

#include "harness/explore/state/state_space.h"

// A run of the program itself, from its initial state on. A state space has one state of each orbit, so a way through
// it names threads as it pleases; the run that follows it does not.

namespace doorway {

// Errors: NotInterchangeable.
class ConcreteRun {
 public:
  using Step = Transitions::Step;
  using State = StateSpace::State;

  explicit ConcreteRun(StateSpace& space) : space_(space), at_(space[0]) {}

  const State& at() const { return at_; }
  const std::vector<Step>& steps() const { return steps_; }

  // By a shortest way, telling of each step before it is done. REQUIRES: nothing has been done yet
  void GoTo(StateId id, const std::function<void(const Step&)>& tell = {});
  // A step from here into the orbit of `to` that is of the same kind as `like`, and counts as much.
  void Go(StateId to, const Step& like);
  // The step from here that `like` is from the state that stands for this one.
  void Last(const Step& like);

 private:
  template <class Fits>
  void Take(Fits fits, const std::function<void(const Step&)>& tell = {});

  StateSpace& space_;
  State at_;
  std::vector<Step> steps_;
  StateSpace::Steps from_here_;
};

}  // namespace doorway

#include "harness/explore/state/random_runs.h"

#include <random>
#include <vector>

#include "harness/explore/state/transitions.h"

namespace doorway {

void LearnReads(Program& program, Places& places, ReadsSeen& seen, bool tso) {
  constexpr int kSteps = 400;      // of a run
  constexpr int kRuns = 2'000;     // at most
  constexpr int kFruitless = 100;  // runs without anything new, before it stops
  LocalStates locals(program, places, seen, false, false);
  Transitions::Options options;
  options.tso = tso;
  Transitions transitions(locals, options);
  std::mt19937 random(20'26);
  Transitions::Steps steps;
  std::vector<Transitions::Word> initial;
  transitions.Initial(&initial);
  const Layout of_initial = transitions.layout();
  std::vector<Transitions::Word> state;
  std::vector<Transitions::Word> wider;
  int fruitless = 0;
  for (int run = 0; run < kRuns && fruitless < kFruitless; ++run) {
    const std::size_t known = seen.size();
    state.resize(static_cast<std::size_t>(transitions.words()));
    transitions.Convert(of_initial, initial.data(), state.data());
    for (int step = 0; step < kSteps; ++step) {
      while (!transitions.From(state.data(), &steps)) {
        const Layout before = transitions.layout();
        transitions.Widen();
        wider.resize(static_cast<std::size_t>(transitions.words()));
        transitions.Convert(before, state.data(), wider.data());
        state = wider;
      }
      if (steps.steps.empty()) break;
      const std::size_t chosen = random() % steps.steps.size();
      if (!steps.steps[chosen].leads_on) break;
      state.assign(steps.To(chosen), steps.To(chosen) + transitions.words());
    }
    fruitless = seen.size() == known ? fruitless + 1 : 0;
  }
}

}  // namespace doorway

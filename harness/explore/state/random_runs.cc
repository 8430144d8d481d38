#include "harness/explore/state/random_runs.h"

#include <random>
#include <vector>

#include "harness/explore/state/transitions.h"

namespace doorway {

void LearnReads(Program& program, Places& places, Knowledge& known, Accesses& accesses, bool tso) {
  constexpr int kLongest = 400;             // steps of a run
  constexpr std::uint64_t kMost = 1 << 17;  // steps of all
  constexpr std::uint64_t kLeast = 2'000;
  LocalStates locals(program, places, known, {.notes = false, .minimise = false});
  Transitions::Options options;
  options.tso = tso;
  options.accesses = &accesses;
  Transitions transitions(locals, options);
  std::mt19937 random(20'26);
  Transitions::Steps steps;
  std::vector<Transitions::Word> initial;
  transitions.Initial(&initial);
  const Layout of_initial = transitions.layout();
  std::vector<Transitions::Word> state;
  std::vector<Transitions::Word> wider;
  std::uint64_t made = 0;      // steps so far
  std::uint64_t fruitful = 0;  // ... when something was new for the last time
  while (made < kMost && made < kLeast + 8 * fruitful) {
    state.resize(static_cast<std::size_t>(transitions.words()));
    transitions.Convert(of_initial, initial.data(), state.data());
    for (int step = 0; step < kLongest; ++step) {
      const std::size_t before = known.size();
      while (!transitions.From(state.data(), &steps)) {
        const Layout narrow = transitions.layout();
        transitions.Widen();
        wider.resize(static_cast<std::size_t>(transitions.words()));
        transitions.Convert(narrow, state.data(), wider.data());
        state = wider;
      }
      ++made;
      if (known.size() != before) fruitful = made;
      if (steps.steps.empty()) break;
      const std::size_t chosen = random() % steps.steps.size();
      if (!steps.steps[chosen].leads_on) break;
      state.assign(steps.To(chosen), steps.To(chosen) + transitions.words());
    }
  }
}

}  // namespace doorway

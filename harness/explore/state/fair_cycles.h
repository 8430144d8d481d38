#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/explore/state/components.h"
#include "harness/explore/state/concrete_run.h"
#include "harness/explore/state/identities.h"

// Fair cycles: infinite runs that stay in a set of states.
//
// A cycle of the state space is weakly fair if each thread takes a step in it, or cannot in some state of it; if each
// store buffer drains in it, or is empty in some state of it; and if no compare-exchange in it fails spuriously
// whenever it is tried. A poll of a spin is a step. It is strongly fair if besides each thread whose wait could succeed
// in some state of it succeeds: an await that is enabled, a spin whose next iteration, run alone, would be the last.
//
// A strongly connected component has a weakly fair cycle iff the cycle through all of it is one. The last two
// conditions are of the form "if this is done again and again, so is that" (Streett): where only the first half holds
// in a component, what makes it hold is taken out, and the rest is looked at again (Emerson and Lei, "Modalities for
// Model Checking", 1987).
//
// Where threads may change places, the conditions are asked of each identity (identities.h), and the cycle that is
// reported is one of the program itself. REQUIRES there: no operation fails spuriously.

namespace doorway {

// A run of the program itself, and what of it can be repeated for ever.
struct Cycle {
  StateId start;                        // of whose orbit the cycle's first state is
  std::vector<Transitions::Step> into;  // from the initial state to the cycle's first
  std::vector<Transitions::Step> steps;
};

class FairCycles {
 public:
  FairCycles(StateSpace& space, Fairness fairness) : region_(space), space_(space), fairness_(fairness) {}

  // A fair cycle within `states`, without a step that one of the monitors `flagged` flags; of those that are found the
  // one whose beginning is nearest to the initial state. A state in which nobody can take a step is a cycle without
  // steps.
  std::optional<Cycle> Find(const std::vector<StateId>& states, std::uint64_t flagged);

 private:
  // What a cycle must do, of what a component offers.
  struct Offer {
    bool idle = false;      // the thread cannot step somewhere
    bool steps = false;     // it takes a step
    bool empty = false;     // its buffer is empty somewhere
    bool drains = false;    // it drains
    bool could = false;     // its wait could succeed somewhere
    bool succeeds = false;  // it does
  };
  struct Exchange {  // an operation that may fail spuriously
    bool fails = false;
    bool succeeds = false;
  };
  struct Offers {
    std::vector<Offer> threads;  // by identity; of a cycle of the program, by thread
    absl::flat_hash_map<Region::Operation, Exchange> exchanges;
  };

  using State = StateSpace::State;

  void Consider(const std::vector<StateId>& component, const Region::Excluded& excluded);
  void AddThread(const State& state, int thread, Offer* offer);
  void AddState(const State& state, Offers* offers);  // each thread is itself
  void AddStep(const State& from, const Transitions::Step& step, Offer* offer, Offers* offers);
  bool NeverSucceeds(const Offer& offer) const;
  void TakeOut(const std::vector<StateId>& component, const Offers& offers, const Identities& identities,
               const Region::Excluded& excluded);
  int Missing(const Offers& all, const Offers& done) const;
  Cycle CycleThrough(const std::vector<StateId>& component, const Region::Excluded& excluded, const Offers& offers,
                     const Identities& identities);
  bool EndsWait(const State& from, const Transitions::Step& step);
  bool MightHaveFailed(const State& from, const Transitions::Step& step);

  Region region_;
  StateSpace& space_;
  const Fairness fairness_;
  std::vector<std::pair<std::vector<StateId>, Region::Excluded>> work_;  // still to be looked at
  std::optional<Cycle> best_;
};

}  // namespace doorway

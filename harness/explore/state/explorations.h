#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/interchangeable.h"
#include "harness/explore/state/accesses.h"
#include "harness/explore/state/local_states.h"
#include "harness/explore/state/state_space.h"

// The state spaces of one program, each explored anew as often as its local states are refuted (local_states.h) or
// interchangeable threads are refused (symmetry.h).

namespace doorway {

class Explorations {
 public:
  Explorations(Program& program, bool tso, StateBudget& budget);

  // What to explore.
  struct Plan {
    std::vector<const Monitor*> monitors;
    std::vector<std::size_t> owners;  // by monitor: whose claim it is
    Interchangeable interchangeable;  // at first
    bool watched = false;             // where monitors are Counting() is asked for later
    bool reduce = false;              // partial-order reduction: only where no claim is about fairness
    bool all_notes = false;           // notes count, though no monitor may listen
    std::vector<bool> followed{};     // by location, for data races; empty: they are not looked for
  };

  using MakeVisitor = std::function<std::unique_ptr<StateSpace::Visitor>(StateSpace&)>;
  using Then = std::function<void(StateSpace&, bool complete)>;

  // Explores, and hands the space to `then`; `complete` is false if the visitor or the budget has ended it. `again` is
  // called before each further attempt: what the visitor has heard does not count. Errors: ModelError.
  void Explore(Plan plan, const MakeVisitor& visitor, const std::function<void()>& again, const Then& then);

  // Explores until the visitor has had enough, or there are `most` states (0: no limit). Returns which threads are
  // still interchangeable. Errors: ModelError.
  Interchangeable Look(Plan plan, StateId most, const MakeVisitor& visitor);

  Places& places() { return places_; }

 private:
  static constexpr int kMostRefutations = 100;
  static constexpr int kSpareBits = 2;  // of a field of states that have been outgrown
  static constexpr int kMostBits = 32;
  struct Attempt {
    std::unique_ptr<LocalStates> locals;
    std::unique_ptr<StateSpace> space;
    bool complete = false;
    bool again = false;  // refuted, refused or outgrown
    bool refuted() const { return !space->refusal().has_value() && !space->outgrown(); }  // REQUIRES: again
  };

  Attempt Try(Plan* plan, StateId most, const MakeVisitor& visitor, int attempt);

  Program& program_;
  const bool tso_;
  StateBudget& budget_;
  Places places_;
  Knowledge known_;
  Accesses accesses_;
  std::vector<int> bits_;  // of the last attempt's fields: to widen those of the next one again would take long
  bool bits_for_races_ = false;
};

}  // namespace doorway

#pragma once

#include <absl/container/inlined_vector.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/explore_states.h"
#include "harness/explore/state/state_table.h"
#include "harness/explore/state/transitions.h"

// All states that some run reaches, breadth first: so the first state that shows something is at the end of a shortest
// run. What was found stays for questions about infinite runs.

namespace doorway {

// What an exploration may use, over all its state spaces.
class StateBudget {
 public:
  StateBudget(const StateOptions& options, double started) : options_(options), started_(started) {}

  // Whether there is nothing left; says which bound was hit. Cheap: looks at the clock now and then.
  bool Exhausted(const StateTable& table, std::uint64_t other_bytes = 0);
  void Show(const StateProgress& progress);
  void Full() { bound_ = "2^32 - 1 states"; }

  const std::string& bound() const { return bound_; }  // empty: none hit
  const StateOptions& options() const { return options_; }

 private:
  static constexpr std::uint32_t kBetweenLooks = 64;  // calls between two looks at the clock

  const StateOptions& options_;
  const double started_;
  double next_progress_ = 0;
  std::uint32_t calls_ = 0;
  std::string bound_;
};

class StateSpace {
 public:
  using Word = Layout::Word;
  using Step = Transitions::Step;
  using Steps = Transitions::Steps;

  StateSpace(LocalStates& locals, Transitions::Options options, StateBudget& budget)
      : transitions_(locals, std::move(options)), budget_(budget), table_(1) {}

  // What the explorer hears of: each true goes on, each false ends the search.
  struct Visitor {
    virtual ~Visitor() = default;
    virtual bool OnInitial(const Step& step) = 0;             // what was heard before any operation
    virtual bool OnStep(StateId from, const Step& step) = 0;  // with something to say: flagged, antecedent, trouble
    virtual bool OnStuck(StateId state) = 0;
  };

  // True if the search came to its end. False, too, if the local states are refuted: begin again.
  bool Explore(Visitor& visitor);

  StateId size() const { return table_.size(); }
  using State = absl::InlinedVector<Word, 4>;
  State operator[](StateId id) const {
    State state(static_cast<std::size_t>(transitions_.words()));
    table_.Read(id, state.data());
    return state;
  }
  const StateTable& table() const { return table_; }
  Transitions& transitions() { return transitions_; }
  StateBudget& budget() { return budget_; }
  std::uint64_t transitions_made() const { return made_; }
  std::uint64_t depth() const { return depth_; }

  // The steps from a state, once all have been explored: they lead to known states.
  void From(StateId id, Steps* out) { transitions_.From((*this)[id].data(), out); }
  StateId Target(const Steps& steps, std::size_t i) const { return table_.Find(steps.To(i)); }

  // States of a shortest run to `id`, the initial one first.
  std::vector<StateId> RunTo(StateId id) const;
  // The step that leads from one state to the other.
  Step StepBetween(StateId from, StateId to);

 private:
  // States whose steps are worked out together, so that memory can be asked for all of their targets meanwhile.
  static constexpr std::size_t kBatch = 16;
  struct Batch {
    std::array<State, kBatch> from;
    std::array<Steps, kBatch> steps;  // of each of them
    std::vector<std::uint64_t> hashes;
    std::size_t states = 0;
  };

  bool Expand(StateId first, Batch* batch);
  bool Enter(StateId first, const Batch& batch, Visitor& visitor);
  void Widen();

  Transitions transitions_;
  StateBudget& budget_;
  StateTable table_;
  std::uint64_t made_ = 0;
  std::uint64_t depth_ = 0;
};

}  // namespace doorway

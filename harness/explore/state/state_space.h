#pragma once

#include <absl/container/inlined_vector.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/explore_states.h"
#include "harness/explore/state/state_store.h"
#include "harness/explore/state/symmetry.h"
#include "harness/explore/state/transitions.h"
#include "harness/explore/state/workers.h"

// All states that some run reaches, breadth first: so the first state that shows something is at the end of a shortest
// run. What was found stays for questions about infinite runs.
//
// With several workers, states of a layer are expanded at once, by readers of what has been learnt; what they do not
// know is learnt, and new states are numbered, by one, in the same order as ever. So the space is the same, whatever
// their number.
//
// Where threads are interchangeable, one state of an orbit stands for all (symmetry.h): the space's states are these. A
// run of the program itself goes through states of their orbits (concrete_run.h).

namespace doorway {

// What an exploration may use, over all its state spaces.
class StateBudget {
 public:
  StateBudget(const StateOptions& options, double started) : options_(options), started_(started) {}

  // Whether there is nothing left; says which bound was hit. Cheap: looks at the clock now and then.
  bool Exhausted(const StateStore& store, std::uint64_t other_bytes = 0);
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

// Thrown where the program has no step that a step of the space stands for: the threads were not interchangeable after
// all, which the exploration would have found out later.
struct NotInterchangeable {};

class StateSpace {
 public:
  using Word = Layout::Word;
  using Step = Transitions::Step;
  using Steps = Transitions::Steps;

  StateSpace(LocalStates& locals, Transitions::Options options, Symmetry::Options symmetry, StateBudget& budget);

  // What the explorer hears of: each true goes on, each false ends the search.
  struct Visitor {
    virtual ~Visitor() = default;
    virtual bool OnInitial(const Step& step) = 0;             // what was heard before any operation
    virtual bool OnStep(StateId from, const Step& step) = 0;  // with something to say: flagged, antecedent, trouble
    virtual bool OnStuck(StateId state) = 0;
  };

  // True if the search came to its end. False, too, if the local states are refuted, an exchange of threads is refused,
  // or states are outgrown: begin again. `most`: ends when there are so many states; 0: no limit.
  bool Explore(Visitor& visitor, StateId most = 0);
  // With hash compaction: a field has become too narrow, and most states are not there to be converted.
  bool outgrown() const { return outgrown_; }
  const std::optional<Symmetry::Refusal>& refusal() const { return refusal_; }
  // What local states have read for the first time, and in which state; also where the search was ended.
  struct FirstRead {
    StateId state;
    LocalStates::FirstRead what;
  };
  const std::vector<FirstRead>& first_reads() const { return first_reads_; }

  StateId size() const { return store_.size(); }
  using State = absl::InlinedVector<Word, 4>;
  // With hash compaction, most states are found again by a shortest way to them, as long as that takes. Errors:
  // NotInterchangeable, if one on the way was mistaken for another.
  State operator[](StateId id) {
    if (!store_.Has(id)) return Revisited(id);
    State state(static_cast<std::size_t>(transitions_.words()));
    store_.Read(id, state.data());
    return state;
  }
  const StateStore& store() const { return store_; }
  Transitions& transitions() { return transitions_; }
  StateBudget& budget() { return budget_; }
  std::uint64_t transitions_made() const { return made_; }
  std::uint64_t depth() const { return depth_; }
  std::uint64_t reduced() const { return reduced_; }  // states of which the steps of one thread were explored alone

  // The steps from a state, once all have been explored: they lead to known states.
  void From(StateId id, Steps* out);
  // What is explored of a state may be only the steps of one thread (see above).
  StateId Target(const Steps& steps, std::size_t i) const { return store_.Find(steps.To(i)); }

  // The same of any state that a run goes through, not only one that stands for its orbit.
  void ConcreteFrom(const State& state, Steps* out) { transitions_.From(state.data(), out); }
  // The one that stands for it, and what becomes of its threads there.
  StateId IdOf(const Word* state, Permutation* permutation = nullptr);
  bool symmetric() const { return symmetry_.has_value(); }
  ThreadClasses classes() const { return symmetry_ ? symmetry_->classes() : ThreadClasses(); }

  // A shortest way to `id`, the initial state first.
  std::vector<StateId> WayTo(StateId id) const;

 private:
  // States whose steps are worked out together, so that memory can be asked for all of their targets meanwhile.
  static constexpr std::size_t kBatch = 16;
  struct Batch {
    StateId first = 0;
    std::size_t states = 0;
    std::array<State, kBatch> from;
    std::array<Steps, kBatch> steps;    // of each of them
    std::vector<std::uint64_t> hashes;  // of where these lead to
    std::vector<bool> known;            // whether that was known before; empty: not looked for
    bool whole = false;                 // false: a reader did not know enough
  };

  bool Work(StateId id, const Word* state, Steps* out);
  bool StepsOf(Transitions& by, StateId id, const Word* state, bool permutations, Steps* out);
  bool Learnt();
  bool LeadsOn(StateId id, Steps* steps) const;
  bool Canonise(Steps* steps, bool permutations) const;
  void Read(Batch* batch);
  void Hash(Batch* batch) const;
  bool Expand(Batch* batch);
  bool Enter(const Batch& batch, Visitor& visitor);
  void ExpandAhead(StateId first, StateId end);
  void ExpandBy(Transitions& reader, Batch* batch);
  bool Widen();
  State Revisited(StateId id);

  Transitions transitions_;
  std::optional<Symmetry> symmetry_;  // none: no two threads may change places
  std::optional<Symmetry::Refusal> refusal_;
  StateBudget& budget_;
  StateStore store_;
  State initial_;
  bool outgrown_ = false;
  std::unique_ptr<Workers> workers_;  // null: there is one
  std::vector<Transitions> readers_;  // by worker
  std::vector<Batch> ahead_;          // batches that have been expanded ahead
  std::vector<FirstRead> first_reads_;
  std::uint64_t made_ = 0;
  std::uint64_t depth_ = 0;
  std::uint64_t reduced_ = 0;
};

}  // namespace doorway

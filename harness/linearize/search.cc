#include "harness/linearize/search.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <chrono>

#include "harness/linearize/enabled_list.h"
#include "harness/linearize/interval_order.h"
#include "harness/linearize/memo.h"
#include "harness/linearize/placed_sets.h"
#include "harness/linearize/transitions_seen.h"

// The search places operations one after the other: each time one that nothing unplaced is before, and that the state
// accepts. A configuration is which operations are placed, and the state; one that has been visited is not visited
// again. Example, of a register that begins as 0:
//
//   T0  |--- write(1) ---|         write(1) and both reads overlap. write(1), read 1, read 0? The last is refused.
//   T1    |- read 0 -|             Back: read 0, write(1), read 1: all are placed.
//   T2       |- read 1 -|
//
// That is Wing and Gong's search with Lowe's memory. What is added leaves out sequences of which a similar one is
// tried:
//
// 1. An operation that changes no state whatever (a read, with what it returned) is placed as soon as it can be, and no
//    other choice is tried there. Take any sequence for the rest that has it later: it may as well come now, since
//    nothing before it, and nothing after it, would notice. So only updates are branched over. (Not where something
//    optional is before it, for which it would then be too late.)
// 2. A pending operation that would not change the state here is not placed here: it need never be placed. A pending
//    read is left out altogether.
// 3. Of equal operations, response and all, of which one was invoked and responded no later than the other, that one
//    comes first. In any sequence, two that are the other way round can change places: what is before the former is
//    before the latter, and what is after the latter is after the former. So k pending writes of a value cost k + 1
//    sets, not 2^k.
//
// Why it fails: over intervals, a configuration waits for the earliest response that is not placed. Let o be the
// operation of the latest such response among all configurations visited. The history up to before that response is
// linearizable, since a configuration says how; up to it, it is not, else a configuration would have got past it. Each
// configuration that waits for o has o enabled and refused. Where o took effect earlier, no configuration got as far.

namespace doorway::linearize {
namespace {

template <class Order>
class Engine {
 public:
  Engine(TransitionSystem& system, std::span<const OperationClass> classes, Order order, const Limits& limits)
      : system_(system),
        classes_(classes),
        order_(std::move(order)),
        limits_(limits),
        operations_(classes.size()),
        placed_(classes.size()),
        enabled_(classes.size()),
        transitions_(system, classes.size()),
        required_(Number()),
        sets_(required_, optional_, order_.Window()),
        memo_(sets_.key_words()),
        begun_(std::chrono::steady_clock::now()) {
    LinkTwins();
  }

  SearchResult Run() {
    order_.Start([this](std::uint32_t i) { Enable(i); });
    result_.answer = Go();
    if (result_.answer == Answer::kYes) {
      for (const Frame& frame : frames_) result_.sequence.push_back(frame.operation);
    }
    result_.configurations = memo_.size();
    result_.bytes = Bytes();
    return std::move(result_);
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  static constexpr std::uint32_t kOnlyChoice = kNone;
  static constexpr std::uint64_t kStepsBetweenLooks = 1 << 16;

  struct Operation {
    std::uint32_t rank = 0;         // among the required, or the optional ones
    std::uint32_t twin = kNone;     // equal, and placed before it
    std::uint32_t twin_of = kNone;  // whose twin it is
    bool required = false, read_only = false;
    bool waits_for_twin = false;  // the order would let it be placed
    bool never() const { return read_only && !required; }
  };
  struct Frame {
    std::uint32_t operation;
    StateId before;
    std::uint32_t outcome;  // which of the operation's successors was taken; kOnlyChoice: nothing else is to be tried
    std::uint32_t first;    // required one that was missing
    typename Order::Mark mark;
  };

  // Returns how many are required.
  std::uint32_t Number() {
    std::vector<std::int8_t> read_only(system_.classes(), -1);
    std::uint32_t required = 0;
    for (std::uint32_t i = 0; i < operations_.size(); ++i) {
      std::int8_t& known = read_only[classes_[i]];
      if (known < 0) known = system_.ReadOnly(classes_[i]) ? 1 : 0;
      Operation& operation = operations_[i];
      operation.required = order_.required(i);
      operation.read_only = known != 0;
      if (operation.required) {
        operation.rank = required++;
      } else if (!operation.never()) {
        operation.rank = optional_++;
      }
    }
    return required;
  }
  void LinkTwins() {
    std::vector<std::uint32_t> latest(system_.classes(), kNone);
    for (std::uint32_t i = 0; i < operations_.size(); ++i) {
      if (operations_[i].read_only) continue;
      const std::uint32_t earlier = std::exchange(latest[classes_[i]], i);
      if (earlier == kNone || !order_.Dominates(earlier, i)) continue;
      operations_[i].twin = earlier;
      operations_[earlier].twin_of = i;
    }
  }

  void Enable(std::uint32_t i) {
    Operation& operation = operations_[i];
    if (operation.never()) return;
    if (operation.twin != kNone && placed_[operation.twin] == 0) {
      operation.waits_for_twin = true;
    } else {
      enabled_.Append(i);
    }
  }
  void Disable(std::uint32_t i) {
    Operation& operation = operations_[i];
    if (operation.never()) return;
    if (operation.waits_for_twin && placed_[operation.twin] == 0) {
      operation.waits_for_twin = false;
    } else {
      enabled_.Unlink(i);
    }
  }

  void Place(std::uint32_t i, StateId next, std::uint32_t outcome) {
    const Operation& operation = operations_[i];
    Frame& frame = frames_.emplace_back(Frame{i, state_, outcome, sets_.first(), {}});
    state_ = next;
    placed_[i] = 1;
    enabled_.Unlink(i);
    if (operation.required) {
      sets_.PlaceRequired(operation.rank);
      ++required_placed_;
    } else {
      sets_.FlipOptional(operation.rank);
    }
    if (operation.twin_of != kNone && operations_[operation.twin_of].waits_for_twin) enabled_.Append(operation.twin_of);
    frame.mark = order_.Place(i, placed_, [this](std::uint32_t j) { Enable(j); });
  }
  void Undo(const Frame& frame) {
    const std::uint32_t i = frame.operation;
    const Operation& operation = operations_[i];
    order_.Undo(i, frame.mark, [this](std::uint32_t j) { Disable(j); });
    if (operation.twin_of != kNone && operations_[operation.twin_of].waits_for_twin) enabled_.Unlink(operation.twin_of);
    if (operation.required) {
      sets_.UndoRequired(operation.rank, frame.first);
      --required_placed_;
    } else {
      sets_.FlipOptional(operation.rank);
    }
    enabled_.Relink(i);
    placed_[i] = 0;
    state_ = frame.before;
  }

  // Those that change no state, now that they fit (1.). What is enabled by them comes at the end of the list.
  void PlaceReadOnly() {
    for (std::uint32_t i = enabled_.first(); i != enabled_.end();) {
      ++steps_;
      const std::uint32_t previous = enabled_.previous(i);
      const bool fits =
          operations_[i].read_only && order_.MayHurry(i, placed_) && !transitions_.From(state_, classes_[i]).empty();
      if (fits) Place(i, state_, kOnlyChoice);
      i = enabled_.next(fits ? previous : i);
    }
  }

  // Places i if some successor from the `outcome`-th on is worth trying.
  bool TryPlace(std::uint32_t i, std::uint32_t outcome) {
    ++steps_;
    const Operation& operation = operations_[i];
    if (!order_.MayPlace(i, placed_) || (operation.read_only && order_.MayHurry(i, placed_))) return false;
    const std::span<const StateId> successors = transitions_.From(state_, classes_[i]);
    for (; outcome < successors.size(); ++outcome) {
      if (!operation.required && successors[outcome] == state_) continue;  // (2.)
      Place(i, successors[outcome], outcome);
      return true;
    }
    return false;
  }

  // To the last choice: the operation chosen, and the outcome to be tried next. False if there is none.
  bool Back(std::uint32_t& candidate, std::uint32_t& outcome) {
    while (!frames_.empty()) {
      const Frame frame = frames_.back();
      frames_.pop_back();
      Undo(frame);
      if (frame.outcome == kOnlyChoice) continue;
      candidate = frame.operation;
      outcome = frame.outcome + 1;
      return true;
    }
    return false;
  }

  Answer Go() {
    for (;;) {
      PlaceReadOnly();
      if (required_placed_ == required_) return Answer::kYes;
      NoteMisfit();
      if (steps_ >= next_look_ && OutOfLimits()) return Answer::kUnknown;
      std::uint32_t candidate = enabled_.end(), outcome = 0;
      if (memo_.Insert(sets_.Key(state_))) candidate = enabled_.first();
      for (bool placed = false; !placed;) {
        for (; candidate != enabled_.end() && !placed; candidate = enabled_.next(candidate), outcome = 0) {
          placed = TryPlace(candidate, outcome);
        }
        if (!placed && !Back(candidate, outcome)) return Answer::kNo;
      }
    }
  }

  void NoteMisfit() {
    std::size_t progress;
    if constexpr (Order::kInTime) {
      progress = order_.progress();
    } else {
      progress = required_placed_;
    }
    if (best_known_ && progress < best_) return;
    if (best_known_ && progress == best_) {
      if constexpr (Order::kInTime) NoteState();
      return;
    }
    best_known_ = true;
    best_ = progress;
    result_.states.assign(1, state_);
    result_.more_states = false;
    if constexpr (Order::kInTime) {
      result_.misfit = order_.next_response();
    } else {
      result_.misfit = enabled_.first();
      while (!operations_[result_.misfit].required) result_.misfit = enabled_.next(result_.misfit);
      result_.sequence.clear();
      for (const Frame& frame : frames_) result_.sequence.push_back(frame.operation);
    }
  }
  void NoteState() {
    std::vector<StateId>& states = result_.states;
    if (std::find(states.begin(), states.end(), state_) != states.end()) return;
    if (states.size() < SearchResult::kMostStates) {
      states.push_back(state_);
    } else {
      result_.more_states = true;
    }
  }

  std::size_t Bytes() const {
    return memo_.bytes() + transitions_.bytes() + enabled_.bytes() + sets_.bytes() + order_.bytes() +
           frames_.capacity() * sizeof(Frame) + operations_.capacity() * sizeof(Operation) + placed_.capacity() +
           system_.bytes();
  }
  bool OutOfLimits() {
    next_look_ = steps_ + kStepsBetweenLooks;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun_;
    if (limits_.stop != nullptr && limits_.stop->load(std::memory_order_relaxed)) {
      result_.limit = Limit::kStopped;
    } else if (taken.count() > limits_.seconds) {
      result_.limit = Limit::kTime;
    } else if (Bytes() > limits_.max_bytes) {
      result_.limit = Limit::kMemory;
    } else if (memo_.size() > limits_.max_configurations) {
      result_.limit = Limit::kConfigurations;
    }
    return result_.limit != Limit::kNone;
  }

  TransitionSystem& system_;
  std::span<const OperationClass> classes_;
  Order order_;
  const Limits limits_;
  std::vector<Operation> operations_;
  std::vector<std::uint8_t> placed_;
  EnabledList enabled_;
  TransitionsSeen transitions_;
  std::uint32_t optional_ = 0;  // how many there are; counted with the required ones
  std::uint32_t required_;
  PlacedSets sets_;
  Memo memo_;
  StateId state_ = 0;
  std::uint32_t required_placed_ = 0;
  std::vector<Frame> frames_;
  SearchResult result_;
  bool best_known_ = false;
  std::size_t best_ = 0;
  std::uint64_t steps_ = 0, next_look_ = 0;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace

SearchResult Search(TransitionSystem& system, std::span<const OperationClass> classes,
                    std::span<const Interval> intervals, const Limits& limits) {
  return Engine<IntervalOrder>(system, classes, IntervalOrder(intervals), limits).Run();
}

SearchResult Search(TransitionSystem& system, std::span<const OperationClass> classes, const PartialOrder& order,
                    const Limits& limits) {
  return Engine<PartialOrder>(system, classes, order, limits).Run();
}

}  // namespace doorway::linearize

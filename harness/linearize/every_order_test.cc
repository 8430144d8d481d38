#include "harness/linearize/every_order.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/check.h"
#include "harness/linearize/history_automaton.h"
#include "harness/linearize/interned_states.h"
#include "harness/linearize/testing/brute_force.h"

// Partial histories against the definition: every linear extension of their order, each judged by brute force.

namespace doorway::linearize {
namespace {

// A register: writes, reads, and exchanges that return what was there; and one that forgets: a write may be lost.
struct Register {
  struct Operation {
    std::optional<int> written;
    std::optional<int> read;
    friend bool operator==(const Operation&, const Operation&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Operation& operation) {
      return H::combine(std::move(hash), operation.written.value_or(-1), operation.read.value_or(-1));
    }
  };
  using State = int;

  bool forgets = false;

  State Initial() const { return 0; }
  std::vector<State> Step(State state, const Operation& operation) const {
    if (operation.read && *operation.read != state) return {};
    std::vector<State> states = {operation.written.value_or(state)};
    if (forgets && operation.written) states.push_back(state);
    return states;
  }
  bool ReadOnly(const Operation& operation) const { return !operation.written; }
  std::string Show(State state) const { return std::to_string(state); }
};
using Operation = Register::Operation;

Operation Write(int value) { return {value, std::nullopt}; }
Operation Read(int value) { return {std::nullopt, value}; }
Operation Unread() { return {}; }
Operation Exchange(int value, int old) { return {value, old}; }

// A partial history, and its events in some order that keeps it.
class Partial {
 public:
  explicit Partial(std::size_t callers) : callers_(callers), operations_(callers), at_(callers) {}

  // Events are added in the order of one of the histories.
  void Invoke(std::size_t caller, Operation operation) {
    operations_[caller].push_back(operation);
    Add(caller);
  }
  void Respond(std::size_t caller) { Add(caller); }
  // The caller's latest event is before the next event of the other one.
  void Order(std::size_t caller, std::size_t other) { pairs_.emplace_back(Latest(caller), other); }

  std::size_t size() const { return events_.size(); }
  const std::vector<std::vector<Operation>>& operations() const { return operations_; }
  const std::vector<std::vector<bool>>& before() const { return before_; }
  const std::vector<HistoryEvent>& events() const { return events_; }

  // Whether no event comes before one that it is after.
  bool Keeps(const std::vector<HistoryEvent>& history) const {
    std::vector<std::size_t> places;
    for (const HistoryEvent& event : history) {
      for (std::size_t e = 0; e < events_.size(); ++e) {
        if (events_[e].caller == event.caller && events_[e].event == event.event) places.push_back(e);
      }
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (std::size_t j = i + 1; j < places.size(); ++j) {
        if (before_[places[j]][places[i]]) return false;
      }
    }
    return true;
  }

  PartialHistory Of(InternedStates<Register>& states) const {
    PartialHistory history;
    history.callers.resize(callers_);
    for (std::size_t c = 0; c < callers_; ++c) {
      for (std::size_t i = 0; i < operations_[c].size(); ++i) {
        history.callers[c].operations.push_back({states.ClassOf(operations_[c][i]), 2 * i + 1 >= at_[c]});
      }
      for (std::size_t e = 0; e < events_.size(); ++e) {
        if (events_[e].caller != c) continue;
        std::vector<std::uint32_t> counts(callers_);
        for (std::size_t f = 0; f < events_.size(); ++f) counts[events_[f].caller] += before_[f][e] ? 1 : 0;
        history.callers[c].before.insert(history.callers[c].before.end(), counts.begin(), counts.end());
      }
    }
    return history;
  }

 private:
  std::size_t Latest(std::size_t caller) const {
    std::size_t e = events_.size();
    while (events_[e - 1].caller != caller) --e;
    return e - 1;
  }
  void Add(std::size_t caller) {
    const std::size_t e = events_.size();
    std::vector<std::size_t> direct;
    if (at_[caller] > 0) direct.push_back(Latest(caller));
    for (auto& [from, to] : pairs_) {
      if (to == caller) direct.push_back(from);
    }
    std::erase_if(pairs_, [&](const auto& pair) { return pair.second == caller; });
    events_.push_back({static_cast<std::uint32_t>(caller), at_[caller]++});
    for (std::vector<bool>& row : before_) row.push_back(false);
    before_.emplace_back(e + 1);
    for (const std::size_t d : direct) {
      before_[d][e] = true;
      for (std::size_t f = 0; f < e; ++f) {
        if (before_[f][d]) before_[f][e] = true;
      }
    }
  }

  std::size_t callers_;
  std::vector<std::vector<Operation>> operations_;
  std::vector<std::uint32_t> at_;  // events so far
  std::vector<HistoryEvent> events_;
  std::vector<std::vector<bool>> before_;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

// Whether a history, event by event, is linearizable. `foreseen`: operations that have not responded will respond as
// they do in the whole.
bool Linearizable(const Register& object, const Partial& partial, const std::vector<HistoryEvent>& history,
                  bool foreseen = true) {
  std::vector<Operation> operations;
  std::vector<Interval> intervals;
  std::vector<std::size_t> latest(partial.operations().size());
  for (std::size_t time = 0; time < history.size(); ++time) {
    const HistoryEvent& event = history[time];
    if (event.is_response()) {
      intervals[latest[event.caller]].response = time;
    } else {
      latest[event.caller] = operations.size();
      operations.push_back(partial.operations()[event.caller][event.event / 2]);
      intervals.push_back({time, Interval::kPending});
    }
  }
  for (std::size_t i = 0; i < operations.size() && !foreseen; ++i) {
    if (intervals[i].pending()) operations[i].read.reset();
  }
  return LinearizableByBruteForce(object, std::span<const Operation>(operations), intervals);
}

bool EveryExtensionIs(const Register& object, const Partial& partial) {
  std::vector<HistoryEvent> history;
  std::vector<bool> placed(partial.size());
  const std::function<bool()> extend = [&]() -> bool {
    if (history.size() == partial.size()) return Linearizable(object, partial, history);
    for (std::size_t e = 0; e < partial.size(); ++e) {
      bool ready = !placed[e];
      for (std::size_t f = 0; f < partial.size(); ++f) ready = ready && (placed[f] || !partial.before()[f][e]);
      if (!ready) continue;
      placed[e] = true;
      history.push_back(partial.events()[e]);
      const bool all = extend();
      history.pop_back();
      placed[e] = false;
      if (!all) return false;
    }
    return true;
  };
  return extend();
}

std::vector<HistoryEvent> Find(const Register& object, const Partial& partial) {
  InternedStates<Register> states(object);
  HistoryAutomaton automaton(states);
  return FindNonlinearizable(automaton, partial.Of(states));
}

TEST(EveryOrderTest, AnOldValueIsNotExcusedByTheHistoryInWhichTheTwoOverlap) {
  Partial unordered(2);
  unordered.Invoke(0, Write(1));
  unordered.Invoke(1, Read(0));
  unordered.Respond(0);
  unordered.Respond(1);
  const std::vector<HistoryEvent> history = Find({}, unordered);
  ASSERT_EQ(history.size(), 4U);
  EXPECT_EQ(history[1].caller, 0U);  // the write has responded
  EXPECT_TRUE(history[1].is_response());

  Partial overlapping(2);
  overlapping.Invoke(0, Write(1));
  overlapping.Invoke(1, Read(0));
  overlapping.Order(1, 0);
  overlapping.Respond(0);
  overlapping.Respond(1);
  EXPECT_TRUE(Find({}, overlapping).empty());
}

TEST(EveryOrderTest, PendingOperationsMayHaveTakenEffect) {
  for (const int value : {0, 1, 2}) {
    Partial partial(2);
    partial.Invoke(0, Write(1));
    partial.Order(0, 1);
    partial.Invoke(1, Read(value));
    partial.Respond(1);
    EXPECT_EQ(Find({}, partial).empty(), value < 2) << value;
  }
}

TEST(EveryOrderTest, NothingIsFine) { EXPECT_TRUE(Find({}, Partial(3)).empty()); }

Partial Random(std::mt19937& random) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::size_t callers = 2 + static_cast<std::size_t>(below(2));
  Partial partial(callers);
  std::vector<bool> open(callers);
  const int density = 1 + below(4);
  for (int events = 4 + below(6); events > 0; --events) {
    const auto caller = static_cast<std::size_t>(below(static_cast<int>(callers)));
    if (open[caller]) {
      partial.Respond(caller);
    } else {
      const int value = below(3);
      switch (below(4)) {
        case 0:
          partial.Invoke(caller, Write(value));
          break;
        case 1:
          partial.Invoke(caller, Exchange(value, below(3)));
          break;
        case 2:
          partial.Invoke(caller, Unread());
          break;
        default:
          partial.Invoke(caller, Read(below(2)));
      }
    }
    open[caller] = !open[caller];
    for (std::size_t other = 0; other < callers; ++other) {
      if (other != caller && below(5) < density) partial.Order(caller, other);
    }
  }
  return partial;
}

TEST(EveryOrderTest, AgreesWithTryingAllLinearExtensions) {
  std::mt19937 random(7);
  int refuted = 0;
  constexpr int kRounds = 3000;
  for (int round = 0; round < kRounds; ++round) {
    const Partial partial = Random(random);
    const Register object{.forgets = round % 3 == 0};
    const std::vector<HistoryEvent> history = Find(object, partial);
    ASSERT_EQ(history.empty(), EveryExtensionIs(object, partial)) << "round " << round;
    if (history.empty()) continue;
    ++refuted;
    // What is returned is a history of the run, not linearizable, and linearizable without its last event.
    std::vector<HistoryEvent> shorter = history;
    shorter.pop_back();
    EXPECT_FALSE(Linearizable(object, partial, history)) << "round " << round;
    EXPECT_TRUE(Linearizable(object, partial, shorter)) << "round " << round;
    EXPECT_TRUE(partial.Keeps(history)) << "round " << round;
  }
  EXPECT_GT(refuted, kRounds / 10);
  EXPECT_LT(refuted, kRounds * 9 / 10);
}

// The automaton event by event, with responses that are told only at the end: as the whole history says.
TEST(HistoryAutomatonTest, AgreesWhereResponsesAreNotForeseen) {
  std::mt19937 random(8);
  int refuted = 0;
  constexpr int kRounds = 3000;
  for (int round = 0; round < kRounds; ++round) {
    const Partial partial = Random(random);
    const Register object{.forgets = round % 3 == 0};
    InternedStates<Register> states(object);
    HistoryAutomaton automaton(states);
    HistoryAutomaton::Id at = HistoryAutomaton::kStart;
    std::vector<HistoryEvent> history;
    for (const HistoryEvent& event : partial.events()) {
      const Operation& operation = partial.operations()[event.caller][event.event / 2];
      history.push_back(event);
      at = event.is_response()
               ? automaton.Respond(at, event.caller, states.ClassOf(operation))
               : automaton.Invoke(at, event.caller, states.ClassOf({operation.written, std::nullopt}), false);
      ASSERT_EQ(at != HistoryAutomaton::kNone, Linearizable(object, partial, history, false)) << "round " << round;
      if (at == HistoryAutomaton::kNone) break;
    }
    refuted += at == HistoryAutomaton::kNone;
  }
  EXPECT_GT(refuted, kRounds / 10);
  EXPECT_LT(refuted, kRounds * 9 / 10);
}

}  // namespace
}  // namespace doorway::linearize

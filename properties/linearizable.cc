#include "properties/linearizable.h"

#include <algorithm>
#include <limits>

#include "harness/linearize/check_intervals.h"
#include "harness/linearize/partial_order.h"
#include "harness/linearize/search.h"
#include "properties/linearizable_monitor.h"

namespace doorway {
namespace {

using linearize::HistoryEvent;
using linearize::Interval;
using linearize::PartialHistory;

// The notes of the recorded operations, in the order of the execution. For each note, how many of another thread's are
// before it is found by going on from where its thread's note before it has stopped.
PartialHistory HistoryOf(const Execution& execution, const RecordedOperations& operations,
                         const std::vector<linearize::OperationClass>& classes) {
  const auto callers = static_cast<std::size_t>(operations.callers());
  const auto note = [&](std::size_t caller, std::size_t event) -> const Mark& {
    const RecordedOperation& operation = operations[operations.FirstOf(static_cast<int>(caller)) + event / 2];
    return event % 2 == 0 ? *operation.invoke : *operation.response;
  };
  PartialHistory history;
  history.callers.resize(callers);
  for (std::size_t c = 0; c < callers; ++c) {
    for (std::size_t i = operations.FirstOf(static_cast<int>(c)); i < operations.FirstOf(static_cast<int>(c) + 1);
         ++i) {
      history.callers[c].operations.push_back({classes[i], operations[i].response == nullptr});
    }
  }
  std::vector<std::uint32_t> before(callers);
  for (std::size_t c = 0; c < callers; ++c) {
    PartialHistory::Caller& caller = history.callers[c];
    caller.before.reserve(caller.events() * callers);
    before.assign(callers, 0);
    for (std::size_t event = 0; event < caller.events(); ++event) {
      const Mark& mark = note(c, event);
      for (std::size_t other = 0; other < callers; ++other) {
        while (other != c && before[other] < history.callers[other].events() &&
               execution.Before(note(other, before[other]), mark)) {
          ++before[other];
        }
      }
      before[c] = static_cast<std::uint32_t>(event);
      caller.before.insert(caller.before.end(), before.begin(), before.end());
    }
  }
  return history;
}

}  // namespace

LinearizableObject::LinearizableObject(ObjectKind kind)
    : kind_(std::move(kind)), states_(kind_.make_states()), automaton_(states_->system()) {
  ExploredUnder(MemoryModel::kSc);
}

std::string_view LinearizableObject::name() const { return by_happens_before_ ? "hb_linearizable" : "linearizable"; }

void LinearizableObject::ExploredUnder(MemoryModel memory) {
  by_happens_before_ = memory == MemoryModel::kRc11;
  description_ = "some sequence of the operations explains their results, as a " + std::string(kind_.name);
  description_ += by_happens_before_ ? ", in the order of happens-before"
                                     : ", in the order of time (under rc11 hb_linearizable: of happens-before)";
}

std::optional<Finding> LinearizableObject::Check(const Execution& execution) {
  operations_.Collect(execution, kind_.functions, kind_.asks_caller);
  if (operations_.size() == 0) return std::nullopt;
  classes_.clear();
  for (const RecordedOperation& operation : operations_) classes_.push_back(states_->ClassOf(operation.call));
  antecedents_ += std::any_of(operations_.begin(), operations_.end(),
                              [](const RecordedOperation& operation) { return operation.response != nullptr; });
  const std::optional<Misfit> misfit =
      by_happens_before_ ? CheckHappensBefore(execution) : CheckEveryInterleaving(execution);
  if (!misfit) return std::nullopt;
  return Violation(*misfit);
}

// Every linear extension of the order of notes is an interleaving of the execution, and the other way round: a note may
// stand anywhere between the steps around it, and any order of steps that keeps the execution's is one of its
// interleavings. (Under TSO, too: what the store buffers keep is a partial order of issues and commits, and its
// restriction to issues is the execution's order. A linear extension of a restriction is a restriction of a linear
// extension.)
std::optional<LinearizableObject::Misfit> LinearizableObject::CheckEveryInterleaving(const Execution& execution) {
  const std::vector<HistoryEvent> history =
      linearize::FindNonlinearizable(automaton_, HistoryOf(execution, operations_, classes_));
  if (history.empty()) return std::nullopt;
  return Explain(history);
}

// The history as intervals: the search knows why not.
LinearizableObject::Misfit LinearizableObject::Explain(const std::vector<HistoryEvent>& history) {
  std::vector<std::uint32_t> members;
  std::vector<linearize::OperationClass> classes;
  std::vector<Interval> intervals;
  std::vector<std::size_t> latest(static_cast<std::size_t>(operations_.callers()));  // of the caller, in `intervals`
  for (std::size_t time = 0; time < history.size(); ++time) {
    const HistoryEvent& event = history[time];
    if (event.is_response()) {
      intervals[latest[event.caller]].response = time;
      continue;
    }
    latest[event.caller] = members.size();
    const std::size_t operation = operations_.FirstOf(static_cast<int>(event.caller)) + event.event / 2;
    members.push_back(static_cast<std::uint32_t>(operation));
    classes.push_back(classes_[operation]);
    intervals.push_back({time, Interval::kPending});
  }
  const linearize::IntervalsResult result =
      linearize::CheckIntervals(states_->system(), classes, intervals, linearize::Limits{});
  Misfit misfit;
  misfit.operation = members[result.search.misfit];
  for (const std::uint32_t i : result.prefix) misfit.prefix.push_back(members[i]);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (intervals[i].response < intervals[result.search.misfit].invoke) misfit.before.push_back(members[i]);
  }
  misfit.states = result.search.states;
  misfit.more_states = result.search.more_states;
  return misfit;
}

std::optional<LinearizableObject::Misfit> LinearizableObject::CheckHappensBefore(const Execution& execution) {
  std::vector<bool> required;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t a = 0; a < operations_.size(); ++a) {
    required.push_back(operations_[a].response != nullptr);
    for (std::uint32_t b = 0; b < operations_.size() && required[a]; ++b) {
      if (a != b && execution.Before(*operations_[a].response, *operations_[b].invoke)) pairs.emplace_back(a, b);
    }
  }
  const linearize::SearchResult result = linearize::Search(
      states_->system(), classes_, linearize::PartialOrder(std::move(required), pairs), linearize::Limits{});
  if (result.answer == linearize::Answer::kYes) return std::nullopt;
  Misfit misfit;
  misfit.operation = result.misfit;
  misfit.prefix = result.sequence;
  for (const auto& [a, b] : pairs) {
    if (b == result.misfit) misfit.before.push_back(a);
  }
  misfit.states = result.states;
  misfit.more_states = result.more_states;
  return misfit;
}

std::vector<std::unique_ptr<Monitor>> LinearizableObject::Monitors(int threads) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  monitors.push_back(MakeLinearizableMonitor(kind_, threads));
  return monitors;
}

std::string LinearizableObject::Describe(std::size_t operation) const {
  return "T" + std::to_string(operations_[operation].invoke->thread) + " " +
         linearize::Show(operations_[operation].call, kind_.functions);
}

// Points: where those end that had to take effect before the misfit, the last one of each caller; where the misfit
// begins and ends.
Finding LinearizableObject::Violation(const Misfit& misfit) const {
  const RecordedOperation& operation = operations_[misfit.operation];
  Finding finding;
  finding.claim = name();
  finding.sentence = "no sequence of the operations explains thread " + std::to_string(operation.invoke->thread) +
                     "'s " + linearize::Show(operation.call, kind_.functions);
  std::string states;
  for (const linearize::StateId state : misfit.states) states += (states.empty() ? "" : " or ") + states_->Show(state);
  if (misfit.more_states) states += " or another";
  finding.sentence += ": when it must have taken effect the " + std::string(kind_.name) + " holds " + states;
  std::string prefix;
  for (const std::uint32_t i : misfit.prefix) prefix += (prefix.empty() ? "" : ", ") + Describe(i);
  finding.sentence += prefix.empty() ? ", and nothing else can come first" : ", after " + prefix;
  const auto point = [&](const Mark& mark, std::size_t i) {
    const EventId event = mark.after != kNoEvent ? mark.after : mark.before;
    const std::string what =
        std::string(mark.kind.name) + " of " + linearize::Show(operations_[i].call, kind_.functions);
    if (event != kNoEvent) finding.points.push_back({event, what});
  };
  for (const std::uint32_t i : misfit.before) {
    const bool last_of_caller = std::none_of(misfit.before.begin(), misfit.before.end(), [&](std::uint32_t other) {
      return operations_[other].invoke->thread == operations_[i].invoke->thread && other > i;
    });
    if (last_of_caller) point(*operations_[i].response, i);
  }
  point(*operation.invoke, misfit.operation);
  if (operation.response != nullptr) point(*operation.response, misfit.operation);
  return finding;
}

}  // namespace doorway

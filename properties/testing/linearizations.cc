#include "properties/testing/linearizations.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace doorway {
namespace {

// What is heard when an operation is done, in this order: the notes before it at their latest, its tags, the notes
// after it at their earliest.
struct Item {
  EventId event = kNoEvent;
  std::vector<Monitor::Noted> heard;
  std::uint64_t before = 0;  // items that come earlier in every interleaving, as bits
};

Monitor::Noted At(Monitor::When when, const Mark& mark) {
  return {when, mark.kind, mark.thread, mark.subject, mark.argument};
}

// Marks in their thread's order.
std::vector<const Mark*> SortedMarks(const Execution& execution, const std::function<bool(NoteKind)>& matters) {
  std::vector<const Mark*> marks;
  for (const Mark& mark : execution.marks) {
    if (matters(mark.kind)) marks.push_back(&mark);
  }
  std::stable_sort(marks.begin(), marks.end(), [](const Mark* a, const Mark* b) { return a->sequence < b->sequence; });
  return marks;
}

class Run {
 public:
  Run(const Execution& execution, const Monitor& monitor, const std::function<bool(NoteKind)>& matters)
      : monitor_(monitor) {
    const std::vector<const Mark*> marks = SortedMarks(execution, matters);
    for (EventId event = 0; event < execution.events.size(); ++event) {
      Item item{event, {}, 0};
      for (const Mark* mark : marks) {
        if (!mark->is_tag && mark->after == event) item.heard.push_back(At(Monitor::When::kLatest, *mark));
      }
      for (const Mark* mark : marks) {
        if (mark->is_tag && mark->before == event) item.heard.push_back(At(Monitor::When::kTag, *mark));
      }
      for (const Mark* mark : marks) {
        if (!mark->is_tag && mark->before == event) item.heard.push_back(At(Monitor::When::kEarliest, *mark));
      }
      if (!item.heard.empty()) items_.push_back(item);
    }
    if (items_.size() > 64) throw std::invalid_argument("more operations with notes than fit in a word");
    for (Item& item : items_) {
      for (std::size_t i = 0; i < items_.size(); ++i) {
        if (execution.Before(items_[i].event, item.event)) item.before |= std::uint64_t{1} << i;
      }
    }
    // Notes before a thread's first operation are heard at the start.
    State start{0, monitor.initial(), 0};
    for (const Mark* mark : marks) {
      if (!mark->is_tag && mark->before == kNoEvent) Hear(At(Monitor::When::kEarliest, *mark), &start);
    }
    GoOn(start);
  }

  const Heard& heard() const { return heard_; }

 private:
  struct State {
    std::uint64_t done;  // items, as bits
    Value monitor;
    std::uint64_t sum;
    auto operator<=>(const State&) const = default;
  };

  void Hear(const Monitor::Noted& noted, State* state) {
    const Monitor::Answer answer = monitor_.Hear(noted, &state->monitor);
    if (monitor_.bits() < 64 && state->monitor >> monitor_.bits() != 0) {
      throw std::logic_error("a monitor's state has more bits than it says");
    }
    heard_.flagged = heard_.flagged || answer.flagged;
    heard_.antecedent = heard_.antecedent || answer.antecedent;
    state->sum = monitor_.counts() && monitor_.Counting(state->monitor) ? state->sum + answer.counted : 0;
    heard_.most = std::max(heard_.most, state->sum);
  }

  void GoOn(const State& start) {
    std::set<State> seen = {start};
    std::vector<State> open = {start};
    while (!open.empty()) {
      const State state = open.back();
      open.pop_back();
      for (std::size_t i = 0; i < items_.size(); ++i) {
        if ((state.done >> i & 1) != 0 || (items_[i].before & ~state.done) != 0) continue;
        State next = state;
        next.done |= std::uint64_t{1} << i;
        for (const Monitor::Noted& noted : items_[i].heard) Hear(noted, &next);
        if (seen.insert(next).second) open.push_back(next);
      }
    }
  }

  const Monitor& monitor_;
  std::vector<Item> items_;
  Heard heard_;
};

}  // namespace

Heard HearAll(const Execution& execution, const Monitor& monitor, const std::function<bool(NoteKind)>& matters) {
  return Run(execution, monitor, matters).heard();
}

Heard HearAll(const Execution& execution, const std::vector<std::unique_ptr<Monitor>>& monitors,
              const std::function<bool(NoteKind)>& matters) {
  Heard all;
  for (const std::unique_ptr<Monitor>& monitor : monitors) {
    const Heard one = HearAll(execution, *monitor, matters);
    all.flagged = all.flagged || one.flagged;
    all.antecedent = all.antecedent || one.antecedent;
    all.most = std::max(all.most, one.most);
  }
  return all;
}

}  // namespace doorway

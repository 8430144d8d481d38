#include "models/cli/replay_lasso.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/finding.h"

namespace doorway {
namespace {

class FromFile final : public Property {
 public:
  explicit FromFile(const Counterexample& counterexample) : name_(counterexample.claim) {}

  std::string_view name() const override { return name_; }
  Kind kind() const override { return Kind::kLiveness; }
  std::string_view description() const override { return "as in the file"; }
  std::optional<Finding> Check(const Execution&) override { return Finding{name_, "", {}, false}; }
  std::uint64_t antecedents() const override { return 1; }

 private:
  const std::string name_;
};

// The numbers that the events of `execution` have if they follow the trace's steps, the initial writes first. A
// step that the execution leaves out (a read of a poll that goes on) has the number of the next one.
struct Numbering {
  Numbering(const Execution& execution, const Trace& trace) : of_event(execution.events.size(), kNoEvent) {
    EventId next = 0;
    while (next < execution.events.size() && execution.events[next].kind == EventKind::kInit) {
      of_event[next] = next;
      ++next;
    }
    std::vector<std::size_t> done(execution.threads.size(), 0);
    for (const TraceStep& step : trace.steps) {
      of_step.push_back(next);
      const std::vector<EventId>& events = execution.threads[step.thread].events;
      if (done[step.thread] < events.size()) of_event[events[done[step.thread]++]] = next++;
    }
    of_step.push_back(next);
  }

  EventId operator()(EventId event) const { return event == kNoEvent ? kNoEvent : of_event[event]; }

  std::vector<EventId> of_event;
  std::vector<EventId> of_step;  // and of the end
};

Execution Renumbered(Execution execution, const Numbering& number) {
  const std::vector<Event> events = execution.events;
  const Execution::Clocks clocks = execution.TakeOrder();
  const std::size_t width = execution.threads.size();
  Execution::Clocks order(clocks.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const EventId to = number(static_cast<EventId>(i));
    execution.events[to] = events[i];
    execution.events[to].reads_from = number(events[i].reads_from);
    for (std::size_t t = 0; t < width; ++t) order[to * width + t] = clocks[i * width + t];
  }
  execution.SetOrder(std::move(order));
  const auto rename = [&number](std::vector<EventId>& ids) {
    for (EventId& id : ids) id = number(id);
  };
  for (ThreadState& thread : execution.threads) rename(thread.events);
  for (std::vector<EventId>& mo : execution.modification_order) rename(mo);
  for (Mark& mark : execution.marks) {
    mark.before = number(mark.before);
    mark.after = number(mark.after);
  }
  return execution;
}

}  // namespace

std::unique_ptr<Property> AsProperty(const Counterexample& counterexample) {
  return std::make_unique<FromFile>(counterexample);
}

Evidence AsLasso(const Run& run, const Counterexample& counterexample, Evidence replayed) {
  const Numbering number(replayed.execution, counterexample.trace);
  const TraceLasso& lasso = *counterexample.lasso;
  replayed.execution = Renumbered(std::move(replayed.execution), number);
  replayed.finding.claim = counterexample.claim;
  replayed.finding.sentence.clear();
  replayed.finding.points.clear();
  for (const TracePoint& point : counterexample.points) {
    const EventId event = point.step == 0 ? kNoEvent : number.of_step[static_cast<std::size_t>(point.step) - 1];
    replayed.finding.points.push_back({event, point.what});
  }
  replayed.lasso = Lasso{number.of_step[lasso.cycle_begins], lasso.starved, lasso.running};
  // The file's sentence has its source lines; reports add them again.
  const std::string lines = FindingSentence(run, replayed);
  replayed.finding.sentence = counterexample.sentence;
  if (counterexample.sentence.ends_with(lines)) {
    replayed.finding.sentence.resize(counterexample.sentence.size() - lines.size());
  }
  return replayed;
}

}  // namespace doorway

#include "harness/explore/state/state_evidence.h"

#include <utility>

#include "harness/explore/state/run_execution.h"

namespace doorway {
namespace {

std::string What(const Execution& execution, EventId e) {
  const Event& event = execution.events[e];
  return "thread " + std::to_string(event.thread) +
         (event.destroyed   ? " destroys"
          : event.IsWrite() ? " writes"
                            : " reads");
}

// The access of a step: its operation, or a silent read that is done with it.
EventId AccessOf(const Execution& execution, EventId operation, const Transitions::Step& step) {
  if (step.touched == kNoLocation) return operation;
  EventId e = operation + 1;
  while (execution.events[e].location != step.touched) ++e;
  return e;
}

}  // namespace

Execution RunTo(StateSpace& space, StateId state, const Transitions::Step* last, bool stuck) {
  ConcreteRun run(space);
  run.GoTo(state);
  if (last != nullptr) run.Last(*last);
  return ExecutionOf(space.transitions().locals(), run.steps(), space.transitions().options().tso, stuck, nullptr);
}

Finding TroubleOf(StateSpace& space, StateId from, const Transitions::Step& step, bool initial,
                  const Execution& execution) {
  Finding finding;
  for (std::size_t t = 0; initial && t < execution.threads.size(); ++t) {
    const Label& label = *execution.threads[t].pending;
    if (label.op != Op::kFailed) continue;
    finding.sentence = "thread " + std::to_string(t) + ": check failed: " + label.verb;
    return finding;
  }
  ConcreteRun run(space);
  run.GoTo(from);
  run.Last(step);
  const Transitions::Step& here = run.steps().back();
  const ThreadState& thread = execution.threads[here.thread];
  const std::string who = "thread " + std::to_string(here.thread);
  std::vector<EventId> operations;
  ExecutionOf(space.transitions().locals(), run.steps(), space.transitions().options().tso, false, nullptr,
              &operations);
  const EventId last = operations.back() == kNoEvent ? kNoEvent : AccessOf(execution, operations.back(), here);
  if (step.trouble == Transitions::Trouble::kFailedCheck) {
    finding.sentence = who + ": check failed: " + thread.pending->verb;
    if (last != kNoEvent) finding.points.push_back({last, ""});
    return finding;
  }
  const std::string& name = (*execution.locations)[here.touched != kNoLocation ? here.touched : here.location].name;
  EventId first = kNoEvent;  // the access that the race tracker follows
  for (std::size_t i = 0; i + 1 < run.steps().size(); ++i) {
    if (run.steps()[i].tracks) first = AccessOf(execution, operations[i], run.steps()[i]);
  }
  if (first == kNoEvent) {
    finding.sentence = who + " uses '" + name + "' after its life has ended";
    finding.points.push_back({last, ""});
    return finding;
  }
  finding.sentence = What(execution, first) + " '" + name + "' and " + What(execution, last) + " it, in no order";
  finding.points = {{first, ""}, {last, ""}};
  finding.unordered = true;
  return finding;
}

LassoRun RunInto(StateSpace& space, const Cycle& cycle, int starved) {
  std::vector<Transitions::Step> steps = cycle.into;
  const std::size_t prefix = steps.size();
  steps.insert(steps.end(), cycle.steps.begin(), cycle.steps.end());
  std::vector<EventId> before;
  LassoRun run;
  run.execution = ExecutionOf(space.transitions().locals(), steps, space.transitions().options().tso, false, &before);
  run.lasso.cycle_begins = before[prefix];
  run.lasso.starved = starved;
  std::vector<bool> runs(run.execution.threads.size());
  for (const Transitions::Step& step : cycle.steps) runs[step.thread] = true;
  for (std::size_t t = 0; t < runs.size(); ++t) {
    if (!runs[t]) continue;
    run.lasso.running.push_back(static_cast<int>(t));
    if (static_cast<int>(t) == starved) continue;
    run.others += (run.others.empty() ? "thread " : ", thread ") + std::to_string(t);
  }
  return run;
}

}  // namespace doorway

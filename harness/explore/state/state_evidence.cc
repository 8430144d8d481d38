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

// The access that the race tracker follows in `from`; kNoEvent, if none.
EventId Followed(StateSpace& space, StateId from) {
  if (!space.transitions().options().track_races) return kNoEvent;
  const std::vector<Transitions::Step> steps = StepsTo(space, from);
  std::size_t followed = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].tracks) followed = i + 1;
  }
  if (followed == 0) return kNoEvent;
  std::vector<EventId> before;
  ExecutionOf(space.transitions().locals(), steps, space.transitions().options().tso, false, &before);
  // An operation is the last of its step's events: silent fences come before it.
  return static_cast<EventId>(before[followed] - 1);
}

}  // namespace

std::vector<Transitions::Step> StepsTo(StateSpace& space, StateId state) {
  const std::vector<StateId> run = space.RunTo(state);
  std::vector<Transitions::Step> steps;
  for (std::size_t i = 0; i + 1 < run.size(); ++i) steps.push_back(space.StepBetween(run[i], run[i + 1]));
  return steps;
}

Execution RunTo(StateSpace& space, StateId state, const Transitions::Step* last, bool stuck) {
  std::vector<Transitions::Step> steps = StepsTo(space, state);
  if (last != nullptr) steps.push_back(*last);
  return ExecutionOf(space.transitions().locals(), steps, space.transitions().options().tso, stuck, nullptr);
}

Finding TroubleOf(StateSpace& space, StateId from, const Transitions::Step& step, const Execution& execution) {
  Finding finding;
  const ThreadState& thread = execution.threads[step.thread];
  const std::string who = "thread " + std::to_string(step.thread);
  const EventId last = thread.events.empty() ? kNoEvent : thread.events.back();
  if (step.trouble == Transitions::Trouble::kFailedCheck) {
    finding.sentence = who + ": check failed: " + thread.pending->verb;
    if (last != kNoEvent) finding.points.push_back({last, ""});
    return finding;
  }
  const std::string& name = (*execution.locations)[step.location].name;
  const EventId first = Followed(space, from);
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
  std::vector<Transitions::Step> steps = StepsTo(space, cycle.states.front());
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

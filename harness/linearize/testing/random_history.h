#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "harness/linearize/call.h"
#include "harness/linearize/interval.h"
#include "harness/linearize/specification.h"

// Random histories of few operations of few processes: some linearizable, some nearly.

namespace doorway::linearize {

struct RandomHistory {
  std::vector<Call> calls;
  std::vector<Interval> intervals;
};

struct RandomShape {
  int operations = 6;
  int processes = 3;
  int pending_in_ten = 1;  // how many of ten operations never respond
  int altered_in_ten = 2;  // ... are drawn anew: the response, or, where there is none, the operation
};

// Overlapping operations of a real object: each process invokes, takes effect and responds at random moments; what has
// taken effect and not responded is pending with its effect. Then some are drawn anew, so that histories are
// linearizable, or only just not. `draw` makes a call, without response, of a random operation; `results` are what an
// altered response is drawn from. Operations that cannot take effect where they are tried are tried again later, and
// pending in the end.
template <Specification S>
RandomHistory MakeRandomHistory(const S& specification, std::span<const FunctionInfo> functions,
                                const RandomShape& shape, std::mt19937& random,
                                const std::function<Call(std::mt19937&)>& draw, std::span<const Datum> results) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  enum class Phase { kIdle, kInvoked, kDone };
  struct Process {
    Phase phase = Phase::kIdle;
    std::size_t operation = 0;
  };
  std::vector<Process> processes(shape.processes);
  auto state = specification.Initial();
  RandomHistory history;
  std::uint64_t now = 0;
  for (int steps = shape.operations * 8; steps > 0; --steps, ++now) {
    Process& process = processes[below(shape.processes)];
    if (process.phase == Phase::kIdle) {
      if (history.calls.size() == static_cast<std::size_t>(shape.operations)) continue;
      process = {Phase::kInvoked, history.calls.size()};
      Call call = draw(random);
      if (call.caller != 0) call.caller = static_cast<std::uint32_t>(&process - processes.data()) + 1;
      history.calls.push_back(call);
      history.intervals.push_back({now, Interval::kPending});
      continue;
    }
    Call& call = history.calls[process.operation];
    if (process.phase == Phase::kDone) {
      if (below(10) >= shape.pending_in_ten) history.intervals[process.operation].response = now;
      process.phase = Phase::kIdle;
      continue;
    }
    // It takes effect, with the response that the specification allows here.
    std::vector<Call> possible;
    switch (functions[call.function].returns) {
      case Returns::kNothing:
        possible = {call};
        break;
      case Returns::kTruth:
        possible = {call.Returning(Datum::Truth(true)), call.Returning(Datum::Truth(false))};
        break;
      case Returns::kValue:
        for (const Datum& result : results) possible.push_back(call.Returning(result));
        break;
    }
    for (const Call& candidate : possible) {
      const auto next = specification.Step(state, candidate);
      if (!next) continue;
      call = candidate;
      state = *next;
      process.phase = Phase::kDone;
      break;
    }
  }
  for (std::size_t i = 0; i < history.calls.size(); ++i) {
    Call& call = history.calls[i];
    if (history.intervals[i].pending()) {
      call.has_result = false;
      call.result = {};
    } else if (below(10) >= shape.altered_in_ten) {
      continue;
    } else if (!call.has_result) {
      const Call other = draw(random);
      call.function = other.function;
      call.argument_count = other.argument_count;
      call.arguments = other.arguments;
    } else if (call.result.kind() == Datum::Kind::kTruth) {
      call.result = Datum::Truth(!call.result.truth());
    } else {
      call.result = results[below(static_cast<int>(results.size()))];
    }
  }
  return history;
}

}  // namespace doorway::linearize

#include "harness/front/real_runs.h"

#include <functional>
#include <string_view>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/runtime.h"
#include "harness/front/running_thread.h"

namespace doorway::front {
namespace {

std::string Show(const Label& label) {
  std::string text = EndsThread(label.op) ? "come to its end" : label.verb;
  if (label.op == Op::kFailed || label.op == Op::kError) text = label.verb;
  if (label.site.line != 0) text += " at " + std::string(label.site.file) + ":" + std::to_string(label.site.line);
  return text;
}

std::string Show(Site site) { return site.line == 0 ? "" : std::string(site.file) + ":" + std::to_string(site.line); }

template <class Code>
std::function<void()> InScope(Code code) {
  return [code] {
    const ThreadScope scope;
    code();
  };
}

[[noreturn]] void Differs(int thread, const Label& really, const Label& alone) {
  throw ModelError("thread " + std::to_string(thread) + " does '" + Show(really) + "' where, run alone, it does '" +
                   Show(alone) +
                   "': it depends on plain data that another thread writes; make that data atomic, or what the test "
                   "tells of (rl::var, VAR); of a compiled program, compile all of it as such (explored_library)");
}

Trouble FromFailure(const Label& label, int thread) {
  Trouble trouble;
  trouble.code = label.operands[0];
  trouble.fault = trouble.code == runtime::kFreedTwice ? Fault::kFreedTwice : Fault::kFailed;
  trouble.sentence = "thread " + std::to_string(thread) + ": " + Show(label);
  return trouble;
}

std::optional<Trouble> FromEnd(const Rerun::Ended& ended, Fault failed, const char* where) {
  if (ended.op == Op::kFinished) return std::nullopt;
  if (ended.op != Op::kFailed) throw ModelError(std::string(where) + ": " + ended.why);
  Trouble trouble;
  trouble.code = ended.code;
  trouble.sentence = std::string(where) + ": " + ended.why + " at " + Show(ended.site);
  trouble.fault = ended.code == runtime::kFoundFreed           ? Fault::kFreed
                  : ended.code == runtime::kFoundUninitialised ? Fault::kUninitialised
                  : ended.code == runtime::kFoundNoEnd         ? Fault::kDeadlock
                  : ended.code == runtime::kFreedTwice         ? Fault::kFreedTwice
                                                               : failed;
  return trouble;
}

// The thread stands where the execution says; `expected`: its next operation there, or its end.
void RequireSame(int thread, const Label& really, const Label& expected) {
  if (expected.op == Op::kBounded || expected.op == Op::kBlocked) return;  // it stands somewhere in a loop
  Label now = really;
  // What a thread is to run may come with the memory that it inherits, which is another where all have one.
  if (std::string_view(expected.verb) == "spawn") now.operands = expected.operands;
  const bool same = EndsThread(expected.op) ? now.op == expected.op : SameOperation(now, expected);
  if (!same) Differs(thread, really, expected);
}

}  // namespace

std::optional<Trouble> RealRuns::LookAtInvariant(Rerun& rerun) {
  if (!test_.has_invariant()) return std::nullopt;
  return FromEnd(rerun.RunAlone(InScope([this] { test_.Invariant(); }), false), Fault::kInvariant, "invariant()");
}

std::optional<Trouble> RealRuns::Finish(const Execution& execution, Rerun& rerun) {
  for (const std::vector<EventId>& writes : execution.modification_order) {
    if (writes.empty()) continue;
    const Event& newest = execution.events[writes.back()];
    if (newest.kind != EventKind::kInit) rerun.SetNewest(newest.location, newest.written);
  }
  auto trouble = FromEnd(rerun.RunAlone(InScope([this] { test_.After(); }), true), Fault::kFailed, "after()");
  if (trouble || rerun.allocated() == 0) return trouble;
  Trouble leak;
  leak.fault = Fault::kMemoryLeak;
  leak.sentence = std::to_string(rerun.allocated()) + " blocks of memory are still allocated after after()";
  return leak;
}

RealRuns::Ran RealRuns::RunOne(const Execution& execution, const Interleavings& interleavings, Schedule& schedule,
                               bool complete, bool judge) {
  ++runs_;
  Rerun rerun(*program_);
  Ran ran;
  Interleavings::Cut cut = interleavings.Beginning();
  if (judge && (ran.trouble = LookAtInvariant(rerun))) return ran;
  for (std::uint32_t enabled = interleavings.Enabled(cut); enabled != 0; enabled = interleavings.Enabled(cut)) {
    const int t = schedule.Choose(cut, enabled);
    const EventId e = interleavings.Next(cut, t);
    const ThreadState& thread = execution.threads[static_cast<std::size_t>(t)];
    if (e == kNoEvent) {
      rerun.Begin(t);
    } else {
      RequireSame(t, rerun.standing(t), *execution.events[e].label);
      rerun.Step(t, execution.events[e].read, execution.events[e].spurious);
    }
    const std::uint16_t done = ++cut[static_cast<std::size_t>(t)];
    const bool last = done > thread.events.size();
    const Label& standing = rerun.standing(t);
    const bool expected = last && thread.pending->op == standing.op;
    if (standing.op == Op::kError && !expected) {
      throw ModelError("thread " + std::to_string(t) + ", really run: " + standing.verb);
    }
    if (standing.op == Op::kFailed && !expected) {
      ran.trouble = FromFailure(standing, t);
      return ran;
    }
    if (last) RequireSame(t, standing, *thread.pending);
    if (judge && (ran.trouble = LookAtInvariant(rerun))) return ran;
  }
  ran.memory = rerun.Fingerprint();
  if (judge && complete) ran.trouble = Finish(execution, rerun);
  return ran;
}

std::optional<Trouble> RealRuns::RunAll(const Execution& execution, const Interleavings& interleavings,
                                        Schedule& schedule, bool complete, std::set<std::uint64_t>* memories) {
  int runs = 0;
  do {
    Ran ran = RunOne(execution, interleavings, schedule, complete, true);
    if (ran.trouble) return ran.trouble;
    memories->insert(ran.memory);
    if (++runs == kMaxInterleavings) {
      bounds_.insert("plain data: " + std::to_string(runs) + " interleavings of one execution");
      break;
    }
  } while (schedule.Another());
  return std::nullopt;
}

std::optional<Trouble> RealRuns::Run(const Execution& execution, bool complete) {
  const Interleavings interleavings(execution);
  std::set<std::uint64_t> memories;
  Extremes extremes;
  if (auto trouble = RunAll(execution, interleavings, extremes, complete, &memories)) return trouble;
  if (test_.has_invariant() && memories.size() == 1) {
    EveryCut cuts;
    if (auto trouble = RunAll(execution, interleavings, cuts, complete, &memories)) return trouble;
  }
  if (memories.size() == 1) return std::nullopt;
  EveryOrder orders;
  return RunAll(execution, interleavings, orders, complete, &memories);
}

std::optional<Trouble> RealRuns::Confirm(const Execution& execution) {
  const Interleavings interleavings(execution);
  Extremes lowest_first;
  return RunOne(execution, interleavings, lowest_first, false, false).trouble;
}

}  // namespace doorway::front

#include "harness/testing/cross_check.h"

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <string_view>

#include "harness/explore/explore.h"
#include "harness/testing/candidates.h"
#include "harness/testing/canonical.h"
#include "harness/testing/interleavings.h"
#include "harness/testing/program_subject.h"

namespace doorway::reference {

namespace {

constexpr int kGraphsShown = 3;  // of each kind of difference

using Found = std::map<CanonicalGraph, int>;  // and how often

struct Explored {
  Found complete;
  Found stuck;
  Report report;
  Report counted;  // of an exploration whose executions nobody asks for: it need not add all events of their ends
  Report report_with_after;  // the same two of the program with an after(), which only reads
  Report counted_with_after;
  bool wrong_order = false;  // under SC: of some execution, the order is not (po + rf + mo + fr)+
};

// Whether the order that the explorer has set is the one that the graph itself has.
bool OrderIsCoherent(const Execution& execution) {
  Execution again = execution;
  again.ComputeCoherentOrder();
  if (!again.sequentially_consistent()) return false;
  const auto events = static_cast<EventId>(execution.events.size());
  for (EventId a = 0; a < events; ++a) {
    for (EventId b = 0; b < events; ++b) {
      if (execution.Before(a, b) != again.CoherentlyBefore(a, b)) return false;
    }
  }
  return true;
}

bool IsStuck(const Execution& execution) {
  bool any = false;
  for (const ThreadState& thread : execution.threads) {
    if (thread.end == ThreadEnd::kStuck) any = true;
    if (thread.end != ThreadEnd::kStuck && thread.end != ThreadEnd::kFinished) return false;
  }
  return any;
}

bool FailedCheck(const Execution& execution) {
  return std::any_of(execution.threads.begin(), execution.threads.end(), [](const ThreadState& thread) {
    return thread.pending != nullptr && thread.pending->op == Op::kFailed;
  });
}

Explored ExploreProgram(const Program& program, const Mode& mode) {
  Explored explored;
  ExploreOptions options;
  options.memory = mode.memory;
  options.in_place_awaits = mode.in_place_awaits;
  options.check_invariants = true;
  options.stop_at = "none";
  options.max_executions = 10'000'000;
  options.timeout_seconds = 60;
  options.on_execution = [&](const Execution& execution) {
    // (A read that blocks is left out of an execution, but has been in its order.)
    const bool same_order = mode.memory == MemoryModel::kSc && mode.in_place_awaits;
    if (same_order && !OrderIsCoherent(execution)) explored.wrong_order = true;
    if (FailedCheck(execution)) return;
    if (execution.Complete()) {
      ++explored.complete[Canonical(execution)];
    } else if (IsStuck(execution)) {
      ++explored.stuck[Canonical(execution)];
    }
  };
  const auto explore = [&](bool after) {
    ProgramSubject subject(program, after);
    return Explore(subject, {}, options);
  };
  explored.report = explore(false);
  options.on_execution = [](const Execution&) {};
  explored.report_with_after = explore(true);
  options.on_execution = nullptr;
  options.check_invariants = false;
  explored.counted = explore(false);
  explored.counted_with_after = explore(true);
  return explored;
}

// The first few of `graphs`, under a heading that counts them all; nothing if there are none.
std::string Show(const std::string& heading, const std::vector<const CanonicalGraph*>& graphs) {
  if (graphs.empty()) return "";
  std::string text = heading + ": " + std::to_string(graphs.size()) + "\n";
  for (std::size_t i = 0; i < graphs.size() && i < kGraphsShown; ++i) text += ToString(*graphs[i]) + "--\n";
  return text;
}

std::string Differences(const std::string& kind, const std::set<CanonicalGraph>& expected, const Found& found) {
  std::vector<const CanonicalGraph*> missed;
  std::vector<const CanonicalGraph*> invented;
  std::vector<const CanonicalGraph*> repeated;
  for (const CanonicalGraph& graph : expected) {
    if (!found.contains(graph)) missed.push_back(&graph);
  }
  for (const auto& [graph, times] : found) {
    if (!expected.contains(graph)) invented.push_back(&graph);
    if (times > 1) repeated.push_back(&graph);
  }
  return Show(kind + " graphs that the explorer misses", missed) +
         Show(kind + " graphs that only the explorer has", invented) +
         Show(kind + " graphs that the explorer visits more than once", repeated);
}

std::string CompareNumber(const std::string& what, std::size_t expected, std::size_t found) {
  if (expected == found) return "";
  return what + ": report " + std::to_string(found) + ", reference " + std::to_string(expected) + "\n";
}

std::string CompareClaim(const Report& report, std::string_view claim, bool violated) {
  const ClaimResult* result = report.Find(claim);
  if (result == nullptr) return "no claim " + std::string(claim) + " in the report\n";
  if ((result->verdict == Verdict::kViolated) == violated) return "";
  return std::string(claim) + ": report " + doorway::Name(result->verdict) + ", reference " +
         (violated ? "violated" : "verified") + "\n";
}

// If a check fails, the report also counts executions that belong to neither set.
std::string CompareReport(const Graphs& expected, const Report& report) {
  std::string text;
  if (!report.exhausted) {
    text += "the explorer did not finish";
    for (const std::string& bound : report.bounds_hit) text += "; " + bound;
    text += "\n";
  }
  text += CompareClaim(report, kNoFailedCheck, expected.check_fails);
  text += CompareClaim(report, kNoDataRace, expected.races);
  if (expected.check_fails) return text;
  text += CompareClaim(report, kNoStuckThread, !expected.stuck.empty());
  text += CompareNumber("executions", expected.complete.size(), report.executions);
  text += CompareNumber("stuck executions", expected.stuck.size(), report.stuck);
  return text;
}

// Whether the executions are looked at must make no difference.
std::string CompareCounted(const Report& seen, const Report& counted) {
  const auto same = [](const std::string& what, std::uint64_t one, std::uint64_t other) {
    if (one == other) return std::string();
    return what + ": " + std::to_string(one) + ", but " + std::to_string(other) + " if they are only counted\n";
  };
  std::string text = same("executions", seen.executions, counted.executions) +
                     same("blocked executions", seen.blocked, counted.blocked) +
                     same("stuck executions", seen.stuck, counted.stuck);
  for (std::size_t i = 0; i < seen.claims.size(); ++i) {
    const ClaimResult& one = seen.claims[i];
    const ClaimResult& other = counted.claims[i];
    if (one.verdict != other.verdict) text += one.name + ": another verdict if executions are only counted\n";
    text += same("antecedents of " + one.name, one.antecedents, other.antecedents);
  }
  return text;
}

// after() joins all threads, so it changes no number, unless a check fails: then it never runs, but waits.
std::string CompareAfter(const Report& without, const Report& with) {
  if (without.Find(kNoFailedCheck)->verdict == Verdict::kViolated) return "";
  return CompareNumber("executions with after()", without.executions, with.executions) +
         CompareNumber("stuck executions with after()", without.stuck, with.stuck);
}

}  // namespace

std::vector<Mode> AllModes() {
  return {{MemoryModel::kSc, true},   {MemoryModel::kSc, false},  {MemoryModel::kTso, true},
          {MemoryModel::kTso, false}, {MemoryModel::kRc11, true}, {MemoryModel::kRc11, false}};
}

std::string Name(const Mode& mode) {
  return std::string(doorway::Name(mode.memory)) + (mode.in_place_awaits ? "" : ", awaits by blocking");
}

Graphs ReferenceGraphs(const Program& program, MemoryModel memory, std::size_t max_steps) {
  if (memory != MemoryModel::kSc) return EnumerateCandidates(program, memory, max_steps);
  Graphs graphs = EnumerateInterleavings(program, max_steps);
  const bool plain = std::any_of(program.locations.begin(), program.locations.end(),
                                 [](const Location& location) { return location.plain; });
  if (!plain) return graphs;
  const Graphs candidates = EnumerateCandidates(program, memory, max_steps);
  graphs.races = candidates.races;
  graphs.gave_up |= candidates.gave_up;
  return graphs;
}

std::string CompareExplorer(const Program& program, const Mode& mode, const Graphs& expected) {
  try {
    const Explored explored = ExploreProgram(program, mode);
    return Differences("complete", expected.complete, explored.complete) +
           Differences("stuck", expected.stuck, explored.stuck) + CompareReport(expected, explored.report) +
           CompareCounted(explored.report, explored.counted) +
           CompareCounted(explored.report_with_after, explored.counted_with_after) +
           CompareAfter(explored.report, explored.report_with_after) +
           (explored.wrong_order ? "the order of an execution is not the coherent order\n" : "");
  } catch (const std::exception& error) {
    return std::string("the explorer threw: ") + error.what() + "\n";
  }
}

std::string CrossCheck(const Program& program, const Mode& mode, std::size_t max_steps) {
  const Graphs expected = ReferenceGraphs(program, mode.memory, max_steps);
  return expected.gave_up ? "" : CompareExplorer(program, mode, expected);
}

}  // namespace doorway::reference

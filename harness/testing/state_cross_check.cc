#include "harness/testing/state_cross_check.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore_states.h"
#include "harness/explore/lasso_closes.h"
#include "harness/graph/response.h"
#include "harness/testing/notes_claims.h"
#include "harness/testing/program_subject.h"
#include "harness/testing/starvation.h"
#include "harness/testing/states.h"

namespace doorway::reference {

namespace {

const Response kStarvationFree{"starvation_free", "who has crossed the doorway is admitted", notes::kDoorway,
                               notes::kAdmit};

StateOptions Bounded(MemoryModel memory, SymmetryUse symmetry) {
  StateOptions options;
  options.symmetry = symmetry;
  options.memory = memory;
  options.stop_at = "none";
  options.max_states = 100'000;
  options.max_bytes = 1 << 30;
  options.timeout_seconds = 60;
  return options;
}

Report Explore(const Program& program, MemoryModel memory, Fairness fairness, const std::vector<Response>& responses,
               SymmetryUse symmetry = SymmetryUse::kOff, bool partial_order = false) {
  StateOptions options = Bounded(memory, symmetry);
  options.fairness = fairness;
  options.partial_order = partial_order;
  ProgramSubject subject(program);
  return ExploreStates(subject, {}, responses, options);
}

// Judges claims of safety over doorways and admits.
Report ExploreSafety(const Program& program, MemoryModel memory, SymmetryUse symmetry, bool partial_order) {
  StateOptions options = Bounded(memory, symmetry);
  options.partial_order = partial_order;
  ProgramSubject subject(program);
  OneWaits one_waits;
  FewAdmits few_admits;
  return ExploreStates(subject, {&one_waits, &few_admits}, {}, options);
}

std::string CompareVerdict(const Report& report, std::string_view claim, bool violated) {
  const ClaimResult* result = report.Find(claim);
  if (result == nullptr) return "no claim " + std::string(claim) + " in the report\n";
  const Verdict expected = violated ? Verdict::kViolated : Verdict::kVerified;
  if (result->verdict == expected) return "";
  return std::string(claim) + ": report " + doorway::Name(result->verdict) + ", reference " + doorway::Name(expected) +
         "\n";
}

// Without its tags and notes, for counting: a note that is still to be heard at its latest is a part of the explorer's
// states.
Program Silent(Program program) {
  for (std::vector<Instruction>& thread : program.threads) {
    for (Instruction& instruction : thread) {
      const bool speaks = instruction.kind == Instruction::kTag || instruction.kind == Instruction::kNote;
      if (speaks) instruction = Instruction{};
    }
  }
  return program;
}

// What every run must say.
std::string CompareReport(const Report& report, const ExpectedStates& expected) {
  std::string text = CompareVerdict(report, kNoFailedCheck, expected.check_fails);
  if (expected.check_fails) return text;
  if (!report.exhausted) {
    text += "the explorer did not finish";
    for (const std::string& bound : report.bounds_hit) text += "; " + bound;
    text += "\n";
  }
  return text + CompareVerdict(report, kNoStuckThread, expected.stuck);
}

// The same verdicts and measures with something as without it.
std::string CompareClaims(const Report& with, const Report& without, const std::string& what) {
  std::string text;
  for (const ClaimResult& claim : without.claims) {
    const ClaimResult* const same = with.Find(claim.name);
    if (same == nullptr || same->verdict != claim.verdict) {
      text += claim.name + ": " + doorway::Name(claim.verdict) + "; with " + what + " " +
              (same == nullptr ? "not there" : doorway::Name(same->verdict)) + "\n";
      continue;
    }
    if (!with.exhausted || !without.exhausted) continue;
    for (std::size_t m = 0; m < claim.measures.size(); ++m) {
      if (same->measures[m].value == claim.measures[m].value) continue;
      text += claim.measures[m].name + ": " + std::to_string(claim.measures[m].value) + "; with " + what + " " +
              std::to_string(same->measures[m].value) + "\n";
    }
  }
  return text;
}

// The run that shows starvation, if there is one, is an infinite run of the program.
std::string CheckLasso(const Program& program, const Report& report) {
  const ClaimResult* const claim = report.Find(kStarvationFree.name);
  if (claim == nullptr || !claim->evidence || !claim->evidence->lasso) return "";
  const Evidence& evidence = *claim->evidence;
  const auto initial = std::count_if(evidence.execution.events.begin(), evidence.execution.events.end(),
                                     [](const Event& event) { return event.kind == EventKind::kInit; });
  const std::size_t begins = evidence.lasso->cycle_begins - static_cast<std::size_t>(initial);
  const Trace trace = ToTrace(evidence.execution);
  ProgramSubject subject(program);
  const std::optional<std::string> why = WhyLassoIsOpen(subject, trace, begins);
  return why ? "the lasso is no run: " + *why + "\n" : "";
}

std::string CompareStarvation(const Program& program, MemoryModel memory, Fairness fairness,
                              const ExpectedStates& expected) {
  const Report report = Explore(program, memory, fairness, {kStarvationFree});
  std::string text = CompareReport(report, expected);
  if (!expected.check_fails) {
    const bool starves = fairness == Fairness::kStrong ? expected.starves_strongly : expected.starves_weakly;
    text += CompareVerdict(report, kStarvationFree.name, starves);
    if (memory == MemoryModel::kSc) text += CheckLasso(program, report);
  }
  const std::string fair = fairness == Fairness::kStrong ? "strong fairness" : "weak fairness";
  return text.empty() ? "" : fair + ":\n" + text;
}

}  // namespace

ExpectedStates ReferenceStates(const Program& program, MemoryModel memory, std::size_t max_states) {
  const StateSpace space = ExploreAllStates(program, memory, max_states);
  ExpectedStates expected;
  expected.gave_up = space.gave_up;
  expected.states = space.states.size();
  expected.longest_buffer = space.longest_buffer;
  expected.check_fails = space.check_fails;
  if (space.gave_up || space.check_fails) return expected;
  expected.stuck = !space.deadlocked.empty();
  expected.starves_weakly = Starves(space, kStarvationFree, false);
  expected.starves_strongly = Starves(space, kStarvationFree, true);
  return expected;
}

std::string CompareStateExplorer(const Program& program, MemoryModel memory, const ExpectedStates& expected) {
  try {
    const Report report = Explore(Silent(program), memory, Fairness::kWeak, {});
    std::string text = CompareReport(report, expected);
    // The sanitizer's frames keep more of what a thread has forgotten, and minimisation does not always find it out.
    if (!kAddressSanitizer && !expected.check_fails && report.states > expected.states) {
      text +=
          "states: report " + std::to_string(report.states) + ", reference " + std::to_string(expected.states) + "\n";
    }
    return text + CompareStarvation(program, memory, Fairness::kWeak, expected) +
           CompareStarvation(program, memory, Fairness::kStrong, expected);
  } catch (const std::exception& error) {
    return std::string("the explorer threw: ") + error.what() + "\n";
  }
}

std::string CompareSymmetry(const Program& program, MemoryModel memory, bool* interchangeable) {
  std::string text;
  for (const Fairness fairness : {Fairness::kWeak, Fairness::kStrong}) {
    const Report with = Explore(program, memory, fairness, {kStarvationFree}, SymmetryUse::kAlways);
    const Report without = Explore(program, memory, fairness, {kStarvationFree});
    text += CompareClaims(with, without, "symmetry");
    *interchangeable = !with.interchangeable.empty();
    // Of a space that is not whole, or that has the claims' own bits in its states, there is nothing to be said.
    if (!with.exhausted || !without.exhausted) continue;
    const Report all = Explore(program, memory, fairness, {});
    const Report orbits = Explore(program, memory, fairness, {}, SymmetryUse::kAlways);
    double largest = 1;
    for (const std::vector<int>& threads : orbits.interchangeable) {
      for (std::size_t i = 2; i <= threads.size(); ++i) largest *= static_cast<double>(i);
    }
    if (orbits.states > all.states || static_cast<double>(orbits.states) * largest < static_cast<double>(all.states)) {
      text += "states: " + std::to_string(all.states) + "; with symmetry " + std::to_string(orbits.states) + "\n";
    }
  }
  return text;
}

std::string ComparePartialOrder(const Program& program, MemoryModel memory, std::uint64_t* reduced) {
  std::string text;
  const auto compare = [&](const Report& with, const Report& without) {
    *reduced += with.reduced;
    text += CompareClaims(with, without, "partial-order reduction");
    if (!with.exhausted || !without.exhausted || with.states <= without.states) return;
    text += "states: " + std::to_string(without.states) + "; with partial-order reduction " +
            std::to_string(with.states) + "\n";
  };
  for (const SymmetryUse symmetry : {SymmetryUse::kOff, SymmetryUse::kAlways}) {
    compare(ExploreSafety(program, memory, symmetry, true), ExploreSafety(program, memory, symmetry, false));
    for (const Fairness fairness : {Fairness::kWeak, Fairness::kStrong}) {
      compare(Explore(program, memory, fairness, {kStarvationFree}, symmetry, true),
              Explore(program, memory, fairness, {kStarvationFree}, symmetry, false));
    }
  }
  return text;
}

std::string CompareHashCompaction(const Program& program, MemoryModel memory, SymmetryUse symmetry) {
  StateOptions options = Bounded(memory, symmetry);
  const auto explore = [&] {
    ProgramSubject subject(program);
    OneWaits one_waits;
    return ExploreStates(subject, {&one_waits}, {}, options);
  };
  Report whole = explore();
  options.hash_compaction = true;
  const Report hashes = explore();
  for (ClaimResult& claim : whole.claims) {
    if (claim.verdict == Verdict::kVerified) claim.verdict = Verdict::kVerifiedWithinBounds;
  }
  std::string text = CompareClaims(hashes, whole, "hash compaction");
  if (hashes.states != whole.states || hashes.transitions != whole.transitions || hashes.depth != whole.depth) {
    text +=
        "states: " + std::to_string(whole.states) + "; with hash compaction " + std::to_string(hashes.states) + "\n";
  }
  return text;
}

std::string CrossCheckStates(const Program& program, MemoryModel memory, std::size_t max_states) {
  const ExpectedStates expected = ReferenceStates(program, memory, max_states);
  return expected.gave_up ? "" : CompareStateExplorer(program, memory, expected);
}

}  // namespace doorway::reference

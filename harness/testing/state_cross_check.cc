#include "harness/testing/state_cross_check.h"

#include <exception>
#include <string_view>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore_states.h"
#include "harness/graph/response.h"
#include "harness/testing/program_subject.h"
#include "harness/testing/starvation.h"
#include "harness/testing/states.h"

namespace doorway::reference {

namespace {

const Response kStarvationFree{"starvation_free", "who has crossed the doorway is admitted", notes::kDoorway,
                               notes::kAdmit};

Report Explore(const Program& program, MemoryModel memory, Fairness fairness, const std::vector<Response>& responses,
               SymmetryUse symmetry = SymmetryUse::kOff) {
  StateOptions options;
  options.symmetry = symmetry;
  options.memory = memory;
  options.fairness = fairness;
  options.stop_at = "none";
  options.max_states = 100'000;
  options.max_bytes = 1 << 30;
  options.timeout_seconds = 60;
  ProgramSubject subject(program);
  return ExploreStates(subject, {}, responses, options);
}

std::string CompareClaim(const Report& report, std::string_view claim, bool violated) {
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
  std::string text = CompareClaim(report, kNoFailedCheck, expected.check_fails);
  if (expected.check_fails) return text;
  if (!report.exhausted) {
    text += "the explorer did not finish";
    for (const std::string& bound : report.bounds_hit) text += "; " + bound;
    text += "\n";
  }
  return text + CompareClaim(report, kNoStuckThread, expected.stuck);
}

std::string CompareStarvation(const Program& program, MemoryModel memory, Fairness fairness,
                              const ExpectedStates& expected) {
  const Report report = Explore(program, memory, fairness, {kStarvationFree});
  std::string text = CompareReport(report, expected);
  if (!expected.check_fails) {
    const bool starves = fairness == Fairness::kStrong ? expected.starves_strongly : expected.starves_weakly;
    text += CompareClaim(report, kStarvationFree.name, starves);
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
    for (const ClaimResult& claim : without.claims) {
      const ClaimResult* const same = with.Find(claim.name);
      if (same != nullptr && same->verdict == claim.verdict) continue;
      text += claim.name + ": " + doorway::Name(claim.verdict) + "; with symmetry " +
              (same == nullptr ? "not there" : doorway::Name(same->verdict)) + "\n";
    }
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

std::string CrossCheckStates(const Program& program, MemoryModel memory, std::size_t max_states) {
  const ExpectedStates expected = ReferenceStates(program, memory, max_states);
  return expected.gave_up ? "" : CompareStateExplorer(program, memory, expected);
}

}  // namespace doorway::reference

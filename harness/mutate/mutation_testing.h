#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "harness/mutate/checked.h"
#include "harness/mutate/mutants.h"

// Mutation testing: which mutants of a program its claims find out. All that is said holds for the configuration, the
// memory model and the bounds that were explored.

namespace doorway {

enum class Fate : std::uint8_t {
  kKilled,      // a claim is violated, or an exists claim has lost its witness, or the model breaks
  kEquivalent,  // all claims hold, and the set of outcomes (outcomes.h) is the program's: no claim about them could
                // tell
  kSurvived,    // all claims hold, and some outcome is another
  kUndecided,   // all claims hold as far as was explored: a limit ended the exploration, or that of the outcomes
};

constexpr const char* Name(Fate fate) {
  switch (fate) {
    case Fate::kKilled:
      return "killed";
    case Fate::kEquivalent:
      return "equivalent";
    case Fate::kSurvived:
      return "survived";
    case Fate::kUndecided:
      return "undecided";
  }
  return "?";
}

struct JudgedMutant {
  Mutant mutant;
  Fate fate = Fate::kUndecided;
  std::string claim;     // that killed it; empty: the model broke
  std::string sentence;  // what happened; of an undecided one, what ended it
  std::uint64_t executions = 0;
  double seconds = 0;
};

struct MutationResult {
  Report original;  // where it is not verified (within bounds or not), there are no mutants
  std::vector<JudgedMutant> mutants;
  bool interrupted = false;  // there would be more

  int Count(Fate fate) const;
};

struct MutationOptions {
  std::function<bool(const SourceOperation&)> wanted;  // null: all
  std::function<void(const JudgedMutant&)> on_mutant;  // as they are judged
};

// Explores the program, then each of its mutants with the same limits, and once more those that survive, for their
// outcomes. Errors: ModelError, if the program itself breaks a rule.
MutationResult TestMutants(const Checked& checked, const MutationOptions& options = {});

}  // namespace doorway

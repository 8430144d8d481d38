#pragma once

#include <stdexcept>

#include "harness/graph/verdict.h"

// How the command line ends.

namespace doorway {

enum class ExitCode : int {
  kOk = 0,        // verified, also within bounds; with expectations: all as expected
  kViolated = 1,  // a claim is violated, expected or not; with expectations: something is not as expected
  kBad = 2,       // bad usage, a bad model, a bad file
  kUnknown = 3,   // budget, memory, interrupted; an exists claim without a witness
};

constexpr ExitCode CodeOf(Verdict verdict) {
  if (verdict == Verdict::kViolated) return ExitCode::kViolated;
  return verdict == Verdict::kUnknown ? ExitCode::kUnknown : ExitCode::kOk;
}

// Of several models: the worst, in the order 2, 1, 3, 0. Something certainly wrong outweighs what is not known.
constexpr ExitCode Worst(ExitCode a, ExitCode b) {
  constexpr int kRank[] = {0, 2, 3, 1};
  return kRank[static_cast<int>(a)] >= kRank[static_cast<int>(b)] ? a : b;
}

// What the user asked for cannot be done. what() is one line: the cause and the fix.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace doorway

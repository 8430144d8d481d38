#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/graph/estimate.h"
#include "harness/graph/execution.h"
#include "harness/graph/memory_model.h"
#include "harness/graph/property.h"

// What a run of an engine says in the end: values, rendered elsewhere.

namespace doorway {

enum class Verdict : std::uint8_t {
  kVerified,              // exhaustive, no bound hit
  kVerifiedWithinBounds,  // exhaustive but for the bounds named
  kViolated,              // with a counterexample
  kUnknown,               // budget, memory, interrupted; or an exists claim without a witness
};

constexpr const char* Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kVerified:
      return "verified";
    case Verdict::kVerifiedWithinBounds:
      return "verified_within_bounds";
    case Verdict::kViolated:
      return "violated";
    case Verdict::kUnknown:
      return "unknown";
  }
  return "?";
}

// An infinite run as an execution: its events are those of one interleaving, in its order, and from `cycle_begins` on
// they are one turn of a cycle, after which everything is as at its beginning.
struct Lasso {
  EventId cycle_begins = 0;
  int starved = -1;          // the thread whose wait never ends; -1: none (a count that grows without bound)
  std::vector<int> running;  // threads that take steps in the cycle, ascending
};

// An execution that shows a finding. `keep` owns what the execution's labels and locations live in.
struct Evidence {
  Finding finding;
  Execution execution;
  std::shared_ptr<const void> keep;
  std::optional<Lasso> lasso{};
};

struct ClaimResult {
  std::string name;
  std::string description;
  Property::Kind kind = Property::Kind::kUniversal;
  Verdict verdict = Verdict::kUnknown;
  std::uint64_t antecedents = 0;
  std::uint64_t not_evaluated = 0;
  std::vector<Measure> measures;
  std::optional<Evidence> evidence;  // violation of a universal claim, witness of an exists claim

  bool vacuous() const {
    return kind == Property::Kind::kUniversal && verdict == Verdict::kVerified && antecedents == 0;
  }
};

// The whole of a run. The verdict is the worst of its claims'.
struct Report {
  Verdict verdict = Verdict::kUnknown;
  MemoryModel memory = MemoryModel::kSc;
  std::string engine = "graph";
  std::vector<ClaimResult> claims;
  std::uint64_t executions = 0;   // complete ones: every thread finished (or ended within its bounds)
  double represented = 0;         // where threads are interchangeable: complete ones, in all orders of these threads
  std::uint64_t blocked = 0;      // ended with a thread waiting, stuck or not
  std::uint64_t stuck = 0;        // of these: nothing can end the wait
  std::uint64_t states = 0;       // of the state explorer: different ones that were reached
  std::uint64_t transitions = 0;  // ... and steps between them
  std::uint64_t depth = 0;        // ... the most steps that a shortest way to one of them has
  // Threads of which any two may change places: states, or executions, that differ in nothing else counted as one.
  std::vector<std::vector<int>> interchangeable;
  std::uint64_t reduced = 0;      // of the state explorer: states of which the steps of one thread were explored alone
  std::uint64_t native_runs = 0;  // how often a thread's code ran
  double seconds = 0;
  double cpu_seconds = 0;
  std::uint64_t peak_bytes = 0;         // peak resident memory of the process
  std::vector<std::string> bounds_hit;  // "max-executions 1000", "timeout 5 s", "interrupted", "forever: 2 rounds"
  bool exhausted = false;               // the search came to its end
  std::optional<Estimate> estimate{};   // of random walks: how many executions there are

  const ClaimResult* Find(std::string_view claim) const {
    for (const ClaimResult& result : claims) {
      if (result.name == claim) return &result;
    }
    return nullptr;
  }
};

// Names of the claims that every exploration makes by itself.
inline constexpr std::string_view kNoDataRace = "no_data_race";
inline constexpr std::string_view kNoUseAfterFree = "no_use_after_free";
inline constexpr std::string_view kNoFailedCheck = "no_failed_check";
inline constexpr std::string_view kNoStuckThread = "no_stuck_thread";
inline constexpr std::string_view kNoUninitialisedRead = "no_uninitialised_read";  // where it is a claim (explore.h)

}  // namespace doorway

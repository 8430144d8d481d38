#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/explore.h"
#include "harness/explore/tally.h"
#include "harness/graph/execution.h"
#include "harness/graph/property.h"
#include "harness/graph/verdict.h"

// What becomes of the executions that an explorer finds: they are counted, judged by the properties, and the first
// violation of each claim is kept. Knows nothing of how executions are found.

namespace doorway {

class Judge {
 public:
  Judge(const std::vector<Property*>& properties, const ExploreOptions& options);

  enum class End { kComplete, kBlocked, kStuck };
  // A finished graph. Properties see it whether it is complete or not.
  void Finished(const Execution& execution, End end, bool bounded);
  // Whether Finished wants to see executions, or only to count them.
  bool wants_executions() const { return !properties_.empty() || options_.on_execution != nullptr; }
  void Count(End end, bool bounded);
  // Complete executions stand for so many, themselves among them (thread_order.h).
  void StandFor(double executions) { counted_.represented += executions; }

  // A violation of a built-in claim. Cheap where the claim is violated already: ask first.
  bool Violated(std::string_view claim) const;
  void Violate(Finding finding, const Execution& execution);
  void RacesChecked(std::uint64_t accesses) { counted_.race_checks += accesses; }

  // The search need not go on: a violation of the claim to stop at was found.
  bool stop() const { return stop_; }
  bool any_violation() const { return any_violation_; }

  std::uint64_t executions() const { return counted_.executions; }
  std::uint64_t blocked() const { return counted_.blocked; }
  bool ReachedMaxExecutions() const {
    return options_.max_executions != 0 && executions() + blocked() >= options_.max_executions;
  }
  void HitBound(const std::string& bound) { counted_.Hit(bound); }
  // The search ends before its end, because of this. No part of what was counted: it may be gone on with.
  void CutShort(const std::string& by);
  const std::vector<std::string>& cut_short() const { return cut_short_; }

  // All that has been counted so far.
  Tally tally() const;
  // Adds what a judge of the same properties has counted elsewhere.
  void Add(const Tally& elsewhere) { counted_.Add(elsewhere); }
  // The claims of which there is evidence, violations and witnesses.
  std::vector<std::string> ClaimsWithEvidence() const;

  // The search begins again: what was found remains, and nothing was counted.
  void BeginAgain();

  // `exhausted`: the search came to its end.
  Report Conclude(bool exhausted);

 private:
  struct BuiltIn {
    std::string_view name;
    std::string_view description;
    std::optional<Evidence> violation;
  };

  void Found(std::string_view claim);
  Tally CountedByProperties() const;

  const std::vector<Property*>& properties_;
  const ExploreOptions& options_;
  std::vector<BuiltIn> built_in_;
  std::vector<std::optional<Evidence>> evidence_;  // by property
  Tally counted_;  // what the properties count themselves is not in it, but for what they have counted elsewhere
  Tally counted_in_vain_;               // by the properties, before the search began again
  std::vector<std::string> cut_short_;  // each once
  bool stop_ = false;
  bool any_violation_ = false;
};

// A copy of the execution that outlives its program.
Evidence Preserve(Finding finding, const Execution& execution);

}  // namespace doorway

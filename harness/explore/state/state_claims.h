#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/explore_states.h"
#include "harness/graph/execution.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "harness/graph/verdict.h"

// What the state explorer has found out about each claim so far, and the verdicts that follow in the end.

namespace doorway {

class StateClaims {
 public:
  using Index = std::size_t;  // of a claim

  StateClaims(const std::vector<Property*>& properties, const std::vector<Response>& responses,
              const StateOptions& options);

  Index of_property(std::size_t i) const { return kBuiltIns + i; }
  Index of_response(std::size_t i) const { return kBuiltIns + properties_.size() + i; }
  Index of(std::string_view built_in) const;
  ClaimResult& operator[](Index claim) { return results_[claim]; }
  Property& property(Index claim) { return *properties_[claim - kBuiltIns]; }

  bool HasEvidence(Index claim) const { return results_[claim].evidence.has_value(); }
  // Keeps the first evidence of each claim.
  void Found(Index claim, Finding finding, const Execution& execution, std::optional<Lasso> lasso = std::nullopt);
  bool any_violation() const { return any_violation_; }
  bool stop() const { return stop_; }  // the search should end

  void HitBound(const std::string& bound);
  // All that the claim's verdict needs has been explored.
  // What decides it came to its end. A bound that was hit before makes it hold within bounds; one that is hit after
  // says nothing of it.
  void Decided(Index claim) {
    const bool whole = bounds_.empty() && !options_.hash_compaction;
    holds_[claim] = whole ? Verdict::kVerified : Verdict::kVerifiedWithinBounds;
  }

  // Adds up; forgotten again if the exploration has to begin anew.
  std::vector<std::uint64_t> Antecedents() const;
  void SetAntecedents(const std::vector<std::uint64_t>& antecedents);

  // Fills in `report`'s claims, bounds and verdict. Leaves nothing here.
  void Conclude(Report* report);

 private:
  static constexpr std::size_t kBuiltIns = 4;

  const std::vector<Property*>& properties_;
  const StateOptions& options_;
  std::vector<ClaimResult> results_;  // built-in ones, properties, responses
  std::vector<Verdict> holds_;        // by claim, unless there is evidence
  std::vector<std::string> bounds_;
  bool any_violation_ = false;
  bool stop_ = false;
};

}  // namespace doorway

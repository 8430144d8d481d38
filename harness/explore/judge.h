#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/explore.h"
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

  // A violation of a built-in claim. Cheap where the claim is violated already: ask first.
  bool Violated(std::string_view claim) const;
  void Violate(Finding finding, const Execution& execution);
  void RacesChecked(std::uint64_t accesses) { race_checks_ += accesses; }

  // The search need not go on: a violation of the claim to stop at was found.
  bool stop() const { return stop_; }
  bool any_violation() const { return any_violation_; }

  std::uint64_t executions() const { return executions_; }
  std::uint64_t blocked() const { return blocked_; }
  void HitBound(std::string bound);  // each is said once

  // `exhausted`: the search came to its end.
  Report Conclude(bool exhausted);

 private:
  struct BuiltIn {
    std::string_view name;
    std::string_view description;
    std::optional<Evidence> violation;
  };

  void Found(std::string_view claim);

  const std::vector<Property*>& properties_;
  const ExploreOptions& options_;
  std::vector<BuiltIn> built_in_;
  std::vector<std::optional<Evidence>> evidence_;  // by property
  std::uint64_t executions_ = 0;
  std::uint64_t blocked_ = 0;
  std::uint64_t stuck_ = 0;
  std::uint64_t race_checks_ = 0;
  bool stop_ = false;
  bool any_violation_ = false;
  std::vector<std::string> bounds_;
};

// A copy of the execution that outlives its program.
Evidence Preserve(Finding finding, const Execution& execution);

}  // namespace doorway

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/property.h"
#include "properties/passages.h"

// Claim X: critical sections of excluding groups never overlap. Of any two, A and B, leave(A) -> enter(B) or leave(B)
// -> enter(A), by the order that every interleaving of the execution keeps: so the claim speaks of all of them at once.
// Under RC11 that order is happens-before: mere luck of timing is not exclusion.
//
// Sections are the notes enter and leave of a thread (harness/graph/note_kind.h); a section whose leave never came is
// open for ever.
// Antecedent: an execution with two sections of excluding groups, each of its own thread.

namespace doorway {

class Exclusion final : public Property {
 public:
  enum class Excludes : std::uint8_t {
    kOtherGroups,  // a group lock
    kEverybody,    // a mutex
    kWriters,      // a reader-writer lock: group 1, the writers, excludes everybody, group 0 itself nobody
  };

  explicit Exclusion(Excludes excludes = Excludes::kOtherGroups, std::span<const std::string_view> names = kColours)
      : excludes_(excludes), names_(names) {}

  std::string_view name() const override { return "exclusion"; }
  std::string_view description() const override;
  bool TakesThreadsAlike() const override { return true; }
  std::optional<Finding> Check(const Execution& execution) override;
  std::uint64_t antecedents() const override { return contended_; }
  // One. REQUIRES: groups are 0 and 1. Antecedent: an enter after one of an excluding group.
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  Finding Violation(const Execution& execution, const Passage& a, const Passage& b) const;

  Excludes excludes_;
  std::span<const std::string_view> names_;  // outlives the property
  std::uint64_t contended_ = 0;
  Passages sections_;  // of the execution being judged; kept for its memory
};

}  // namespace doorway

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/property.h"
#include "properties/passages.h"

// Claim B(K): while a thread waits at a group lock, at most K members of the other group overtake it: cross their
// doorway after it, and are admitted before it. Of a waiter T these are
//
//   { C of the other group : not (doorway(C) -> doorway(T)) and not (enter(T) -> admit(C)) }
//
// which is exact: there is one interleaving in which all of them do. Plain admissions while T waits, measured beside
// it, are
//
//   { C of the other group : not (admit(C) -> doorway(T)) and not (enter(T) -> admit(C)) }
//
// They may be more: held by g0, queue g1 g0 T, T of g1, first come first served: the g0 that waits before T is admitted
// before it, but overtakes nobody.
//
// Of a mutex, whose threads have no groups, "the other group" is everybody else.
//
// A waiter is a passage whose doorway is not its admission. One whose own operation is its admission has waited until
// that operation, not until it enters. A waiter that never enters (its thread is blocked in this execution) is
// overtaken by everybody who is admitted after all.
//
// -> is the coherent order; executions that are not sequentially consistent are counted as not evaluated.
// Antecedent: an execution with a waiter and a passage of the other group.

namespace doorway {

class Overtakes final : public Property {
 public:
  enum class By : std::uint8_t {
    kOtherGroup,  // of a group lock
    kAnybody,     // of a mutex, whose threads have no groups
  };

  // `bound`: K. Without one nothing is claimed, only measured.
  explicit Overtakes(std::optional<std::uint64_t> bound, std::span<const std::string_view> names = kColours,
                     By by = By::kOtherGroup);

  // "bypass_bound"; without a bound "bypass_measured".
  std::string_view name() const override { return bound_ ? "bypass_bound" : "bypass_measured"; }
  std::string_view description() const override { return description_; }
  bool TakesThreadsAlike() const override { return true; }
  std::optional<Finding> Check(const Execution& execution) override;
  std::uint64_t antecedents() const override { return antecedents_; }
  std::uint64_t not_evaluated() const override { return not_evaluated_; }
  // "max_bypass", "max_admissions_while_waiting".
  std::vector<Measure> measures() const override;
  // One for each thread as the waiter, which count "max_bypass". REQUIRES: groups are 0 and 1, and a thread crosses its
  // doorway by its own operation.
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  bool IsRival(const Passage& other, const Passage& waiter) const;
  bool Overtook(const Execution& execution, const Passage& other, const Passage& waiter) const;
  bool AdmittedMeanwhile(const Execution& execution, const Passage& other, const Passage& waiter) const;
  bool HasWaiter(const Execution& execution) const;
  Finding Violation(const Execution& execution, const Passage& waiter, std::uint64_t overtakes) const;

  std::optional<std::uint64_t> bound_;
  std::span<const std::string_view> names_;  // outlives the property
  By by_;
  std::string description_;
  std::uint64_t max_overtakes_ = 0;
  std::uint64_t max_admissions_ = 0;
  std::uint64_t antecedents_ = 0;
  std::uint64_t not_evaluated_ = 0;
  Passages passages_;  // of the execution being judged; kept for its memory
};

}  // namespace doorway

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

// Claim P, an exists claim: two members of one group are inside together in some execution. It tells a group lock from
// a mutex. A and B are inside together in some interleaving iff not (leave(A) -> enter(B)) and not (leave(B) ->
// enter(A)).
//
// -> is the coherent order, so that a witness is a run that really happens one step after another; executions that are
// not sequentially consistent are counted as not evaluated (until a witness is found, after which nothing is).

namespace doorway {

class Parallelism final : public Property {
 public:
  // Of any group, or of `group` alone.
  explicit Parallelism(std::optional<Value> group = std::nullopt, std::span<const std::string_view> names = kColours);

  // "same_group_parallel", "red_parallel".
  std::string_view name() const override { return name_; }
  Kind kind() const override { return Kind::kExists; }
  std::string_view description() const override { return description_; }
  bool TakesThreadsAlike() const override { return true; }
  std::optional<Finding> Check(const Execution& execution) override;
  std::uint64_t antecedents() const override { return witnesses_; }
  std::uint64_t not_evaluated() const override { return not_evaluated_; }
  // One. REQUIRES: groups are 0 and 1, unless one is singled out.
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  bool Together(const Execution& execution, const Passage& a, const Passage& b) const;

  std::optional<Value> group_;
  std::span<const std::string_view> names_;  // outlives the property
  std::string name_;
  std::string description_;
  std::uint64_t witnesses_ = 0;
  std::uint64_t not_evaluated_ = 0;
  Passages passages_;  // of the execution being judged; kept for its memory
};

}  // namespace doorway

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/note_kind.h"
#include "harness/graph/property.h"

// A claim about single operations: none of one kind comes out wrong. The code itself judges, by what it read: "the
// count went below zero", "the object is another's". It tags the operation with a note of the claim's kind, right or
// wrong (RightOrWrong, the argument).
//
// What an operation reads is the same in every interleaving of an execution, so one look at the note speaks for all.
// Antecedent: a note of that kind.

namespace doorway {

constexpr Value RightOrWrong(bool right) { return right ? 0 : 1; }

class Outcomes final : public Property {
 public:
  // `wrong`: what the thread of a note that says so has done: "counts below zero".
  Outcomes(std::string name, std::string description, NoteKind kind, std::string wrong);

  std::string_view name() const override { return name_; }
  std::string_view description() const override { return description_; }
  bool TakesThreadsAlike() const override { return true; }
  std::optional<Finding> Check(const Execution& execution) override;
  std::uint64_t antecedents() const override { return antecedents_; }
  // One, without state.
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  std::string name_;
  std::string description_;
  NoteKind kind_;
  std::string wrong_;
  std::uint64_t antecedents_ = 0;
};

}  // namespace doorway

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"

// An exists claim: some execution has a write-protect of one range and an un-protect of another one under way together,
// both past their locks. It tells a lock per userfaultfd from a lock per address space, as parallelism tells a group
// lock from a mutex.
//
// In event form: two such ioctls A and B have not (leave(A) -> enter(B)) and not (leave(B) -> enter(A)). Only defined
// on executions that are sequentially consistent. Looks no further once it has a witness.
//
// Reads the notes kIoctlEnters and kIoctlLeaves (page_notes.h).

namespace doorway::mm {

class RangesInParallel final : public Property {
 public:
  std::string_view name() const override { return "ranges_in_parallel"; }
  Kind kind() const override { return Kind::kExists; }
  std::string_view description() const override {
    return "write-protect of one range and un-protect of another can be under way together";
  }
  std::optional<Finding> Check(const Execution& execution) override;
  // How often two such ioctls came to their sections.
  std::uint64_t antecedents() const override { return antecedents_; }
  std::uint64_t not_evaluated() const override { return not_evaluated_; }
  // One. REQUIRES: two ranges, two groups.
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  struct Section {
    const Mark* enter;
    const Mark* leave;  // null: the execution ends before it
  };

  std::vector<Section> sections_;
  bool found_ = false;
  std::uint64_t antecedents_ = 0;
  std::uint64_t not_evaluated_ = 0;
};

}  // namespace doorway::mm

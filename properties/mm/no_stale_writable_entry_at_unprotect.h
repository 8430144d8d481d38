#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"

// G2: when un-protect clears a marker that was set, no CPU holds a writable TLB entry for the range.
//
// In event form: an entry lives from its fill f (or from the start) to the CPU's next shootdown d, if there is one.
// Violated iff some entry and some such un-protect u have not (u -> f), and no shootdown d of that CPU has f -> d and d
// -> u. Then, and only then, an interleaving exists in which u comes between.
//
// Reads the notes kUnmark, kFill and kShootdown (page_notes.h).

namespace doorway::mm {

class NoStaleWritableEntryAtUnprotect final : public Property {
 public:
  // `writable_at_start`: the CPUs that start with a writable entry, each with the range it is for.
  explicit NoStaleWritableEntryAtUnprotect(std::vector<std::pair<int, int>> writable_at_start)
      : writable_at_start_(std::move(writable_at_start)) {}

  std::string_view name() const override { return "no_stale_writable_entry_at_unprotect"; }
  std::string_view description() const override {
    return "when un-protect clears a set marker, no CPU holds a writable TLB entry";
  }
  std::optional<Finding> Check(const Execution& execution) override;
  // How often an un-protect cleared a set marker in an execution in which some CPU had a writable entry.
  std::uint64_t antecedents() const override { return antecedents_; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  // Whether the entry of `cpu`, filled at `fill` (null: there from the start), can be there at `un_protect`.
  bool CanHold(const Execution& execution, int cpu, const Mark* fill, const Mark& un_protect) const;
  Finding Found(const Execution& execution, int cpu, const Mark* fill, const Mark& un_protect) const;

  std::vector<std::pair<int, int>> writable_at_start_;
  std::uint64_t antecedents_ = 0;
};

}  // namespace doorway::mm

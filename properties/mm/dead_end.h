#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"

// DE, the dead end: while the marker is set, no write fault gets past it. Each ends up asleep, and a spurious
// wake leads back into the dead end.
//
// In event form: in the modification order of the page-table entry, no write by which a fault makes it writable (a copy
// installed, the page reused) comes after a marking without an un-protect between.
//
// Reads the notes kMark, kUnmark, kInstall, kReuse and kDeadEnd (page_notes.h).

namespace doorway::mm {

class DeadEnd final : public Property {
 public:
  std::string_view name() const override { return "dead_end"; }
  std::string_view description() const override { return "while the marker is set, no write fault gets past it"; }
  std::optional<Finding> Check(const Execution& execution) override;
  // How often a write fault met the marker (or, in a violation, got past it).
  std::uint64_t antecedents() const override { return antecedents_; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  std::uint64_t antecedents_ = 0;
};

}  // namespace doorway::mm

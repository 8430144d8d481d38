#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"

// CH, an exists claim: some execution has a store retire after the write-protect ioctl has changed the page-table entry
// and before it returns. It tells what the ioctl does not promise: a monitor that reads the page before the ioctl has
// returned may read it too early.
//
// In event form: some store W, and an ioctl with marking m and return r, have not (W -> m) and not (r -> W); then an
// interleaving exists with m, W, r in this order. Only defined on executions that are sequentially consistent.
// Looks no further once it has a witness.
//
// Reads the notes kMark, kProtected and kPageWrite (page_notes.h).

namespace doorway::mm {

class ContentChangesBeforeReturn final : public Property {
 public:
  std::string_view name() const override { return "content_changes_before_return"; }
  Kind kind() const override { return Kind::kExists; }
  std::string_view description() const override {
    return "a store can retire between write-protect's change of the page-table entry and its return";
  }
  std::optional<Finding> Check(const Execution& execution) override;
  // How often an ioctl returned.
  std::uint64_t antecedents() const override { return antecedents_; }
  std::uint64_t not_evaluated() const override { return not_evaluated_; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  bool found_ = false;
  std::uint64_t antecedents_ = 0;
  std::uint64_t not_evaluated_ = 0;
};

}  // namespace doorway::mm

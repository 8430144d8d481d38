#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"

// G1: after a write-protect ioctl has returned, and for as long as the marking that it wrote has been in
// force without a break, no store to the range retires.
//
// "Its marking without a break" is the point: an ioctl may return after somebody else has un-protected the
// range again, and protected it anew; it promises nothing about that other marking.
//
// In event form: the ioctl with marking m and return r violates iff some store W has not (W -> r), and every un-protect
// u that follows m in the modification order of the page-table entry has not (u -> r) and not (u -> W). Then, and only
// then, an interleaving exists with m, r, W in this order and every such u after W.
//
// Reads the notes kMark, kProtected, kUnmark and kPageWrite (page_notes.h).

namespace doorway::mm {

class NoWriteAfterWpReturn final : public Property {
 public:
  std::string_view name() const override { return "no_write_after_wp_return"; }
  std::string_view description() const override {
    return "no store retires after the write-protect ioctl has returned, while its marking is in force";
  }
  std::optional<Finding> Check(const Execution& execution) override;
  // How often an ioctl returned with its marking possibly still in force, and somebody stored to the range at some
  // time.
  std::uint64_t antecedents() const override { return antecedents_; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  struct UnProtect {
    const Mark* mark;
    std::size_t position;  // in the modification order of the page-table entry
  };
  std::vector<UnProtect> un_protects_;
  std::uint64_t antecedents_ = 0;
};

}  // namespace doorway::mm

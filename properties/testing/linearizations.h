#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/note_kind.h"

// What a monitor says of an execution: it is run over every interleaving that keeps the execution's order, in the slow
// and obvious way. The claim's event form must say the same of the partial order.

namespace doorway {

struct Heard {
  bool flagged = false;  // in some interleaving
  bool antecedent = false;
  std::uint64_t most = 0;  // of a counting monitor: the largest sum
};

// Takes -> for the order (Execution::Before). `matters`: kinds of notes that the monitor listens to; the others are
// left out, and the operations without any, which saves interleavings.
Heard HearAll(
    const Execution& execution, const Monitor& monitor,
    const std::function<bool(NoteKind)>& matters = [](NoteKind) { return true; });

// The same of several monitors, each by itself.
Heard HearAll(
    const Execution& execution, const std::vector<std::unique_ptr<Monitor>>& monitors,
    const std::function<bool(NoteKind)>& matters = [](NoteKind) { return true; });

// A monitor that hears something else than was said: to see that a comparison notices. `distort` returns what it
// hears; nothing, if it does not hear that at all.
class DistortedMonitor final : public Monitor {
 public:
  using Distort = std::function<std::optional<Noted>(Noted)>;

  DistortedMonitor(std::unique_ptr<Monitor> monitor, Distort distort)
      : monitor_(std::move(monitor)), distort_(std::move(distort)) {}

  int bits() const override { return monitor_->bits(); }
  Value initial() const override { return monitor_->initial(); }
  Answer Hear(const Noted& noted, Value* state) const override {
    const std::optional<Noted> heard = distort_(noted);
    return heard ? monitor_->Hear(*heard, state) : Answer{};
  }
  bool apart() const override { return monitor_->apart(); }
  int follows() const override { return monitor_->follows(); }
  bool counts() const override { return monitor_->counts(); }
  bool Counting(Value state) const override { return monitor_->Counting(state); }
  std::optional<std::uint64_t> limit() const override { return monitor_->limit(); }
  std::string_view measure() const override { return monitor_->measure(); }

 private:
  std::unique_ptr<Monitor> monitor_;
  Distort distort_;
};

inline std::vector<std::unique_ptr<Monitor>> Distorted(std::vector<std::unique_ptr<Monitor>> monitors,
                                                       const DistortedMonitor::Distort& distort) {
  for (std::unique_ptr<Monitor>& monitor : monitors) {
    monitor = std::make_unique<DistortedMonitor>(std::move(monitor), distort);
  }
  return monitors;
}

}  // namespace doorway

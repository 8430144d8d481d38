#include "properties/mm/content_changes_before_return.h"

#include <string>

#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// The marking of the ioctl that returns at `returned`: the last one before it in the same thread.
bool IsMarkingOf(const Execution& execution, const Mark& marking, const Mark& returned) {
  const auto precedes = [&](const Mark& mark) {
    return mark.kind == kMark && mark.thread == returned.thread && mark.sequence < returned.sequence &&
           RangeOf(mark.argument) == RangeOf(returned.argument);
  };
  if (!precedes(marking)) return false;
  for (const Mark& mark : execution.marks) {
    if (precedes(mark) && mark.sequence > marking.sequence) return false;
  }
  return true;
}

}  // namespace

std::optional<Finding> ContentChangesBeforeReturn::Check(const Execution& execution) {
  if (found_) return std::nullopt;
  if (!execution.PrepareCoherentOrder()) {
    ++not_evaluated_;
    return std::nullopt;
  }
  for (const Mark& returned : execution.marks) {
    if (returned.kind != kProtected) continue;
    ++antecedents_;
    for (const Mark& marking : execution.marks) {
      if (!IsMarkingOf(execution, marking, returned)) continue;
      for (const Mark& write : execution.marks) {
        if (write.kind != kPageWrite || RangeOf(write.argument) != RangeOf(returned.argument)) continue;
        if (execution.CoherentlyBefore(write, marking) || execution.CoherentlyBefore(returned, write)) continue;
        found_ = true;
        Finding finding;
        finding.claim = name();
        finding.sentence = "the store of thread " + std::to_string(write.subject) +
                           " can retire after write-protect of thread " + std::to_string(returned.subject) +
                           " has changed the page-table entry and before it returns";
        finding.points = {{write.before, "store to page " + std::to_string(PageOf(write.argument))},
                          {marking.before, "write-protect"},
                          {returned.before, "write-protect returns after this"}};
        finding.unordered = !execution.CoherentlyBefore(marking, write);
        return finding;
      }
    }
  }
  return std::nullopt;
}

std::vector<std::unique_ptr<Monitor>> ContentChangesBeforeReturn::Monitors(int threads) const {
  return ForEachRange<ContentChangesMonitor>(threads);
}

}  // namespace doorway::mm

#include "properties/mm/dead_end.h"

#include <string>
#include <vector>

#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// The note of one of `kinds` on `event`, if there is one.
template <class... Kinds>
const Mark* On(const Execution& execution, EventId event, Kinds... kinds) {
  for (const Mark& mark : execution.marks) {
    if (mark.is_tag && mark.before == event && ((mark.kind == kinds) || ...)) return &mark;
  }
  return nullptr;
}

}  // namespace

std::optional<Finding> DeadEnd::Check(const Execution& execution) {
  std::optional<Finding> finding;
  for (const Mark& mark : execution.marks) {
    if (mark.kind == kDeadEnd) ++antecedents_;
    if (mark.kind != kInstall && mark.kind != kReuse) continue;
    // Back from the fault's write, to the last marking or un-protect before it.
    const std::vector<EventId>& mo = execution.modification_order[execution.events[mark.before].location];
    const Mark* last = nullptr;
    for (const EventId event : mo) {
      if (event == mark.before) break;
      if (const Mark* change = On(execution, event, kMark, kUnmark)) last = change;
    }
    if (last == nullptr || last->kind != kMark) continue;
    ++antecedents_;
    if (finding.has_value()) continue;
    finding.emplace();
    finding->claim = name();
    finding->sentence = "the write fault of thread " + std::to_string(mark.subject) +
                        " makes the page-table entry writable while the marker of thread " +
                        std::to_string(last->subject) + " is set";
    finding->points = {{last->before, "write-protect"}, {mark.before, std::string(mark.kind.name)}};
  }
  return finding;
}

std::vector<std::unique_ptr<Monitor>> DeadEnd::Monitors(int /*threads*/) const {
  return ForEachRange<DeadEndMonitor>();
}

}  // namespace doorway::mm

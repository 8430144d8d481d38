#include "properties/mm/no_write_after_wp_return.h"

#include <algorithm>
#include <string>

#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// The place in modification order of the write that `mark` sits on, or that the read it sits on reads from: an
// ioctl that finds its marker already set need not write it.
std::size_t Position(const Execution& execution, const Mark& mark) {
  const Event& event = execution.events[mark.before];
  const EventId write = event.IsWrite() ? mark.before : event.reads_from;
  const std::vector<EventId>& mo = execution.modification_order[event.location];
  return static_cast<std::size_t>(std::find(mo.begin(), mo.end(), write) - mo.begin());
}

// The marking of the ioctl that returns at `returned`: the last one before it in the same thread.
const Mark* MarkingOf(const Execution& execution, const Mark& returned) {
  const Mark* found = nullptr;
  for (const Mark& mark : execution.marks) {
    if (mark.kind != kMark || mark.thread != returned.thread || mark.sequence > returned.sequence) continue;
    if (RangeOf(mark.argument) != RangeOf(returned.argument)) continue;
    if (found == nullptr || mark.sequence > found->sequence) found = &mark;
  }
  return found;
}

}  // namespace

std::optional<Finding> NoWriteAfterWpReturn::Check(const Execution& execution) {
  std::optional<Finding> finding;
  for (const Mark& returned : execution.marks) {
    if (returned.kind != kProtected) continue;
    const Mark* marking = MarkingOf(execution, returned);
    if (marking == nullptr) continue;
    const std::size_t since = Position(execution, *marking);

    // The un-protects that could end this marking, unless one has already when the ioctl returns.
    un_protects_.clear();
    bool in_force = true;
    for (const Mark& mark : execution.marks) {
      if (mark.kind != kUnmark || RangeOf(mark.argument) != RangeOf(returned.argument)) continue;
      const std::size_t position = Position(execution, mark);
      if (position <= since) continue;
      un_protects_.push_back({&mark, position});
      in_force = in_force && !execution.Before(mark, returned);
    }
    if (!in_force) continue;

    bool stored = false;
    for (const Mark& write : execution.marks) {
      if (write.kind != kPageWrite || RangeOf(write.argument) != RangeOf(returned.argument)) continue;
      stored = true;
      if (finding.has_value() || execution.Before(write, returned)) continue;
      const bool after_un_protect = std::any_of(un_protects_.begin(), un_protects_.end(),
                                                [&](const UnProtect& u) { return execution.Before(*u.mark, write); });
      if (after_un_protect) continue;
      finding.emplace();
      finding->claim = name();
      finding->sentence = "the store of thread " + std::to_string(write.subject) + " to page " +
                          std::to_string(PageOf(write.argument)) +
                          " can retire after the write-protect ioctl of thread " + std::to_string(returned.subject) +
                          " has returned, with its marking still in force";
      finding->points = {{write.before, "store to page " + std::to_string(PageOf(write.argument))},
                         {returned.after != kNoEvent ? returned.after : returned.before, "write-protect returns"},
                         {marking->before, "its marking"}};
      finding->unordered = !execution.Before(returned, write);
    }
    if (stored) ++antecedents_;
  }
  return finding;
}

std::vector<std::unique_ptr<Monitor>> NoWriteAfterWpReturn::Monitors(int threads) const {
  return ForEachRange<WriteAfterReturnMonitor>(threads);
}

}  // namespace doorway::mm

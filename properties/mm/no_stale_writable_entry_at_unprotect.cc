#include "properties/mm/no_stale_writable_entry_at_unprotect.h"

#include <string>

#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

namespace doorway::mm {

bool NoStaleWritableEntryAtUnprotect::CanHold(const Execution& execution, int cpu, const Mark* fill,
                                              const Mark& un_protect) const {
  if (fill != nullptr && execution.Before(un_protect, *fill)) return false;
  for (const Mark& shootdown : execution.marks) {
    if (shootdown.kind != kShootdown || shootdown.subject != cpu) continue;
    if (RangeOf(shootdown.argument) != RangeOf(un_protect.argument)) continue;
    if ((fill == nullptr || execution.Before(*fill, shootdown)) && execution.Before(shootdown, un_protect)) {
      return false;
    }
  }
  return true;
}

Finding NoStaleWritableEntryAtUnprotect::Found(const Execution& execution, int cpu, const Mark* fill,
                                               const Mark& un_protect) const {
  const Mark* shootdown = nullptr;  // the one that comes too late: the first after the fill
  for (const Mark& mark : execution.marks) {
    if (mark.kind != kShootdown || mark.subject != cpu || RangeOf(mark.argument) != RangeOf(un_protect.argument))
      continue;
    if (fill != nullptr && !execution.Before(*fill, mark)) continue;
    if (shootdown == nullptr || execution.Before(mark, *shootdown)) shootdown = &mark;
  }
  Finding finding;
  finding.claim = name();
  finding.sentence = "thread " + std::to_string(un_protect.subject) + " clears the marker while CPU " +
                     std::to_string(cpu) + " can still hold a writable TLB entry";
  if (shootdown != nullptr) {
    finding.points.push_back({shootdown->before, "shootdown of the entry"});
    finding.unordered = !execution.Before(un_protect, *shootdown);
  }
  finding.points.push_back({un_protect.before, "un-protect"});
  if (fill != nullptr) finding.points.push_back({fill->before, "fill of the entry"});
  return finding;
}

std::optional<Finding> NoStaleWritableEntryAtUnprotect::Check(const Execution& execution) {
  std::optional<Finding> finding;
  for (const Mark& un_protect : execution.marks) {
    if (un_protect.kind != kUnmark || !WasSet(un_protect.argument)) continue;
    const int range = RangeOf(un_protect.argument);
    bool had_entry = false;
    for (const auto& [cpu, its_range] : writable_at_start_) {
      if (its_range != range) continue;
      had_entry = true;
      if (!finding.has_value() && CanHold(execution, cpu, nullptr, un_protect)) {
        finding = Found(execution, cpu, nullptr, un_protect);
      }
    }
    for (const Mark& fill : execution.marks) {
      if (fill.kind != kFill || RangeOf(fill.argument) != range) continue;
      had_entry = true;
      if (!finding.has_value() && CanHold(execution, fill.subject, &fill, un_protect)) {
        finding = Found(execution, fill.subject, &fill, un_protect);
      }
    }
    if (had_entry) ++antecedents_;
  }
  return finding;
}

std::vector<std::unique_ptr<Monitor>> NoStaleWritableEntryAtUnprotect::Monitors(int /*threads*/) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  for (int range = 0; range < kMaxRanges; ++range) {
    Value writable = 0;
    for (const auto& [cpu, its_range] : writable_at_start_) {
      if (its_range == range) writable |= Value{1} << cpu;
    }
    monitors.push_back(std::make_unique<StaleEntryMonitor>(range, writable));
  }
  return monitors;
}

}  // namespace doorway::mm

#include "properties/mm/no_stale_writable_entry_at_unprotect.h"

#include <string>

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

Finding NoStaleWritableEntryAtUnprotect::Found(int cpu, const Mark* fill, const Mark& un_protect) const {
  Finding finding;
  finding.claim = name();
  finding.sentence = "thread " + std::to_string(un_protect.subject) + " clears the marker while CPU " +
                     std::to_string(cpu) + " can still hold a writable TLB entry";
  if (fill != nullptr) finding.points.push_back({fill->before, "fill of the entry"});
  finding.points.push_back({un_protect.before, "un-protect"});
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
        finding = Found(cpu, nullptr, un_protect);
      }
    }
    for (const Mark& fill : execution.marks) {
      if (fill.kind != kFill || RangeOf(fill.argument) != range) continue;
      had_entry = true;
      if (!finding.has_value() && CanHold(execution, fill.subject, &fill, un_protect)) {
        finding = Found(fill.subject, &fill, un_protect);
      }
    }
    if (had_entry) ++antecedents_;
  }
  return finding;
}

}  // namespace doorway::mm

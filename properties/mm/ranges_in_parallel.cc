#include "properties/mm/ranges_in_parallel.h"

#include <cstddef>
#include <string>

#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

// The first leave of the same thread after `enter`.
const Mark* LeaveOf(const Execution& execution, const Mark& enter) {
  const Mark* found = nullptr;
  for (const Mark& mark : execution.marks) {
    if (mark.kind != kIoctlLeaves || mark.thread != enter.thread || mark.sequence < enter.sequence) continue;
    if (found == nullptr || mark.sequence < found->sequence) found = &mark;
  }
  return found;
}

std::string Ioctl(const Mark& enter) {
  return "the ioctl of thread " + std::to_string(enter.subject) + " on range " +
         std::to_string(RangeOf(enter.argument));
}

}  // namespace

std::optional<Finding> RangesInParallel::Check(const Execution& execution) {
  if (found_) return std::nullopt;
  if (!execution.PrepareCoherentOrder()) {
    ++not_evaluated_;
    return std::nullopt;
  }
  sections_.clear();
  for (const Mark& mark : execution.marks) {
    if (mark.kind == kIoctlEnters) sections_.push_back({&mark, LeaveOf(execution, mark)});
  }
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    for (std::size_t j = i + 1; j < sections_.size(); ++j) {
      const Section& a = sections_[i];
      const Section& b = sections_[j];
      if (RangeOf(a.enter->argument) == RangeOf(b.enter->argument)) continue;
      if (PageOf(a.enter->argument) == PageOf(b.enter->argument)) continue;  // of one group
      ++antecedents_;
      if (a.leave != nullptr && execution.CoherentlyBefore(*a.leave, *b.enter)) continue;
      if (b.leave != nullptr && execution.CoherentlyBefore(*b.leave, *a.enter)) continue;
      found_ = true;
      Finding finding;
      finding.claim = name();
      finding.sentence = Ioctl(*a.enter) + " and " + Ioctl(*b.enter) + " are under way together";
      finding.points = {{a.enter->before, "enters after this"}, {b.enter->before, "enters after this"}};
      return finding;
    }
  }
  return std::nullopt;
}

}  // namespace doorway::mm

#include "properties/mm/ranges_in_parallel.h"

#include <cstddef>
#include <string>

#include "properties/mm/page_notes.h"
#include "properties/sections.h"

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

// State: which thread's ioctl is in its section, by range and group.
class RangesMonitor final : public Monitor {
 public:
  explicit RangesMonitor(int threads) : inside_(threads, kMaxRanges * kGroups, 0) {}

  int bits() const override { return inside_.bits(); }

  Answer Hear(const Noted& noted, Value* state) const override {
    const int range = RangeOf(noted.argument);
    const int group = PageOf(noted.argument);
    Answer answer;
    if (noted.kind == kIoctlEnters) {
      answer.flagged = answer.antecedent = inside_.Others(noted.subject, Section(1 - range, 1 - group), *state);
      inside_.Enter(noted.subject, Section(range, group), state);
    } else if (noted.kind == kIoctlLeaves) {
      inside_.Leave(noted.when, noted.subject, Section(range, group), state);
    }
    return answer;
  }

 private:
  static constexpr int kGroups = 2;
  static_assert(kMaxRanges == 2);
  static constexpr int Section(int range, int group) { return range * kGroups + group; }

  Sections inside_;
};

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

std::vector<std::unique_ptr<Monitor>> RangesInParallel::Monitors(int threads) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  monitors.push_back(std::make_unique<RangesMonitor>(threads));
  return monitors;
}

}  // namespace doorway::mm

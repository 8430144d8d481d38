#include "properties/exclusion.h"

#include <cstddef>
#include <utility>

namespace doorway {
namespace {

bool Ordered(const Execution& execution, const Passage& first, const Passage& second) {
  return first.leave != nullptr && execution.Before(*first.leave, *second.enter);
}

}  // namespace

std::string_view Exclusion::description() const {
  return excludes_ == Excludes::kOtherGroups ? "members of different groups are never inside together"
                                             : "no two threads are inside together";
}

std::optional<Finding> Exclusion::Check(const Execution& execution) {
  sections_.CollectSections(execution);
  bool contended = false;
  std::optional<Finding> finding;
  for (std::size_t i = 0; i < sections_.size() && !finding; ++i) {
    for (std::size_t j = i + 1; j < sections_.size() && !finding; ++j) {
      const Passage& a = sections_[i];
      const Passage& b = sections_[j];
      if (a.subject == b.subject || a.enter == nullptr || b.enter == nullptr) continue;
      if (excludes_ == Excludes::kOtherGroups && a.group == b.group) continue;
      contended = true;
      if (!Ordered(execution, a, b) && !Ordered(execution, b, a)) finding = Violation(execution, a, b);
    }
  }
  contended_ += contended;
  return finding;
}

// What is missing is an order between a leave and an enter. A report shows best two operations that nothing orders at
// all: a leave and an enter where there are such, else the two enters.
Finding Exclusion::Violation(const Execution& execution, const Passage& a, const Passage& b) const {
  Finding finding;
  finding.claim = name();
  finding.sentence = Describe(a, names_) + " and " + Describe(b, names_) + " are inside together";
  const std::pair<std::pair<const Mark*, const Passage*>, std::pair<const Mark*, const Passage*>> candidates[] = {
      {{a.leave, &a}, {b.enter, &b}}, {{b.leave, &b}, {a.enter, &a}}, {{a.enter, &a}, {b.enter, &b}}};
  for (const auto& [from, to] : candidates) {
    if (from.first == nullptr) continue;
    Point first = PointAt(*from.first, *from.second, names_);
    Point second = PointAt(*to.first, *to.second, names_);
    if (first.event == kNoEvent || second.event == kNoEvent) continue;
    finding.unordered = !execution.Before(first.event, second.event) && !execution.Before(second.event, first.event);
    finding.points = {std::move(first), std::move(second)};
    if (finding.unordered) break;
  }
  return finding;
}

}  // namespace doorway

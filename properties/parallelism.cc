#include "properties/parallelism.h"

#include <cstddef>

namespace doorway {

Parallelism::Parallelism(std::optional<Value> group, std::span<const std::string_view> names)
    : group_(group),
      names_(names),
      name_((group ? GroupName(names, *group) : "same_group") + "_parallel"),
      description_("two " + (group ? GroupName(names, *group) + " members" : std::string("members of one group")) +
                   " are inside together in some execution") {}

std::optional<Finding> Parallelism::Check(const Execution& execution) {
  if (witnesses_ > 0) return std::nullopt;
  if (!execution.PrepareCoherentOrder()) {
    ++not_evaluated_;
    return std::nullopt;
  }
  passages_.CollectSections(execution);
  for (std::size_t i = 0; i < passages_.size(); ++i) {
    for (std::size_t j = i + 1; j < passages_.size(); ++j) {
      const Passage& a = passages_[i];
      const Passage& b = passages_[j];
      if (!Together(execution, a, b)) continue;
      ++witnesses_;
      Finding finding;
      finding.claim = name_;
      finding.sentence = Describe(a, names_) + " and " + Describe(b, names_) + " are inside together";
      finding.points = {PointAt(*a.enter, a, names_), PointAt(*b.enter, b, names_)};
      return finding;
    }
  }
  return std::nullopt;
}

bool Parallelism::Together(const Execution& execution, const Passage& a, const Passage& b) const {
  if (a.subject == b.subject || a.enter == nullptr || b.enter == nullptr) return false;
  if (a.group != b.group || (group_ && a.group != *group_)) return false;
  if (a.leave != nullptr && execution.CoherentlyBefore(*a.leave, *b.enter)) return false;
  return b.leave == nullptr || !execution.CoherentlyBefore(*b.leave, *a.enter);
}

}  // namespace doorway

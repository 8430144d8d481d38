#include "properties/parallelism.h"

#include <cstddef>

#include "properties/sections.h"

namespace doorway {
namespace {

// State: who is inside; of one group, or of two.
class ParallelismMonitor final : public Monitor {
 public:
  ParallelismMonitor(int threads, std::optional<Value> group) : group_(group), inside_(threads, group ? 1 : 2, 0) {}

  int bits() const override { return inside_.bits(); }

  Answer Hear(const Noted& noted, Value* state) const override {
    if (group_ && noted.argument != *group_) return {};
    const int group = group_ ? 0 : static_cast<int>(noted.argument);
    Answer answer;
    if (noted.kind == notes::kEnter) {
      answer.flagged = answer.antecedent = inside_.Others(noted.subject, group, *state);
      inside_.Enter(noted.subject, group, state);
    } else if (noted.kind == notes::kLeave) {
      inside_.Leave(noted.when, noted.subject, group, state);
    }
    return answer;
  }

 private:
  std::optional<Value> group_;
  Sections inside_;
};

}  // namespace

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

std::vector<std::unique_ptr<Monitor>> Parallelism::Monitors(int threads) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  monitors.push_back(std::make_unique<ParallelismMonitor>(threads, group_));
  return monitors;
}

bool Parallelism::Together(const Execution& execution, const Passage& a, const Passage& b) const {
  if (a.subject == b.subject || a.enter == nullptr || b.enter == nullptr) return false;
  if (a.group != b.group || (group_ && a.group != *group_)) return false;
  if (a.leave != nullptr && execution.CoherentlyBefore(*a.leave, *b.enter)) return false;
  return b.leave == nullptr || !execution.CoherentlyBefore(*b.leave, *a.enter);
}

}  // namespace doorway

#include "properties/overtakes.h"

#include <algorithm>

namespace doorway {
namespace {

bool Waited(const Passage& passage) {
  return passage.doorway != nullptr && (passage.admit == nullptr || passage.admit->after != passage.doorway->after);
}

bool EnteredBefore(const Execution& execution, const Passage& waiter, const Mark& mark) {
  return waiter.enter != nullptr && execution.CoherentlyBefore(*waiter.enter, mark);
}

// Whether `other` overtakes `waiter`; and whether it is admitted while the waiter waits.
bool Overtook(const Execution& execution, const Passage& other, const Passage& waiter) {
  return other.group != waiter.group && other.doorway != nullptr && other.admit != nullptr &&
         !execution.CoherentlyBefore(*other.doorway, *waiter.doorway) &&
         !EnteredBefore(execution, waiter, *other.admit);
}
bool AdmittedMeanwhile(const Execution& execution, const Passage& other, const Passage& waiter) {
  return other.group != waiter.group && other.admit != nullptr &&
         !execution.CoherentlyBefore(*other.admit, *waiter.doorway) && !EnteredBefore(execution, waiter, *other.admit);
}

}  // namespace

Overtakes::Overtakes(std::optional<std::uint64_t> bound, std::span<const std::string_view> names)
    : bound_(bound), names_(names) {
  description_ = bound ? "at most " + std::to_string(*bound) + " members of the other group overtake a waiter"
                       : "how many members of the other group overtake a waiter (no bound is claimed)";
}

std::optional<Finding> Overtakes::Check(const Execution& execution) {
  if (!HasWaiter(execution)) return std::nullopt;
  if (!execution.PrepareCoherentOrder()) {
    ++not_evaluated_;
    return std::nullopt;
  }
  passages_.CollectWithDoorways(execution);
  bool antecedent = false;
  std::optional<Finding> finding;
  for (const Passage& waiter : passages_) {
    if (!Waited(waiter)) continue;
    std::uint64_t overtakes = 0, admissions = 0;
    for (const Passage& other : passages_) {
      antecedent |= other.group != waiter.group;
      overtakes += Overtook(execution, other, waiter);
      admissions += AdmittedMeanwhile(execution, other, waiter);
    }
    max_overtakes_ = std::max(max_overtakes_, overtakes);
    max_admissions_ = std::max(max_admissions_, admissions);
    if (bound_ && overtakes > *bound_ && !finding) finding = Violation(execution, waiter, overtakes);
  }
  antecedents_ += antecedent;
  return finding;
}

// Cheap, and enough to skip most executions: somebody was not admitted by the very operation of its doorway.
bool Overtakes::HasWaiter(const Execution& execution) const {
  for (const Mark& doorway : execution.marks) {
    if (!(doorway.kind == notes::kDoorway)) continue;
    bool at_once = false;
    for (const Mark& admit : execution.marks) {
      at_once |= admit.kind == notes::kAdmit && admit.subject == doorway.subject && admit.after == doorway.after;
    }
    if (!at_once) return true;
  }
  return false;
}

std::vector<Measure> Overtakes::measures() const {
  return {{"max_bypass", max_overtakes_}, {"max_admissions_while_waiting", max_admissions_}};
}

Finding Overtakes::Violation(const Execution& execution, const Passage& waiter, std::uint64_t overtakes) const {
  Finding finding;
  finding.claim = name();
  finding.points.push_back(PointAt(*waiter.doorway, waiter, names_));
  std::string by;
  for (const Passage& other : passages_) {
    if (!Overtook(execution, other, waiter)) continue;
    by += (by.empty() ? "" : ", ") + Describe(other, names_);
    finding.points.push_back(PointAt(*other.admit, other, names_));
  }
  if (waiter.enter != nullptr) finding.points.push_back(PointAt(*waiter.enter, waiter, names_));
  finding.sentence = Describe(waiter, names_) + " waits and is overtaken " + std::to_string(overtakes) +
                     (overtakes == 1 ? " time" : " times") + ", by " + by + "; the bound is " + std::to_string(*bound_);
  return finding;
}

}  // namespace doorway

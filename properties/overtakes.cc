#include "properties/overtakes.h"

#include <algorithm>

namespace doorway {
namespace {

bool Waited(const Passage& passage) {
  return passage.doorway != nullptr && (passage.admit == nullptr || passage.admit->after != passage.doorway->after);
}

// The wait ends with the enter, or with an admission by the waiter's own operation.
bool WaitedBefore(const Execution& execution, const Passage& waiter, const Mark& mark) {
  const bool own = waiter.admit != nullptr && waiter.admit->thread == waiter.subject;
  const Mark* const end = own ? waiter.admit : waiter.enter;
  return end != nullptr && execution.CoherentlyBefore(*end, mark);
}

// Overtakes of one thread. State: whether it waits, its group (0 unless it waits), and a bit for each other thread: it
// has crossed its doorway since, as a member of the other group, and has not been admitted since then.
//
// A doorway and an admission on one operation are heard one after the other: between them nobody overtakes. So it does
// not matter that the thread seems to wait there.
class OvertakesMonitor final : public Monitor {
 public:
  OvertakesMonitor(int waiter, int threads, std::optional<std::uint64_t> bound, Overtakes::By by)
      : waiter_(waiter), threads_(threads), bound_(bound), by_(by) {}

  int bits() const override { return kOthersAt + threads_ - 1; }

  Answer Hear(const Noted& noted, Value* state) const override {
    if (noted.subject == waiter_) {
      HearOwn(noted, state);
      return {};
    }
    if (!Counting(*state)) return {};
    Answer answer;
    const bool rival = by_ == Overtakes::By::kAnybody || noted.argument != (*state >> kGroupAt & 1);
    const Value behind = Value{1} << (kOthersAt + noted.subject - (noted.subject > waiter_));
    if (noted.kind == notes::kDoorway && rival) *state |= behind;
    if (noted.kind == notes::kAdmit && (*state & behind) != 0) {
      answer.counted = 1;
      *state &= ~behind;
    }
    answer.antecedent = SaysGroup(noted.kind) && rival;
    return answer;
  }

  bool apart() const override { return true; }
  int follows() const override { return waiter_; }
  bool counts() const override { return true; }
  bool Counting(Value state) const override { return (state & 1) != 0; }
  std::optional<std::uint64_t> limit() const override { return bound_; }
  std::string_view measure() const override { return "max_bypass"; }

 private:
  static constexpr int kGroupAt = 1;
  static constexpr int kOthersAt = 2;

  // Not every lock says of which group the one is that it admits.
  static bool SaysGroup(NoteKind kind) {
    return kind == notes::kDoorway || kind == notes::kEnter || kind == notes::kLeave;
  }

  void HearOwn(const Noted& noted, Value* state) const {
    const bool admits_itself = noted.kind == notes::kAdmit && noted.thread == waiter_;
    const bool enters = noted.kind == notes::kEnter && noted.when == When::kLatest;
    if (admits_itself || enters) *state = 0;
    if (noted.kind == notes::kDoorway) *state = Value{1} | (noted.argument & 1) << kGroupAt;
  }

  int waiter_;
  int threads_;
  std::optional<std::uint64_t> bound_;
  Overtakes::By by_;
};

}  // namespace

Overtakes::Overtakes(std::optional<std::uint64_t> bound, std::span<const std::string_view> names, By by)
    : bound_(bound), names_(names), by_(by) {
  const std::string rivals = by == By::kOtherGroup ? "members of the other group" : "others";
  description_ = bound ? "at most " + std::to_string(*bound) + " " + rivals + " overtake a waiter"
                       : "how many " + rivals + " overtake a waiter (no bound is claimed)";
}

bool Overtakes::IsRival(const Passage& other, const Passage& waiter) const {
  return by_ == By::kOtherGroup ? other.group != waiter.group : other.subject != waiter.subject;
}

// Whether `other` overtakes `waiter`; and whether it is admitted while the waiter waits.
bool Overtakes::Overtook(const Execution& execution, const Passage& other, const Passage& waiter) const {
  return IsRival(other, waiter) && other.doorway != nullptr && other.admit != nullptr &&
         !execution.CoherentlyBefore(*other.doorway, *waiter.doorway) && !WaitedBefore(execution, waiter, *other.admit);
}
bool Overtakes::AdmittedMeanwhile(const Execution& execution, const Passage& other, const Passage& waiter) const {
  return IsRival(other, waiter) && other.admit != nullptr &&
         !execution.CoherentlyBefore(*other.admit, *waiter.doorway) && !WaitedBefore(execution, waiter, *other.admit);
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
      antecedent |= IsRival(other, waiter);
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

std::vector<std::unique_ptr<Monitor>> Overtakes::Monitors(int threads) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  for (int waiter = 0; waiter < threads; ++waiter) {
    monitors.push_back(std::make_unique<OvertakesMonitor>(waiter, threads, bound_, by_));
  }
  return monitors;
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

#include "properties/outcomes.h"

#include <utility>

namespace doorway {
namespace {

class OutcomesMonitor final : public Monitor {
 public:
  explicit OutcomesMonitor(NoteKind kind) : kind_(kind) {}

  int bits() const override { return 0; }
  Answer Hear(const Noted& noted, Value* /*state*/) const override {
    if (noted.kind != kind_) return {};
    return {.flagged = noted.argument != RightOrWrong(true), .antecedent = true};
  }

 private:
  NoteKind kind_;
};

}  // namespace

Outcomes::Outcomes(std::string name, std::string description, NoteKind kind, std::string wrong)
    : name_(std::move(name)), description_(std::move(description)), kind_(kind), wrong_(std::move(wrong)) {}

std::optional<Finding> Outcomes::Check(const Execution& execution) {
  std::optional<Finding> finding;
  for (const Mark& mark : execution.marks) {
    if (mark.kind != kind_) continue;
    ++antecedents_;
    if (finding.has_value() || mark.argument == RightOrWrong(true)) continue;
    finding = Finding{name_,
                      "thread " + std::to_string(mark.subject) + " " + wrong_,
                      {{mark.before != kNoEvent ? mark.before : mark.after, std::string(kind_.name)}}};
  }
  return finding;
}

std::vector<std::unique_ptr<Monitor>> Outcomes::Monitors(int /*threads*/) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  monitors.push_back(std::make_unique<OutcomesMonitor>(kind_));
  return monitors;
}

}  // namespace doorway

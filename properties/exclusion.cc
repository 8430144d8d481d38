#include "properties/exclusion.h"

#include <bit>
#include <cstddef>
#include <utility>

#include "properties/sections.h"

namespace doorway {
namespace {

bool Ordered(const Execution& execution, const Passage& first, const Passage& second) {
  return first.leave != nullptr && execution.Before(*first.leave, *second.enter);
}

// Whether members of two groups may not be inside together.
bool ExcludeEachOther(Exclusion::Excludes excludes, Value a, Value b) {
  switch (excludes) {
    case Exclusion::Excludes::kOtherGroups:
      return a != b;
    case Exclusion::Excludes::kEverybody:
      return true;
    case Exclusion::Excludes::kWriters:
      return a == 1 || b == 1;
  }
  return true;
}

// State: which groups have entered so far, a bit a group.
class BothGroupsEnter final : public Monitor {
 public:
  int bits() const override { return 2; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.kind != notes::kEnter) return answer;
    const int group = static_cast<int>(noted.argument);
    answer.antecedent = (*state >> (1 - group) & 1) != 0;
    *state |= Value{1} << group;
    return answer;
  }
};

// State: which thread has entered so far: none (0), one (1 + thread), several (threads + 1).
class SeveralThreadsEnter final : public Monitor {
 public:
  explicit SeveralThreadsEnter(int threads) : threads_(threads) {}
  int bits() const override { return static_cast<int>(std::bit_width(static_cast<unsigned>(threads_ + 1))); }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.kind != notes::kEnter) return answer;
    const Value me = static_cast<Value>(noted.subject) + 1;
    answer.antecedent = *state != 0 && *state != me;
    *state = answer.antecedent ? static_cast<Value>(threads_) + 1 : me;
    return answer;
  }

 private:
  int threads_;
};

// State: which thread has entered so far as a member of which group.
class ReaderAndWriterEnter final : public Monitor {
 public:
  explicit ReaderAndWriterEnter(int threads) : entered_(threads, 2, 0) {}
  int bits() const override { return entered_.bits(); }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.kind != notes::kEnter) return answer;
    const int group = static_cast<int>(noted.argument);
    answer.antecedent =
        entered_.Others(noted.subject, 1, *state) || (group == 1 && entered_.Others(noted.subject, 0, *state));
    entered_.Enter(noted.subject, group, state);
    return answer;
  }

 private:
  Sections entered_;
};

// State: who is inside, as a member of which group (everybody of group 0, if nobody may be inside together).
class ExclusionMonitor final : public Monitor {
 public:
  ExclusionMonitor(int threads, Exclusion::Excludes excludes)
      : threads_(threads),
        excludes_(excludes),
        inside_(threads, excludes == Exclusion::Excludes::kEverybody ? 1 : 2, 0) {}

  int bits() const override { return inside_.bits(); }

  Answer Hear(const Noted& noted, Value* state) const override {
    const bool groups = excludes_ != Exclusion::Excludes::kEverybody;
    const int group = groups ? static_cast<int>(noted.argument) : 0;
    Answer answer;
    if (noted.kind == notes::kEnter) {
      for (int other = 0; other < (groups ? 2 : 1); ++other) {
        if (!ExcludeEachOther(excludes_, static_cast<Value>(group), static_cast<Value>(other))) continue;
        answer.flagged = answer.flagged || inside_.Others(noted.subject, other, *state);
      }
      answer.antecedent = noted.when == When::kEarliest;
      inside_.Enter(noted.subject, group, state);
    } else if (noted.kind == notes::kLeave) {
      inside_.Leave(noted.when, noted.subject, group, state);
    }
    return answer;
  }

  std::unique_ptr<Monitor> Antecedent() const override {
    switch (excludes_) {
      case Exclusion::Excludes::kOtherGroups:
        return std::make_unique<BothGroupsEnter>();
      case Exclusion::Excludes::kEverybody:
        return std::make_unique<SeveralThreadsEnter>(threads_);
      case Exclusion::Excludes::kWriters:
        return std::make_unique<ReaderAndWriterEnter>(threads_);
    }
    return nullptr;
  }

 private:
  int threads_;
  Exclusion::Excludes excludes_;
  Sections inside_;
};

}  // namespace

std::string_view Exclusion::description() const {
  switch (excludes_) {
    case Excludes::kOtherGroups:
      return "members of different groups are never inside together";
    case Excludes::kEverybody:
      return "no two threads are inside together";
    case Excludes::kWriters:
      return "a writer is inside alone";
  }
  return "";
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
      if (!ExcludeEachOther(excludes_, a.group, b.group)) continue;
      contended = true;
      if (!Ordered(execution, a, b) && !Ordered(execution, b, a)) finding = Violation(execution, a, b);
    }
  }
  contended_ += contended;
  return finding;
}

std::vector<std::unique_ptr<Monitor>> Exclusion::Monitors(int threads) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  monitors.push_back(std::make_unique<ExclusionMonitor>(threads, excludes_));
  return monitors;
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

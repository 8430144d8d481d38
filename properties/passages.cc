#include "properties/passages.h"

#include <tuple>

namespace doorway {
namespace {

std::string InParentheses(const Passage& passage, std::span<const std::string_view> names) {
  return names.empty() ? "" : " (" + GroupName(names, passage.group) + ")";
}

}  // namespace

void Passages::CollectSections(const Execution& execution) {
  entries_.clear();
  for (const Mark& mark : execution.marks) {
    if (mark.kind == notes::kEnter) Insert(execution, {mark.subject, Step::kEnter, &mark});
    if (mark.kind == notes::kLeave) Insert(execution, {mark.subject, Step::kLeave, &mark});
  }
  Pair();
}

void Passages::CollectWithDoorways(const Execution& execution) {
  entries_.clear();
  for (const Mark& mark : execution.marks) {
    if (mark.kind == notes::kDoorway) Insert(execution, {mark.subject, Step::kDoorway, &mark});
    if (mark.kind == notes::kAdmit) Insert(execution, {mark.subject, Step::kAdmit, &mark});
    if (mark.kind == notes::kEnter) Insert(execution, {mark.subject, Step::kEnter, &mark});
    if (mark.kind == notes::kLeave) Insert(execution, {mark.subject, Step::kLeave, &mark});
  }
  Pair();
}

// Insertion sort: marks come almost sorted, and times are a partial order only, which std::sort may not be given.
void Passages::Insert(const Execution& execution, Entry entry) {
  const auto before = [&](const Entry& a, const Entry& b) {
    if (a.subject != b.subject || a.step != b.step) return std::tie(a.subject, a.step) < std::tie(b.subject, b.step);
    if (a.mark->thread == b.mark->thread) return a.mark->sequence < b.mark->sequence;
    return execution.CoherentlyBefore(*a.mark, *b.mark);
  };
  std::size_t at = entries_.size();
  entries_.push_back(entry);
  for (; at > 0 && before(entry, entries_[at - 1]); --at) entries_[at] = entries_[at - 1];
  entries_[at] = entry;
}

void Passages::Pair() {
  passages_.clear();
  std::size_t first = 0;  // of the subject's passages
  std::size_t rank = 0;   // among the entries of one subject and step
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (i == 0 || entry.subject != entries_[i - 1].subject) first = passages_.size();
    rank = i > 0 && entry.subject == entries_[i - 1].subject && entry.step == entries_[i - 1].step ? rank + 1 : 0;
    if (first + rank == passages_.size()) passages_.push_back(Passage{.subject = entry.subject});
    Passage& passage = passages_[first + rank];
    switch (entry.step) {
      case Step::kDoorway:
        passage.doorway = entry.mark;
        passage.group = entry.mark->argument;
        break;
      case Step::kAdmit:
        passage.admit = entry.mark;
        break;
      case Step::kEnter:
        passage.enter = entry.mark;
        passage.group = entry.mark->argument;
        break;
      case Step::kLeave:
        passage.leave = entry.mark;
        break;
    }
  }
}

std::string GroupName(std::span<const std::string_view> names, Value group) {
  if (group < names.size()) return std::string(names[group]);
  return "group " + std::to_string(group);
}

std::string Describe(const Passage& passage, std::span<const std::string_view> names) {
  return "thread " + std::to_string(passage.subject) + InParentheses(passage, names);
}

Point PointAt(const Mark& mark, const Passage& passage, std::span<const std::string_view> names) {
  return {mark.after != kNoEvent ? mark.after : mark.before,
          std::string(mark.kind.name) + InParentheses(passage, names)};
}

}  // namespace doorway

#include "harness/explore/state/monitor_states.h"

namespace doorway {

MonitorStates::MonitorStates(std::vector<const Monitor*> monitors, bool keep_taken)
    : monitors_(std::move(monitors)), keep_taken_(keep_taken) {
  std::vector<Value> initial;
  for (const Monitor* monitor : monitors_) initial.push_back(monitor->initial());
  IdOf(std::move(initial));
}

MonitorStates::Id MonitorStates::IdOf(std::vector<Value> values) {
  const auto [known, is_new] = ids_.try_emplace(std::move(values), static_cast<Id>(ids_.size()));
  if (is_new) values_.insert(values_.end(), known->first.begin(), known->first.end());
  return known->second;
}

MonitorStates::Heard MonitorStates::Take(Id from, NotesId notes, const std::vector<Monitor::Noted>& noted) {
  const std::size_t count = monitors_.size();
  std::vector<Value> values(values_.begin() + static_cast<std::ptrdiff_t>(from * count),
                            values_.begin() + static_cast<std::ptrdiff_t>((from + 1) * count));
  Heard heard;
  for (std::size_t m = 0; m < count; ++m) {
    for (const Monitor::Noted& note : noted) {
      const Monitor::Answer answer = monitors_[m]->Hear(note, &values[m]);
      heard.flagged |= std::uint64_t{answer.flagged} << m;
      heard.antecedents |= std::uint64_t{answer.antecedent} << m;
      heard.counted += answer.counted;
    }
  }
  heard.to = IdOf(std::move(values));
  if (from < kDense) {
    if (dense_.size() <= notes) dense_.resize(notes + 1);
    std::vector<Heard>& of_notes = dense_[notes];
    Heard unknown;
    unknown.to = kUnknown;
    if (of_notes.size() <= from) of_notes.resize(from + 1, unknown);
    of_notes[from] = heard;
  } else {
    heard_.emplace(std::pair(from, notes), heard);
  }
  if (keep_taken_) taken_.push_back({from, notes});
  return heard;
}

}  // namespace doorway

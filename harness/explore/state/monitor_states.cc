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
  const Id id = known->second;
  if (!is_new) return id;
  values_.insert(values_.end(), known->first.begin(), known->first.end());
  for (const std::vector<Monitor::Noted>& noted : assumed_mute_) spoken_ |= !MeansNothing(noted, id);
  return id;
}

bool MonitorStates::MeansNothing(const std::vector<Monitor::Noted>& noted, Id to) const {
  for (std::size_t m = 0; m < monitors_.size(); ++m) {
    const Value before = state(to, m);
    Value value = before;
    for (const Monitor::Noted& note : noted) {
      const Monitor::Answer answer = monitors_[m]->Hear(note, &value);
      if (answer.flagged || answer.antecedent || answer.counted != 0 || value != before) return false;
    }
  }
  return true;
}

bool MonitorStates::IsMute(NotesId notes, const std::vector<Monitor::Noted>& noted) {
  if (const std::optional<bool> known = FindMute(notes)) return *known;
  bool mute = true;
  for (Id id = 0; id < size() && mute; ++id) mute = MeansNothing(noted, id);
  if (mute_.size() <= notes) mute_.resize(notes + 1);
  mute_[notes] = mute ? Mute::kMute : Mute::kNot;
  if (mute) assumed_mute_.push_back(noted);
  return mute;
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

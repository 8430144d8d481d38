#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/graph/monitor.h"

// The monitors that follow a run, as one automaton. Of the combinations of their states few ever occur, for what one
// remembers mostly follows from what others do: those that do are numbered, and a state of the program holds the
// number. What a list of notes does to a combination is worked out once.

namespace doorway {

using NotesId = std::uint32_t;  // of a list of notes; 0 is the empty one

class MonitorStates {
 public:
  using Id = std::uint32_t;  // dense; 0 is the combination of initial states

  // What all monitors together say to a list of notes.
  struct Heard {
    Id to = 0;
    std::uint32_t counted = 0;
    std::uint64_t flagged = 0;  // a bit a monitor
    std::uint64_t antecedents = 0;
  };

  struct Taken {  // a list of notes by a combination
    Id by;
    NotesId notes;
  };

  // REQUIRES: at most 64 monitors, which outlive this
  // `keep_taken`: for TakeTaken.
  explicit MonitorStates(std::vector<const Monitor*> monitors, bool keep_taken = false);

  std::size_t monitors() const { return monitors_.size(); }
  std::size_t size() const { return ids_.size(); }
  Value state(Id id, std::size_t monitor) const { return values_[id * monitors_.size() + monitor]; }

  bool Counting(Id id, std::size_t monitor) const { return monitors_[monitor]->Counting(state(id, monitor)); }

  // Null: not worked out yet.
  const Heard* Find(Id from, NotesId notes) const {
    if (from < kDense) {
      const bool known = notes < dense_.size() && from < dense_[notes].size() && dense_[notes][from].to != kUnknown;
      return known ? &dense_[notes][from] : nullptr;
    }
    const auto known = heard_.find({from, notes});
    return known != heard_.end() ? &known->second : nullptr;
  }
  // `noted` is the list of that number.
  Heard Hear(Id from, NotesId notes, const std::vector<Monitor::Noted>& noted) {
    const Heard* const known = Find(from, notes);
    return known != nullptr ? *known : Take(from, notes, noted);
  }

  // Whether the list is *mute*: no monitor says anything to it or remembers anything of it, whatever it remembers
  // already. Assumed from the combinations that are known; if one comes up that it does mean something to, that was
  // wrong, and spoken() says so.
  bool IsMute(NotesId notes, const std::vector<Monitor::Noted>& noted);
  std::optional<bool> FindMute(NotesId notes) const {  // nothing: not asked yet
    if (notes < mute_.size() && mute_[notes] != Mute::kUnknown) return mute_[notes] == Mute::kMute;
    return std::nullopt;
  }
  bool spoken() const { return spoken_; }

  // Works everything out again.
  void Forget() {
    dense_.clear();
    heard_.clear();
  }
  // What was worked out since the last call.
  std::vector<Taken> TakeTaken() { return std::exchange(taken_, {}); }

 private:
  static constexpr Id kUnknown = ~Id{0};
  static constexpr Id kDense = 4096;  // of the combinations below it, answers are found without hashing

  enum class Mute : std::uint8_t { kUnknown, kMute, kNot };

  Heard Take(Id from, NotesId notes, const std::vector<Monitor::Noted>& noted);
  bool MeansNothing(const std::vector<Monitor::Noted>& noted, Id to) const;
  Id IdOf(std::vector<Value> values);

  const std::vector<const Monitor*> monitors_;
  const bool keep_taken_;
  std::vector<Taken> taken_;
  std::vector<Value> values_;  // by combination and monitor
  absl::flat_hash_map<std::vector<Value>, Id> ids_;
  std::vector<std::vector<Heard>> dense_;  // by list of notes and combination; kUnknown: not worked out
  absl::flat_hash_map<std::pair<Id, NotesId>, Heard> heard_;  // of the other combinations
  std::vector<Mute> mute_;                                    // by list of notes
  std::vector<std::vector<Monitor::Noted>> assumed_mute_;
  bool spoken_ = false;
};

}  // namespace doorway

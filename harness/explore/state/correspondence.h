#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/explore/state/transitions.h"

// What becomes of a state when two threads change places: which local state of the one corresponds to which of the
// other, which location to which, what a location holds to what its counterpart holds, which states of the monitors to
// which. Nobody declares it. It begins with the initial state, which corresponds to itself, and grows with each move
// (symmetry.h): what a move leads to corresponds to what its counterpart leads to. Where that contradicts what is
// known, the threads are not interchangeable.
//
// Other threads have counterparts, too: one that waits for the first of the two corresponds to itself waiting for the
// second.

namespace doorway {

class Correspondence {
 public:
  using Word = Layout::Word;

  // The threads `one` and `other` change places.
  Correspondence(Transitions& transitions, int one, int other);

  int one() const { return one_; }
  int other() const { return other_; }
  int ThreadOf(int t) const { return t == one_ ? other_ : t == other_ ? one_ : t; }

  // Counterparts. REQUIRES: known
  LocalId LocalOf(int t, LocalId local) const { return locals_[static_cast<std::size_t>(t)][local]; }
  LocationId LocationOf(LocationId location) const { return locations_[location]; }
  std::uint32_t CellOf(LocationId location, std::uint32_t cell) const { return cells_[location][cell]; }
  MonitorStates::Id MonitorsOf(MonitorStates::Id id) const { return monitors_[id]; }
  NotesId NotesOf(NotesId notes);

  // The two correspond to each other from now on. False: they do not, and why() says why.
  bool PairLocals(int t, LocalId local, LocalId counterpart);
  bool PairCells(LocationId location, std::uint32_t cell, std::uint32_t counterpart);
  // Lists of silent reads. Locations that are known from nothing else are paired by their names.
  bool PairTouched(TouchedId touched, TouchedId counterpart);
  bool PairMonitors(MonitorStates::Id id, MonitorStates::Id counterpart);
  bool Differ(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return false;
  }
  const std::string& why() const { return why_; }

  // The state's image compares to the state, field by field, as kSmaller, kSame, or kLarger; kNarrow: a field of it has
  // no room. `image` is whole unless it is kNarrow, or kLarger and `only_smaller`.
  enum class Image : std::uint8_t { kSmaller, kSame, kLarger, kNarrow };
  Image Of(const Word* state, bool only_smaller, Word* image) const;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  class Writer;

  static bool Pair(std::vector<std::uint32_t>* forth, std::vector<std::uint32_t>* back, std::uint32_t a,
                   std::uint32_t b);
  bool Alike(int t, const LocalStates::Local& a, const LocalStates::Local& b);
  bool PairLocations(LocationId location, LocationId counterpart);
  void Moves(LocationId location);
  LocationId Namesake(LocationId location) const;
  void TrackerImage(const Word* state, Writer* writer) const;
  void BufferImage(const Word* state, int thread, Writer* writer) const;

  Transitions& transitions_;
  const int one_;
  const int other_;
  std::vector<std::vector<std::uint32_t>> locals_;  // by thread
  std::vector<std::uint32_t> locations_;
  std::vector<std::vector<std::uint32_t>> cells_;  // by location
  std::vector<std::uint32_t> monitors_;
  std::vector<std::uint32_t> notes_;  // worked out when asked for
  std::vector<bool> other_names_;     // by thread: some of its local states are not their own counterparts
  std::vector<LocationId> moved_;     // ascending: locations whose contents may become others
  bool monitors_move_ = false;
  std::string why_;
};

}  // namespace doorway

#include "harness/explore/state/symmetry.h"

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <utility>

namespace doorway {

Symmetry::Symmetry(Transitions& transitions, Options options)
    : transitions_(transitions), options_(std::move(options)), orbits_(transitions.fields().threads()) {
  for (const std::vector<int>& members : options_.classes) {
    std::vector<Correspondence>& of_class = exchanges_.emplace_back();
    for (std::size_t i = 0; i + 1 < members.size(); ++i) {
      of_class.emplace_back(transitions, members[i], members[i + 1]);
    }
  }
}

bool Symmetry::Begin(const Word* initial) {
  // What monitors hear before any operation they hear from all threads, one after another: no move.
  transitions_.monitors().Forget();
  transitions_.TakeHeard();
  for (std::vector<Correspondence>& of_class : exchanges_) {
    for (Correspondence& exchange : of_class) {
      const auto monitors =
          static_cast<MonitorStates::Id>(transitions_.layout().Get(initial, transitions_.fields().monitors()));
      if (!exchange.PairMonitors(monitors, monitors)) return Refuse(exchange);
      for (int t = 0; t < static_cast<int>(orbits_.size()); ++t) {
        const LocalId counterpart = transitions_.LocalIdOf(initial, exchange.ThreadOf(t));
        if (!Pair(exchange, t, transitions_.LocalIdOf(initial, t), counterpart)) return Refuse(exchange);
      }
    }
  }
  Settle();
  return true;
}

bool Symmetry::Close() {
  for (;;) {
    const std::vector<Transitions::MoveKey> learnt = transitions_.TakeLearnt();
    const std::vector<MonitorStates::Taken> heard = transitions_.TakeHeard();
    if (learnt.empty() && heard.empty()) {
      Settle();
      return true;
    }
    for (const Transitions::MoveKey& key : learnt) {
      if (!CloseMove(key)) return false;
    }
    for (const MonitorStates::Taken& taken : heard) {
      if (!CloseHeard(taken)) return false;
    }
  }
}

bool Symmetry::Refuse(const Correspondence& exchange) {
  refusal_ = Refusal{exchange.one(), exchange.other(), exchange.why()};
  return false;
}

// Local states that correspond are of one orbit.
bool Symmetry::Pair(Correspondence& exchange, int thread, LocalId local, LocalId counterpart) {
  if (!exchange.PairLocals(thread, local, counterpart)) return false;
  const auto orbit_of = [this](int t, LocalId l) {
    std::vector<Orbit>& orbits = orbits_[static_cast<std::size_t>(t)];
    if (orbits.size() <= l) orbits.resize(std::size_t{l} + 1);
    if (orbits[l] == 0) {
      orbits[l] = static_cast<Orbit>(joined_.size());
      joined_.push_back(orbits[l]);
      unsettled_.push_back({t, l});
    }
    return Root(orbits[l]);
  };
  const Orbit one = orbit_of(thread, local);
  const Orbit other = orbit_of(exchange.ThreadOf(thread), counterpart);
  joined_[std::max(one, other)] = std::min(one, other);
  return true;
}

Symmetry::Orbit Symmetry::Root(Orbit orbit) const {
  while (joined_[orbit] != orbit) orbit = joined_[orbit];
  return orbit;
}

// All counterparts of what is new are known: orbits stay what they are.
void Symmetry::Settle() {
  for (const ThreadsLocal& of : unsettled_) {
    Orbit& orbit = orbits_[static_cast<std::size_t>(of.thread)][of.local];
    orbit = Root(orbit);
  }
  unsettled_.clear();
}

bool Symmetry::CloseMove(const Transitions::MoveKey& key) {
  const std::optional<Transitions::Move> move = transitions_.MoveFor(key);
  if (!move) return false;
  for (std::vector<Correspondence>& of_class : exchanges_) {
    for (Correspondence& exchange : of_class) {
      if (CloseMove(exchange, key, *move)) continue;
      return transitions_.locals().refuted() ? false : Refuse(exchange);
    }
  }
  return true;
}

// The counterpart of the move that has been learnt leads to the counterpart of what that leads to.
bool Symmetry::CloseMove(Correspondence& exchange, const Transitions::MoveKey& key, const Transitions::Move& move) {
  using Move = Transitions::Move;
  LocalStates& locals = transitions_.locals();
  const LocationId location = locals.at(key.thread, key.local).node->label.location;
  Transitions::MoveKey there = key;
  there.thread = exchange.ThreadOf(key.thread);
  there.local = exchange.LocalOf(key.thread, key.local);
  if (location != kNoLocation) there.cell = exchange.CellOf(location, key.cell);
  const std::optional<Move> image = transitions_.MoveFor(there);
  if (!image) return false;
  if (image->what != move.what || image->ends != move.ends) return exchange.Differ("one can do what the other cannot");
  if (move.what != Move::kReads && move.what != Move::kWrites) return true;
  if (exchange.NotesOf(move.heard) != image->heard) {
    return exchange.Differ("they tell claims different things");
  }
  if (!exchange.PairTouched(move.touched, image->touched)) return false;
  if (move.what == Move::kWrites && !exchange.PairCells(location, move.written, image->written)) return false;
  return Pair(exchange, key.thread, move.to, image->to);
}

bool Symmetry::CloseHeard(const MonitorStates::Taken& taken) {
  MonitorStates& monitors = transitions_.monitors();
  LocalStates& locals = transitions_.locals();
  const MonitorStates::Heard heard = monitors.Hear(taken.by, taken.notes, locals.notes(taken.notes));
  for (std::vector<Correspondence>& of_class : exchanges_) {
    for (Correspondence& exchange : of_class) {
      const NotesId notes = exchange.NotesOf(taken.notes);
      const MonitorStates::Heard there = monitors.Hear(exchange.MonitorsOf(taken.by), notes, locals.notes(notes));
      bool same = heard.counted == there.counted && Claims(heard.flagged) == Claims(there.flagged) &&
                  Claims(heard.antecedents) == Claims(there.antecedents);
      for (std::size_t m = 0; options_.watched && m < monitors.monitors(); ++m) {
        same &= monitors.Counting(heard.to, m) == monitors.Counting(there.to, m);
      }
      if (!same) exchange.Differ("a claim tells them apart");
      if (!same || !exchange.PairMonitors(heard.to, there.to)) return Refuse(exchange);
    }
  }
  return true;
}

std::uint64_t Symmetry::Claims(std::uint64_t monitors) const {
  std::uint64_t claims = 0;
  for (std::size_t m = 0; monitors >> m != 0; ++m) {
    if ((monitors >> m & 1) != 0) claims |= std::uint64_t{1} << options_.owners[m];
    if (m + 1 == 64) break;
  }
  return claims;
}

Symmetry::Orbit Symmetry::OrbitOf(const Word* state, int thread) const {
  return orbits_[static_cast<std::size_t>(thread)][transitions_.LocalIdOf(state, thread)];
}

void Symmetry::Exchange(const Correspondence& exchange, const Word* image, Word* state,
                        Permutation* permutation) const {
  std::copy_n(image, transitions_.words(), state);
  if (permutation == nullptr) return;
  for (std::uint8_t& to : *permutation) to = static_cast<std::uint8_t>(exchange.ThreadOf(to));
}

// Threads are sorted by the orbits of their local states. What that leaves open is settled by trying: neighbours change
// places where it makes the state smaller.
bool Symmetry::Canonise(Word* state, Permutation* permutation) const {
  using Image = Correspondence::Image;
  absl::InlinedVector<Word, 8> space(static_cast<std::size_t>(transitions_.words()));
  Word* const image = space.data();
  if (permutation != nullptr) *permutation = kIdentity;
  for (std::size_t c = 0; c < exchanges_.size(); ++c) {
    const std::vector<int>& members = options_.classes[c];
    for (std::size_t i = 1; i < members.size(); ++i) {
      for (std::size_t j = i; j > 0 && OrbitOf(state, members[j - 1]) > OrbitOf(state, members[j]); --j) {
        if (exchanges_[c][j - 1].Of(state, false, image) == Image::kNarrow) return false;
        Exchange(exchanges_[c][j - 1], image, state, permutation);
      }
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t c = 0; c < exchanges_.size(); ++c) {
      const std::vector<int>& members = options_.classes[c];
      for (std::size_t j = 0; j + 1 < members.size(); ++j) {
        if (OrbitOf(state, members[j]) != OrbitOf(state, members[j + 1])) continue;
        const Image compared = exchanges_[c][j].Of(state, true, image);
        if (compared == Image::kNarrow) return false;
        if (compared != Image::kSmaller) continue;
        Exchange(exchanges_[c][j], image, state, permutation);
        changed = true;
      }
    }
  }
  return true;
}

}  // namespace doorway

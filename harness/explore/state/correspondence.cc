#include "harness/explore/state/correspondence.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace doorway {
namespace {

std::string Place(const Label& label) {
  return std::string(label.verb) + " at " + label.site.file + ":" + std::to_string(label.site.line);
}

}  // namespace

Correspondence::Correspondence(Transitions& transitions, int one, int other)
    : transitions_(transitions),
      one_(one),
      other_(other),
      locals_(transitions.fields().threads()),
      other_names_(transitions.fields().threads()) {}

// Changing places twice changes nothing, so both ways are known at once.
bool Correspondence::Pair(std::vector<std::uint32_t>* forth, std::vector<std::uint32_t>* back, std::uint32_t a,
                          std::uint32_t b) {
  if (forth->size() <= a) forth->resize(std::size_t{a} + 1, kNone);
  if (back->size() <= b) back->resize(std::size_t{b} + 1, kNone);
  std::uint32_t& of_a = (*forth)[a];
  std::uint32_t& of_b = (*back)[b];
  if ((of_a != kNone && of_a != b) || (of_b != kNone && of_b != a)) return false;
  of_a = b;
  of_b = a;
  return true;
}

bool Correspondence::Alike(int t, const LocalStates::Local& a, const LocalStates::Local& b) {
  const Label& x = a.node->label;
  const Label& y = b.node->label;
  LocalStates& locals = transitions_.locals();
  const int u = ThreadOf(t);
  return x.op == y.op && x.order == y.order && x.failure_order == y.failure_order && x.weak == y.weak &&
         x.construct == y.construct && x.destroy == y.destroy && x.width == y.width &&
         (x.transform == nullptr) == (y.transform == nullptr) && std::string_view(x.verb) == std::string_view(y.verb) &&
         (x.op != Op::kChoose || x.operands[0] == y.operands[0]) && a.in_spin == b.in_spin &&
         (x.location == kNoLocation) == (y.location == kNoLocation) && locals.is_daemon(t) == locals.is_daemon(u) &&
         locals.program().NeverSpawned(t, a.node) == locals.program().NeverSpawned(u, b.node);
}

bool Correspondence::PairLocals(int t, LocalId local, LocalId counterpart) {
  const int u = ThreadOf(t);
  std::vector<std::uint32_t>& mine = locals_[static_cast<std::size_t>(t)];
  if (local < mine.size() && mine[local] == counterpart) return true;
  const LocalStates::Local& a = transitions_.locals().at(t, local);
  const LocalStates::Local& b = transitions_.locals().at(u, counterpart);
  const auto differ = [&](const char* how) {
    return Differ("where thread " + std::to_string(t) + " does a " + Place(a.node->label) + ", thread " +
                  std::to_string(u) + " does a " + Place(b.node->label) + how);
  };
  if (!Alike(t, a, b)) return differ("");
  if (a.node->label.location != kNoLocation && !PairLocations(a.node->label.location, b.node->label.location)) {
    return differ(", on another object");
  }
  if (!Pair(&mine, &locals_[static_cast<std::size_t>(u)], local, counterpart))
    return differ(", having read other values");
  if (t == u && local != counterpart) other_names_[static_cast<std::size_t>(t)] = true;
  return true;
}

bool Correspondence::PairLocations(LocationId location, LocationId counterpart) {
  if (!Pair(&locations_, &locations_, location, counterpart)) return false;
  const std::vector<Location>& all = transitions_.locals().program().locations();
  if (all[location].plain != all[counterpart].plain || all[location].initialised != all[counterpart].initialised ||
      transitions_.Followed(location) != transitions_.Followed(counterpart)) {
    return false;
  }
  if (location != counterpart) {
    Moves(location);
    Moves(counterpart);
  }
  return PairCells(location, 0, 0);
}

void Correspondence::Moves(LocationId location) {
  const auto at = std::lower_bound(moved_.begin(), moved_.end(), location);
  if (at == moved_.end() || *at != location) moved_.insert(at, location);
}

bool Correspondence::PairCells(LocationId location, std::uint32_t cell, std::uint32_t counterpart) {
  const LocationId to = locations_[location];
  const std::size_t needed = std::size_t{std::max(location, to)} + 1;
  if (cells_.size() < needed) cells_.resize(needed);
  const Places& places = transitions_.locals().places();
  if (places[location][cell].life != places[to][counterpart].life ||
      !Pair(&cells_[location], &cells_[to], cell, counterpart)) {
    return Differ("'" + transitions_.locals().program().locations()[location].name + "' would hold two things at once");
  }
  if (location == to && cell != counterpart) Moves(location);
  return true;
}

bool Correspondence::PairTouched(TouchedId touched, TouchedId counterpart) {
  if (touched == 0 && counterpart == 0) return true;
  const std::vector<const Label*>& mine = transitions_.locals().touched(touched);
  const std::vector<const Label*>& its = transitions_.locals().touched(counterpart);
  bool same = mine.size() == its.size();
  for (std::size_t i = 0; same && i < mine.size(); ++i) {
    const LocationId location = mine[i]->location;
    const bool known = location < locations_.size() && locations_[location] != kNone;
    const LocationId to = known ? locations_[location] : Namesake(location);
    same = PairLocations(location, to) &&
           std::any_of(its.begin(), its.end(), [to](const Label* label) { return label->location == to; });
  }
  return same || Differ("they touch different objects");
}

// What an object of the one thread is called, if it is the other's: "slot[1]" instead of "slot[0]". If there is none,
// the location itself.
LocationId Correspondence::Namesake(LocationId location) const {
  const std::vector<Location>& all = transitions_.locals().program().locations();
  std::string name = all[location].name;
  for (const auto& [from, to] : {std::pair(one_, other_), std::pair(other_, one_)}) {
    const std::string index = "[" + std::to_string(from) + "]";
    const std::size_t at = name.find(index);
    if (at == std::string::npos) continue;
    name.replace(at, index.size(), "[" + std::to_string(to) + "]");
    const auto found = std::find_if(all.begin(), all.end(), [&](const Location& l) { return l.name == name; });
    return found == all.end() ? location : static_cast<LocationId>(found - all.begin());
  }
  return location;
}

bool Correspondence::PairMonitors(MonitorStates::Id id, MonitorStates::Id counterpart) {
  if (!Pair(&monitors_, &monitors_, id, counterpart)) return Differ("a claim tells them apart");
  monitors_move_ |= id != counterpart;
  return true;
}

NotesId Correspondence::NotesOf(NotesId notes) {
  if (notes_.size() <= notes) notes_.resize(std::size_t{notes} + 1, kNone);
  if (notes_[notes] == kNone) notes_[notes] = transitions_.locals().Exchanged(notes, one_, other_);
  return notes_[notes];
}

// Sets fields of an image, and keeps what its first different field says.
class Correspondence::Writer {
 public:
  Writer(const Layout& layout, const Word* state, Word* image) : layout_(layout), state_(state), image_(image) {}
  void Put(std::size_t field, Word value) {
    const Word before = layout_.Get(state_, field);
    if (before == value) return;
    if (order == Image::kSame) order = value < before ? Image::kSmaller : Image::kLarger;
    if (layout_.Fits(field, value)) {
      layout_.Set(image_, field, value);
    } else {
      narrow = true;
    }
  }
  Image order = Image::kSame;
  bool narrow = false;

 private:
  const Layout& layout_;
  const Word* state_;
  Word* image_;
};

Correspondence::Image Correspondence::Of(const Word* state, bool only_smaller, Word* image) const {
  const Layout& layout = transitions_.layout();
  const Fields& fields = transitions_.fields();
  std::copy_n(state, layout.words(), image);
  Writer writer(layout, state, image);
  const auto over = [&] { return only_smaller && writer.order == Image::kLarger; };
  for (int u = 0; u < static_cast<int>(fields.threads()); ++u) {
    const int t = ThreadOf(u);
    if (t == u && !other_names_[static_cast<std::size_t>(t)]) continue;
    writer.Put(fields.thread(u), LocalOf(t, static_cast<LocalId>(layout.Get(state, fields.thread(t)))));
    if (over()) return writer.order;
  }
  if (monitors_move_) {
    const std::size_t field = fields.monitors();
    writer.Put(field, MonitorsOf(static_cast<MonitorStates::Id>(layout.Get(state, field))));
    if (over()) return writer.order;
  }
  const bool races = transitions_.options().track_races;
  if (races) TrackerImage(state, &writer);
  for (int t = 0; fields.capacity() != 0 && t < static_cast<int>(fields.threads()); ++t) BufferImage(state, t, &writer);
  if (over()) return writer.order;
  for (const LocationId to : moved_) {
    const LocationId from = LocationOf(to);
    const std::size_t field = fields.place(from);
    const bool known = field < layout.fields();  // one that the layout does not know yet holds what it did initially
    const std::uint32_t cell = CellOf(from, known ? static_cast<std::uint32_t>(layout.Get(state, field)) : 0);
    if (fields.place(to) >= layout.fields()) {
      if (cell != 0) return Image::kNarrow;
      continue;
    }
    writer.Put(fields.place(to), cell);
    if (races) writer.Put(fields.place(to) + 1, known ? layout.Get(state, field + 1) : 0);
    if (over()) return writer.order;
  }
  return writer.narrow ? Image::kNarrow : writer.order;
}

void Correspondence::TrackerImage(const Word* state, Writer* writer) const {
  const Layout& layout = transitions_.layout();
  const std::size_t first = transitions_.fields().tracker();
  const Word place = layout.Get(state, first);
  writer->Put(first, place == 0 ? 0 : Word{LocationOf(static_cast<LocationId>(place - 1))} + 1);
  for (std::size_t field = first + 2; field < first + RaceTracker::kFields; ++field) {  // sets of threads
    const Word threads = layout.Get(state, field);
    const Word differ = (threads >> one_ ^ threads >> other_) & 1;
    writer->Put(field, threads ^ (differ << one_ | differ << other_));
  }
}

void Correspondence::BufferImage(const Word* state, int thread, Writer* writer) const {
  const Layout& layout = transitions_.layout();
  const Fields& fields = transitions_.fields();
  const auto to = static_cast<std::size_t>(thread);
  const auto from = static_cast<std::size_t>(ThreadOf(thread));
  const Word pending = layout.Get(state, fields.pending(from));
  writer->Put(fields.pending(to), pending);
  for (std::size_t e = 0; e < fields.capacity(); ++e) {
    Word location = 0, cell = 0, mark = 0, begins = 0;
    if (e < pending) {
      const auto there = static_cast<LocationId>(layout.Get(state, fields.entry(from, e)));
      location = LocationOf(there);
      cell = CellOf(there, static_cast<std::uint32_t>(layout.Get(state, fields.entry(from, e) + 1)));
      mark = layout.Get(state, fields.entry(from, e) + 2);
      begins = layout.Get(state, fields.entry(from, e) + 3);
    }
    writer->Put(fields.entry(to, e), location);
    writer->Put(fields.entry(to, e) + 1, cell);
    writer->Put(fields.entry(to, e) + 2, mark);
    writer->Put(fields.entry(to, e) + 3, begins);
  }
}

}  // namespace doorway

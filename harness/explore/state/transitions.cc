#include "harness/explore/state/transitions.h"

#include <algorithm>
#include <bit>

#include "harness/behaviour/model_error.h"
#include "harness/memory/tso.h"

namespace doorway {
namespace {

int BitsFor(std::size_t different) { return different <= 1 ? 0 : static_cast<int>(std::bit_width(different - 1)); }

}  // namespace

Transitions::Transitions(LocalStates& locals, Options options)
    : locals_(locals),
      options_(std::move(options)),
      fields_(static_cast<std::size_t>(locals.threads()),
              options_.tso ? static_cast<std::size_t>(options_.buffer_capacity) : 0),
      threads_(fields_.threads()),
      capacity_(fields_.capacity()),
      places_(locals.places()),
      learns_(true),
      learnt_(std::make_shared<Learnt>(threads_, MonitorStates(options_.monitors, options_.keep_learnt))),
      waits_(threads_) {}

Transitions::Transitions(Transitions& of, Reader /*reader*/)
    : locals_(of.locals_),
      options_(of.options_),
      fields_(of.fields_),
      threads_(of.threads_),
      capacity_(of.capacity_),
      places_(of.places_),
      learns_(false),
      learnt_(of.learnt_),
      waits_(threads_),
      layout_(of.layout_) {}

void Transitions::Exchange(Transitions* reader) {
  const Tally of_reader = std::exchange(reader->tally_, {});
  tally_.buffer_was_full |= of_reader.buffer_was_full;
  tally_.followed_accesses += of_reader.followed_accesses;
  reader->layout_ = layout_;
}

// ---- Layout ----

std::vector<int> Transitions::Needs() const {
  std::vector<int> bits(fields_.place(static_cast<LocationId>(places_.size())), 0);
  const int mark = options_.track_races ? 1 : 0;
  std::size_t widest = 1;
  for (std::size_t l = 0; l < places_.size(); ++l) {
    widest = std::max(widest, places_[static_cast<LocationId>(l)].size());
  }
  for (std::size_t t = 0; t < threads_; ++t) {
    bits[t] = BitsFor(locals_.count(static_cast<int>(t)));
    if (capacity_ == 0) continue;
    bits[fields_.pending(t)] = BitsFor(capacity_ + 1);
    for (std::size_t entry = 0; entry < capacity_; ++entry) {
      bits[fields_.entry(t, entry)] = BitsFor(places_.size());
      bits[fields_.entry(t, entry) + 1] = BitsFor(widest);
      bits[fields_.entry(t, entry) + 2] = mark;
      bits[fields_.entry(t, entry) + 3] = constructs_ ? 1 : 0;
    }
  }
  bits[fields_.monitors()] = std::max(BitsFor(learnt_->monitors.size()), options_.monitor_bits);
  if (options_.track_races) {
    const std::size_t tracker = fields_.tracker();
    bits[tracker] = BitsFor(places_.size() + 1);
    bits[tracker + 1] = 3;
    for (std::size_t i = 2; i < RaceTracker::kFields; ++i) bits[tracker + i] = static_cast<int>(threads_);
  }
  for (std::size_t l = 0; l < places_.size(); ++l) {
    bits[fields_.place(static_cast<LocationId>(l))] = BitsFor(places_[static_cast<LocationId>(l)].size());
    bits[fields_.place(static_cast<LocationId>(l)) + 1] = mark;
  }
  for (std::size_t f = 0; f < std::min(bits.size(), options_.bits.size()); ++f) {
    if (f != fields_.monitors()) bits[f] = std::max(bits[f], options_.bits[f]);  // those were other monitors
  }
  return bits;
}

bool Transitions::HasRoomForAll() const {
  const std::vector<int> needs = Needs();
  if (needs.size() != layout_.fields()) return false;
  for (std::size_t field = 0; field < needs.size(); ++field) {
    if (needs[field] > layout_.bits(field)) return false;
  }
  return true;
}

void Transitions::Widen() {
  places_.Update();
  layout_ = Layout(Needs());
  narrow_ = false;
}

void Transitions::Convert(const Layout& from, const Word* old, Word* state) const {
  std::fill_n(state, words(), Word{0});
  for (std::size_t field = 0; field < from.fields(); ++field) layout_.Set(state, field, from.Get(old, field));
}

// ---- What operations do ----

const Cell& Transitions::InMemory(const Word* state, LocationId location) const {
  const bool known = fields_.place(location) < layout_.fields();
  return places_[location][known ? static_cast<std::uint32_t>(layout_.Get(state, fields_.place(location))) : 0];
}

std::optional<std::uint32_t> Transitions::InBuffer(const Word* state, std::size_t thread, LocationId location) const {
  for (std::size_t entry = layout_.Get(state, fields_.pending(thread)); entry-- > 0;) {
    if (layout_.Get(state, fields_.entry(thread, entry)) == location) {
      return static_cast<std::uint32_t>(layout_.Get(state, fields_.entry(thread, entry) + 1));
    }
  }
  return std::nullopt;
}

const Cell& Transitions::Holds(const Word* state, int thread, LocationId location) const {
  return places_[location][CellFor(state, static_cast<std::size_t>(thread), location)];
}

const Transitions::Operation& Transitions::LookAt(int thread, LocalId local) {
  static const Operation kNotKnown;
  if (!learns_) {
    narrow_ = true;
    return kNotKnown;
  }
  std::vector<Operation>& known = learnt_->operations[static_cast<std::size_t>(thread)];
  if (known.size() <= local) known.resize(std::max(locals_.count(thread), std::size_t{local} + 1));
  const LocalStates::Local& of = locals_.at(thread, local);
  const Label& label = of.node->label;
  Operation& operation = known[local];
  operation.form = EndsThread(label.op)      ? Operation::kEnds
                   : label.op == Op::kChoose ? Operation::kChooses
                                             : Operation::kOperates;
  operation.polls = of.in_spin;
  operation.may_fail = label.weak;
  operation.location = label.location;
  if (options_.accesses != nullptr) options_.accesses->Add(thread, label);
  if (options_.reduce)
    operation.local = operation.form != Operation::kEnds && options_.accesses->IsLocal(thread, label);
  return operation;
}

// Enters a move into the table. What it refers to may move in memory.
Transitions::Move Transitions::Learn(int thread, LocalId local, std::uint32_t cell, bool spurious) {
  if (!learns_) {
    narrow_ = true;
    return {};
  }
  const Move move = Compute(thread, local, cell, spurious);
  if (narrow_) return move;  // refuted
  std::vector<Move>& moves = learnt_->moves;
  Operation& operation = learnt_->operations[static_cast<std::size_t>(thread)][local];
  if (cell >= operation.moves) {
    const std::uint32_t count = std::max(cell + 1, 2 * operation.moves);
    const auto enlarge = [&](std::uint32_t* first) {
      const auto to = static_cast<std::uint32_t>(moves.size());
      moves.resize(moves.size() + count);
      std::copy_n(moves.begin() + *first, operation.moves, moves.begin() + to);
      *first = to;
    };
    enlarge(&operation.first);
    if (operation.may_fail) enlarge(&operation.first_failure);
    operation.moves = count;
  }
  moves[(spurious ? operation.first_failure : operation.first) + cell] = move;
  if (options_.keep_learnt) log_.push_back({thread, local, cell, spurious});
  return move;
}

std::optional<Transitions::Move> Transitions::MoveFor(const MoveKey& key) {
  const Move move = MoveOf(key.thread, key.local, OperationOf(key.thread, key.local), key.cell, key.spurious);
  if (narrow_) return std::nullopt;
  return move;
}

Transitions::Move Transitions::Compute(int thread, LocalId local, std::uint32_t cell, bool spurious) {
  const NotesId departing = locals_.at(thread, local).departing;
  const Label& label = locals_.at(thread, local).node->label;
  const LocationId location = label.location;
  Move move;
  move.what = Move::kReads;
  Value value = label.op == Op::kChoose ? cell : 0;
  Cell written;
  if (location != kNoLocation) {
    const Cell& found = places_[location][cell];
    if (found.life == Cell::kDead && !label.construct) move.what = Move::kUsesDead;
    if (found.life == Cell::kUninitialised && Reads(label.op)) move.what = Move::kReadsNothing;
    if (move.what != Move::kReads) return move;
  }
  if (Reads(label.op)) {
    value = Truncate(places_[location][cell].value, label.width);
    const Outcome outcome = spurious ? Outcome{} : Apply(label, value);
    if (outcome.action == Action::kBlock) {
      move.what = Move::kBlocks;
      return move;
    }
    if (outcome.action == Action::kWrite) move.what = Move::kWrites;
    written.value = outcome.written;
  } else if (label.op == Op::kStore) {
    move.what = Move::kWrites;
    written.value = Truncate(label.operands[0], label.width);
    if (label.construct && label.operands[1] != 0) written = {0, Cell::kUninitialised};
    if (label.destroy) written = {0, Cell::kDead};
  }
  const LocalStates::Arrival arrival = locals_.After(thread, local, value, spurious);
  places_.Update();
  if (locals_.refuted()) {
    narrow_ = true;
    return move;
  }
  move.to = arrival.to;
  move.touched = arrival.touched;
  move.heard = locals_.Together(departing, arrival.notes);
  move.ends = locals_.at(thread, arrival.to).node->label.op;
  if (move.what == Move::kWrites) move.written = places_[location].IdOf(written);
  return move;
}

// ---- Steps ----

void Transitions::Hear(NotesId notes, Word* state, Step* step) {
  const auto from = static_cast<MonitorStates::Id>(layout_.Get(state, fields_.monitors()));
  const MonitorStates::Heard* const known = learnt_->monitors.Find(from, notes);
  if (known == nullptr && !learns_) {
    narrow_ = true;
    return;
  }
  const MonitorStates::Heard heard =
      known != nullptr ? *known : learnt_->monitors.Hear(from, notes, locals_.notes(notes));
  step->flagged |= heard.flagged;
  step->antecedents |= heard.antecedents;
  step->counted += heard.counted;
  Put(state, fields_.monitors(), heard.to);
}

Transitions::Step Transitions::Initial(std::vector<Word>* state) {
  Step step;
  std::vector<LocalStates::Arrival> arrivals;
  MonitorStates::Id monitors = 0;
  for (std::size_t t = 0; t < threads_; ++t) {
    const LocalStates::Arrival& arrival = arrivals.emplace_back(locals_.Start(static_cast<int>(t)));
    const MonitorStates::Heard heard = learnt_->monitors.Hear(monitors, arrival.notes, locals_.notes(arrival.notes));
    monitors = heard.to;
    step.flagged |= heard.flagged;
    step.antecedents |= heard.antecedents;
    step.counted += heard.counted;
    const Label& label = locals_.at(static_cast<int>(t), arrival.to).node->label;
    if (label.op == Op::kFailed) step.trouble = Trouble::kFailedCheck;
    if (label.op == Op::kError) throw ModelError("thread " + std::to_string(t) + ": " + label.verb);
  }
  Widen();
  state->assign(static_cast<std::size_t>(words()), 0);
  for (std::size_t t = 0; t < threads_; ++t) layout_.Set(state->data(), t, arrivals[t].to);
  layout_.Set(state->data(), fields_.monitors(), monitors);
  return step;
}

}  // namespace doorway
